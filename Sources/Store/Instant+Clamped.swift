import Evaluation

extension Instant {
    private static let earliest = Instant(microseconds: -210_866_803_200_000_000)
    private static let latest = Instant(microseconds: 9_223_371_331_200_000_000)

    /// Within what `timestamptz` can hold.
    var clamped: Instant { min(max(self, Self.earliest), Self.latest) }

    /// What was clamped: the ends of what `timestamptz` can hold stand for the ends of time.
    var unclamped: Instant {
        switch self {
        case Self.earliest: .distantPast
        case Self.latest: .distantFuture
        default: self
        }
    }
}
