package import Evaluation

/// A metric as tables show it.
package enum EstimateText {
    /// `0.167`, or `–`.
    package static func value(_ estimate: MetricEstimate) -> String {
        estimate.value.map { NumberText.number($0) } ?? NumberText.none
    }

    /// `0.161–0.172`, or nothing.
    package static func interval(_ estimate: MetricEstimate) -> String {
        guard let value = estimate.value, let low = estimate.low, let high = estimate.high else {
            return ""
        }
        return NumberText.interval(low, high, decimals: NumberText.decimals(value))
    }

    /// `0.167 (0.161–0.172)`.
    package static func full(_ estimate: MetricEstimate) -> String {
        let interval = interval(estimate)
        return interval.isEmpty ? value(estimate) : "\(value(estimate)) (\(interval))"
    }
}
