/// Checks that initialisers share; each throws for the first element that is wrong.
///
/// Magnitudes are limited to 1e±60, so that squares and their sums over a billion rows stay finite:
/// no later step needs to look for an overflow.
enum Checks {
    /// The largest magnitude that a number may have.
    static let largest = 1e60
    /// The least magnitude that a number which is not 0 may have where it divides.
    static let least = 1e-60

    static func sameCount(
        _ name: String,
        _ count: Int,
        _ otherName: String,
        _ otherCount: Int
    ) throws(StatisticsError) {
        guard count == otherCount else {
            throw .lengthsDiffer(
                name: name,
                count: count,
                otherName: otherName,
                otherCount: otherCount
            )
        }
    }

    static func notEmpty(_ name: String, _ count: Int) throws(StatisticsError) {
        guard count > 0 else { throw .empty(name: name) }
    }

    static func probabilities(_ name: String, _ values: [Double]) throws(StatisticsError) {
        for (element, value) in values.enumerated() where !(value >= 0 && value <= 1) {
            throw .notAProbability(name: name, element: element, value: value)
        }
    }

    static func finite(_ name: String, _ values: [Double]) throws(StatisticsError) {
        for (element, value) in values.enumerated() where !(abs(value) <= largest) {
            throw .notFinite(name: name, element: element, value: value)
        }
    }

    static func nonnegative(_ name: String, _ values: [Double]) throws(StatisticsError) {
        for (element, value) in values.enumerated()
        where !(value == 0 || (value >= least && value <= largest)) {
            throw .negative(name: name, element: element, value: value)
        }
    }

    static func positive(_ name: String, _ values: [Double]) throws(StatisticsError) {
        for (element, value) in values.enumerated() where !(value >= least && value <= largest) {
            throw .notPositive(name: name, element: element, value: value)
        }
    }

    static func level(_ level: Double) {
        precondition(level > 0 && level < 1, "A confidence level lies strictly between 0 and 1.")
    }

    static func alpha(_ alpha: Double) {
        precondition(alpha > 0 && alpha < 1, "An error probability lies strictly between 0 and 1.")
    }
}
