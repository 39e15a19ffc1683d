/// A number with everything that says how far to trust it (rule T8).
package struct MetricEstimate: Sendable, Equatable {
    package var value: Double?
    /// The 95 % interval.
    package var low: Double?
    package var high: Double?
    /// The labelled predictions that the number rests on.
    package var n: Int
    /// How far the number may lie from that of the rows, where it was taken from a histogram; 0 if exact.
    package var bound: Double?
    /// Why there is no value, or no interval.
    package var reason: String?

    package init(
        value: Double?,
        low: Double? = nil,
        high: Double? = nil,
        n: Int,
        bound: Double? = 0,
        reason: String? = nil
    ) {
        self.value = value
        self.low = low
        self.high = high
        self.n = n
        self.bound = value == nil ? nil : bound
        self.reason = reason
    }

    package static func undefined(n: Int, _ reason: String) -> MetricEstimate {
        MetricEstimate(value: nil, n: n, reason: reason)
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
