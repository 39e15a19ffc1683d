import RealModule

/// P-values adjusted for several tests; a null is rejected where its adjusted p-value is at most α.
public enum PValueAdjustment: String, Sendable, Hashable, CaseIterable {
    /// Family-wise error rate, any dependence: p times the number of tests.
    case bonferroni
    /// Family-wise error rate, any dependence; never worse than Bonferroni.
    case holm
    /// Family-wise error rate, independent or positively dependent tests: Holm with Šidák's formula.
    case holmSidak
    /// Family-wise error rate, independent or positively dependent tests; never worse than Holm.
    case hommel
    /// False discovery rate, independent or positively dependent tests.
    case benjaminiHochberg
    /// False discovery rate, any dependence.
    case benjaminiYekutieli

    /// Adjusts p-values.
    ///
    /// - Parameter pValues: Probabilities, one a test.
    /// - Returns: Adjusted p-values in the given order, each from 0 to 1.
    /// - Throws: ``StatisticsError/notAProbability(name:element:value:)``.
    ///
    /// ## Source
    ///
    /// Holm, S. (1979). *Scandinavian Journal of Statistics*, 6, 65–70; Benjamini, Y. and Hochberg, Y.
    /// (1995). *Journal of the Royal Statistical Society B*, 57, 289–300; Benjamini, Y. and
    /// Yekutieli, D. (2001). *Annals of Statistics*, 29, 1165–1188; Hommel, G. (1988). *Biometrika*, 75,
    /// 383–386.
    /// Checked against statsmodels 0.15.0 `multipletests`: `fixtures/statistics/05_paired`.
    public func adjust(_ pValues: [Double]) throws(StatisticsError) -> [Double] {
        try Checks.probabilities("pValues", pValues)
        let n = pValues.count
        let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
        var adjusted = pValues
        switch self {
        case .bonferroni:
            return pValues.map { min(1, $0 * Double(n)) }
        case .holm:
            var largest = 0.0
            for (rank, index) in order.enumerated() {
                largest = max(largest, min(1, pValues[index] * Double(n - rank)))
                adjusted[index] = largest
            }
        case .holmSidak:
            var largest = 0.0
            for (rank, index) in order.enumerated() {
                let log = Double(n - rank) * Double.log(onePlus: -pValues[index])
                largest = max(largest, -Double.expMinusOne(log))
                adjusted[index] = min(1, largest)
            }
        case .hommel:
            return Self.hommel(pValues, order)
        case .benjaminiHochberg, .benjaminiYekutieli:
            var factor = Double(n)
            if self == .benjaminiYekutieli {
                var harmonic = 0.0
                for k in 1...max(1, n) { harmonic += 1 / Double(k) }
                factor *= harmonic
            }
            var least = 1.0
            for (rank, index) in order.enumerated().reversed() {
                least = min(least, pValues[index] * factor / Double(rank + 1))
                adjusted[index] = least
            }
        }
        return adjusted
    }

    /// Hommel's adjustment in O(n²): the closure of Simes' test.
    private static func hommel(_ pValues: [Double], _ order: [Int]) -> [Double] {
        let n = order.count
        let sorted = order.map { pValues[$0] }
        var result = sorted
        for size in stride(from: n, to: 1, by: -1) {
            // Simes' p-value of the `size` largest.
            var simes = 1.0
            for rank in 0..<size {
                simes = min(simes, Double(size) * sorted[n - size + rank] / Double(rank + 1))
            }
            for index in 0..<n {
                let bound =
                    index >= n - size ? simes : min(simes, Double(size) * sorted[index])
                result[index] = max(result[index], bound)
            }
        }
        var adjusted = pValues
        for (rank, index) in order.enumerated() { adjusted[index] = min(1, result[rank]) }
        return adjusted
    }
}
