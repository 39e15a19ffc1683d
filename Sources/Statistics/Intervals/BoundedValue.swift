/// A value computed from binned data, with limits that the value of the unbinned data cannot leave.
///
/// The limits are bounds of arithmetic, not of chance: they have no confidence level.
public struct BoundedValue: Sendable, Hashable {
    /// The value computed from the bins.
    public let value: Double
    /// The lowest and the highest value that the unbinned data can have.
    public let bounds: Interval

    /// Keeps a value with its bounds.
    ///
    /// - Parameters:
    ///   - value: The value computed from the bins.
    ///   - bounds: The limits of the exact value.
    public init(value: Double, bounds: Interval) {
        self.value = value
        self.bounds = bounds
    }
}
