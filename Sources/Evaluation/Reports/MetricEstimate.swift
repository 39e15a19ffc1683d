package import Statistics

/// A number with everything that says how far to trust it (rule T8).
///
/// What is missing has its reason: neither a value nor an interval can be left out without one.
package struct MetricEstimate: Sendable, Equatable {
    /// The labelled predictions that the number rests on.
    package let n: Int
    private let state: State

    private enum State: Sendable, Equatable {
        case undefined(MetricReason)
        case known(Double, bound: Double?, MetricInterval)
    }

    /// A number that is known.
    ///
    /// `bound` is how far it may lie from that of the rows, where it was taken from a histogram; 0 if exact, `nil`
    /// where it was fitted to a histogram and has none.
    package init(_ value: Double, _ interval: MetricInterval, n: Int, bound: Double? = 0) {
        self.n = n
        state = .known(value, bound: bound, interval)
    }

    private init(n: Int, state: State) {
        self.n = n
        self.state = state
    }

    package static func undefined(n: Int, _ reason: MetricReason) -> MetricEstimate {
        MetricEstimate(n: n, state: .undefined(reason))
    }

    package var value: Double? {
        if case .known(let value, _, _) = state { value } else { nil }
    }

    package var bound: Double? {
        if case .known(_, let bound, _) = state { bound } else { nil }
    }

    private var interval: MetricInterval? {
        if case .known(_, _, let interval) = state { interval } else { nil }
    }

    /// The 95 % interval.
    package var low: Double? { interval?.low }
    package var high: Double? { interval?.high }

    /// Why there is no value or no interval, or an interval of another kind than usual.
    package var reason: MetricReason? {
        switch state {
        case .undefined(let reason): reason
        case .known(_, _, let interval): interval.reason
        }
    }
}

/// The 95 % interval of a metric, or why there is none.
package enum MetricInterval: Sendable, Equatable {
    case between(Interval)
    /// An interval that rests on more than it should.
    case qualified(Interval, MetricReason)
    case missing(MetricReason)

    /// An interval; where there is none, the `reason` why.
    package init(_ interval: Interval?, else reason: MetricReason) {
        self = interval.map(Self.between) ?? .missing(reason)
    }

    package static func between(low: Double, high: Double) -> MetricInterval {
        .between(Interval(low: low, high: high))
    }

    package var limits: Interval? {
        switch self {
        case .between(let interval), .qualified(let interval, _): interval
        case .missing: nil
        }
    }

    package var low: Double? { limits?.low }
    package var high: Double? { limits?.high }

    package var reason: MetricReason? {
        switch self {
        case .between: nil
        case .qualified(_, let reason), .missing(let reason): reason
        }
    }
}

/// A metric by its name in JSON, tables and pages.
package struct NamedMetric: Sendable, Equatable {
    package var name: String
    package var estimate: MetricEstimate

    package init(_ name: String, _ estimate: MetricEstimate) {
        self.name = name
        self.estimate = estimate
    }
}
