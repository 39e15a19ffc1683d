import RealModule

/// The mean over all rows with the ratio standard error of blocks.
///
///     μ̂ = ΣS_d / Σn_d     r_d = (S_d − μ̂ n_d)/n̄     SE² = Σ r_d² / (D(D − 1))     df = D − 1
///
/// The blocks (days, entities) are the independent units; rows within one may depend on each other
/// in any way.
///
/// - Parameter cohorts: Counts and sums by block.
/// - Returns: The mean with its standard error, or `nil` without blocks; the standard error is `nil`
///   for one block.
///
/// ## Source
///
/// The linearised ratio estimator: Cochran, W. G. (1977). *Sampling Techniques*, 3rd ed., 6.4.
/// Checked against `fixtures/statistics/07_recommended/expected_blocks.json`.
public func blockMean(_ cohorts: CohortSums) -> MeanEstimate? {
    guard cohorts.count > 0 else { return nil }
    var rows = 0.0
    var total = 0.0
    for (n, sum) in zip(cohorts.counts, cohorts.sums) {
        rows += n
        total += sum
    }
    let mean = total / rows
    let blocks = Double(cohorts.count)
    guard cohorts.count > 1 else {
        return MeanEstimate(mean: mean, standardError: nil, degreesOfFreedom: 0)
    }
    var squares = 0.0
    for (n, sum) in zip(cohorts.counts, cohorts.sums) {
        let residual = (sum - mean * n) / (rows / blocks)
        squares += residual * residual
    }
    return MeanEstimate(
        mean: mean,
        standardError: Double.sqrt(squares / (blocks * (blocks - 1))),
        degreesOfFreedom: cohorts.count - 1
    )
}
