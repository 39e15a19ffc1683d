/// A map of numbers to those of mean 0 and variance 1 in a sample, with the sample's tails clipped.
///
///     z = (min(max(x, q₁), q₉₉) − m)/s        |z| ≤ 10 or so; 0 in a sample without spread
///
/// q₁ and q₉₉ are the 1 % and 99 % quantiles (type 7), m and s the mean and the standard deviation (divisor n) of what was
/// clipped to them. All come from the sorted sample, so that its order does not matter to the bit.
struct Standardisation: Sendable, Hashable {
    let low: Double
    let high: Double
    let mean: Double
    let deviation: Double

    func callAsFunction(_ x: Double) -> Double {
        deviation > 0 ? (min(max(x, low), high) - mean) / deviation : 0
    }
}

extension Standardisation {
    /// - Parameter sorted: n ≥ 1 ascending values, of magnitudes up to 1e60.
    init(sorted: [Double]) {
        let low = quantile(sorted: sorted, 0.01)
        let high = quantile(sorted: sorted, 0.99)
        let clipped = sorted.map { min(max($0, low), high) }
        let count = Double(sorted.count)
        let mean = clipped.reduce(0, +) / count
        let squares = clipped.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.init(
            low: low,
            high: high,
            mean: mean,
            deviation: low < high ? (squares / count).squareRoot() : 0
        )
    }
}
