import Statistics

/// Whether a gain is large enough to matter, as far as that is sure.
package enum GainSize: Sendable, Equatable {
    case small
    case open
    case large

    /// - Parameters:
    ///   - interval: Where the gain lies.
    ///   - matters: The least gain that does.
    init(_ interval: Interval, matters: Double) {
        self = interval.low > matters ? .large : interval.high < matters ? .small : .open
    }
}
