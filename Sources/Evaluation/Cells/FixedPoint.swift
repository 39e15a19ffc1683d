/// The integers in which sums are kept, so that adding and taking back is exact (rule T6).
///
/// A loss is rounded once, to a multiple of 2⁻⁴⁰; a score to a billionth, so that scores of up to nine
/// decimals are kept without any rounding and bin edges are compared as integers.
package enum FixedPoint {
    /// Units of a loss in 1: 2⁴⁰, about 9.1e-13 each.
    package static let lossUnits = 0x1p40
    /// Units of a score in 1.
    package static let scoreUnits: Int64 = 1_000_000_000
    /// The largest magnitude of a regression value, so that sums of squares of 10⁷ rows fit 128 bits.
    package static let largestValue = 1e9

    /// The fixed-point form of a loss or a product of regression values.
    ///
    /// - Precondition: `|loss|` is at most 4·10¹⁸, the square of twice `largestValue`.
    @inline(__always)
    package static func loss(_ loss: Double) -> Int128 {
        let scaled = (loss * lossUnits).rounded()
        return abs(scaled) < 0x1p62 ? Int128(Int64(scaled)) : Int128(scaled)
    }

    /// The value of a sum of losses.
    package static func value(ofLossSum sum: Int128) -> Double {
        if let narrow = Int64(exactly: sum) { return Double(narrow) / lossUnits }
        return Double(sum) / lossUnits
    }

    /// A sum of losses without any rounding, for differences of large sums.
    package static func exact(lossSum sum: Int128) -> ExactNumber {
        ExactNumber(units: sum, exponent: -40)
    }

    /// A probability in billionths, rounded to the nearest.
    @inline(__always)
    package static func score(_ probability: Double) -> Int64 {
        Int64((probability * Double(scoreUnits)).rounded())
    }

    /// The value of a sum of scores.
    package static func value(ofScoreSum sum: Int128) -> Double {
        // Numbers of 128 bits are converted a hundred times as slowly.
        if let narrow = Int64(exactly: sum) { return Double(narrow) / Double(scoreUnits) }
        return Double(sum) / Double(scoreUnits)
    }
}
