/// One metric of both models over the same labelled requests.
///
/// What is missing has its reason, as in `MetricEstimate`.
package struct ComparedMetric: Sendable, Equatable {
    package let name: String
    private let state: State

    private enum State: Sendable, Equatable {
        case missing(MetricReason)
        case compared(champion: Double, shadow: Double, gain: Double, MetricInterval)
    }

    /// A metric that both models have; `gain` is positive when the shadow is better.
    ///
    /// `interval` is that of the gain, for one look: days are the blocks, or DeLong for areas.
    package init(
        _ name: String,
        champion: Double,
        shadow: Double,
        gain: Double,
        _ interval: MetricInterval
    ) {
        self.name = name
        state = .compared(champion: champion, shadow: shadow, gain: gain, interval)
    }

    package init(_ name: String, missing reason: MetricReason) {
        self.name = name
        state = .missing(reason)
    }

    package var champion: Double? {
        if case .compared(let champion, _, _, _) = state { champion } else { nil }
    }

    package var shadow: Double? {
        if case .compared(_, let shadow, _, _) = state { shadow } else { nil }
    }

    package var gain: Double? {
        if case .compared(_, _, let gain, _) = state { gain } else { nil }
    }

    private var interval: MetricInterval? {
        if case .compared(_, _, _, let interval) = state { interval } else { nil }
    }

    package var low: Double? { interval?.low }
    package var high: Double? { interval?.high }

    package var reason: MetricReason? {
        switch state {
        case .missing(let reason): reason
        case .compared(_, _, _, let interval): interval.reason
        }
    }
}
