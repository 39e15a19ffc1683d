import RealModule

/// Sums of numbers that are held as logarithms.
enum LogSpace {
    /// ln(eᵃ + eᵇ), also when both exponentials overflow.
    static func add(_ a: Double, _ b: Double) -> Double {
        let high = max(a, b)
        if high == -.infinity { return high }
        return high + Double.log(onePlus: Double.exp(min(a, b) - high))
    }

    /// ln Σ eᵛ over the values; −∞ for none.
    static func sum(_ values: [Double]) -> Double {
        guard let high = values.max(), high > -.infinity else { return -.infinity }
        var total = 0.0
        for value in values { total += Double.exp(value - high) }
        return high + Double.log(total)
    }

    /// ln of the mean of eᵛ over the values.
    static func mean(_ values: [Double]) -> Double {
        sum(values) - Double.log(Double(values.count))
    }
}
