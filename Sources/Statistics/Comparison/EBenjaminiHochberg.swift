import RealModule

/// The e-BH procedure: which of K nulls to reject so that the false discovery rate is at most α.
///
///     k* = max {k : e_(k) ≥ K/(αk)}, reject every e ≥ K/(αk*)
///
/// Valid under any dependence. Use the current e-value of each process, not its running maximum, which
/// is not an e-value.
///
/// - Parameters:
///   - logEvidence: ln e of each null.
///   - alpha: The false discovery rate, strictly between 0 and 1.
/// - Returns: For each null, in the given order, whether it is rejected.
///
/// ## Source
///
/// Wang, R. and Ramdas, A. (2022). False discovery rate control with e-values. *Journal of the Royal
/// Statistical Society B*, 84(3), 822–852. Checked against `fixtures/statistics/05_paired`.
public func eBenjaminiHochberg(logEvidence: [Double], alpha: Double = 0.05) -> [Bool] {
    Checks.alpha(alpha)
    let hypotheses = Double(logEvidence.count)
    var threshold = Double.infinity
    for (index, value) in logEvidence.sorted(by: >).enumerated() {
        let bound = Double.log(hypotheses / (alpha * Double(index + 1)))
        if value >= bound { threshold = bound }
    }
    return logEvidence.map { $0 >= threshold }
}

/// E-values adjusted for the family-wise error rate by the closure of arithmetic means.
///
///     e*_(r) = min_{j < r} (e_(r) + Σ of the j smallest)/(j + 1)            reject where e* ≥ 1/α
///
/// - Parameter logEvidence: ln e of each null, current values.
/// - Returns: ln e* of each null, in the given order.
/// - Complexity: O(K²).
///
/// ## Source
///
/// Vovk, V. and Wang, R. (2021). E-values: calibration, combination and applications. *Annals of
/// Statistics*, 49(3), 1736–1754, algorithm 1. Checked against `fixtures/statistics/05_paired`.
public func adjustedEvidence(logEvidence: [Double]) -> [Double] {
    let order = logEvidence.indices.sorted { logEvidence[$0] < logEvidence[$1] }
    var adjusted = logEvidence
    for (rank, index) in order.enumerated() {
        var total = logEvidence[index]
        var least = total
        for smaller in 0..<rank {
            total = LogSpace.add(total, logEvidence[order[smaller]])
            least = min(least, total - Double.log(Double(smaller + 2)))
        }
        adjusted[index] = least
    }
    return adjusted
}
