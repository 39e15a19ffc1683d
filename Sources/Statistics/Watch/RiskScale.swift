/// What losses are like that a watch adds up: it limits how far they may lie from those of the baseline.
public enum RiskScale: Sendable, Hashable {
    /// From 0 to 1, as those of the constant forecast.
    case bounded
    /// Of any size, held against a constant forecast's.
    case relative
    /// Of any size, in themselves: the reference is 1.
    case absolute
}
