import Contract
package import Evaluation

/// Metrics of which an answer knows the names.
package enum MetricNames {
    /// The metrics that an option names.
    ///
    /// - Parameters:
    ///   - names: Names, or only `all`; `nil` takes the usual ones.
    ///   - kind: Of the task.
    /// - Returns: The names in the order in which they were given.
    /// - Throws: `TextError` that lists the metrics.
    package static func chosen(_ names: [String]?, kind: TaskKind) throws -> [String] {
        guard let names else { return kind.usualMetrics.map(\.name) }
        let known = kind.reportedMetrics.map(\.name)
        if names == ["all"] { return known }
        for name in names where !known.contains(name) {
            throw TextError(
                "\"\(name)\" is no metric of a \(kind.rawValue) task; the metrics are "
                    + known.joined(separator: ", ") + ", or all."
            )
        }
        return names
    }

    package static func title(_ name: String) -> String { Metric.named(name)?.title ?? name }

    package static func meaning(_ name: String) -> String { Metric.named(name)?.meaning ?? "" }

    /// Which side is better, in words; `nil` where neither is.
    package static func side(_ name: String) -> String? {
        guard let better = Metric.named(name)?.better, better != .neither else { return nil }
        return "\(better.rawValue) is better"
    }
}
