/// A closed interval of real numbers, low ≤ high.
public struct Interval: Sendable, Hashable {
    /// The lower limit.
    public let low: Double
    /// The upper limit.
    public let high: Double

    /// Keeps two limits.
    ///
    /// - Parameters:
    ///   - low: The lower limit, finite.
    ///   - high: The upper limit, finite and not below the lower one.
    public init(low: Double, high: Double) {
        precondition(low <= high && low.isFinite && high.isFinite, "Limits are finite and ordered.")
        self.low = low
        self.high = high
    }

    /// The distance of the limits.
    public var width: Double { high - low }

    /// Whether a value lies between the limits or on one.
    ///
    /// - Parameter value: The value.
    /// - Returns: `low ≤ value ≤ high`.
    public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
