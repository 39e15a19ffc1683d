package import Evaluation

extension Report {
    /// Models over windows of time.
    ///
    /// - Parameter slice: `key=value`, if it is the report of one slice.
    /// - Returns: The object.
    package func json(slice: String?) -> JSONValue {
        let json: JSONValue = [
            "task": .name(task.name),
            "kind": .string(task.kind.rawValue),
            "as_of": .string(asOf.iso8601),
            "from": .string(interval.lowerBound.iso8601),
            "to": .string(interval.upperBound.iso8601),
            "by": .string(period.rawValue),
            "slice": JSONValue(slice),
            "exact": .bool(isExact),
            "champion_assumed_since": JSONValue(
                models.compactMap(\.assumedSince).first?.iso8601
            ),
            "models": .array(models.map(\.json)),
        ]
        return json.adding(contradictions).adding(forgotten: forgotten).adding(replay, of: task)
    }
}

extension ModelReport {
    package var json: JSONValue {
        [
            "model": .name(model),
            "version": JSONValue(version),
            "role": .string(role.rawValue),
            "windows": .array(windows.map(\.json)),
        ]
    }
}

extension WindowReport {
    package var json: JSONValue {
        [
            "start": .string(window.start.iso8601),
            "end": .string(window.end.iso8601),
            "predictions": JSONValue(predictions),
            "labelled": JSONValue(labelled),
            "implied": JSONValue(implied),
            "pending": JSONValue(pending),
            "overdue": JSONValue(overdue),
            "coverage": JSONValue(coverage),
            "mature": .bool(isMature),
            "metrics": .object(
                metrics.map { JSONValue.Member(name: $0.name, value: $0.estimate.json) }
            ),
        ]
    }
}

extension MetricEstimate {
    package var json: JSONValue {
        let json: JSONValue = [
            "value": JSONValue(value), "low": JSONValue(low), "high": JSONValue(high),
            "n": JSONValue(n), "bound": JSONValue(bound),
        ]
        return json.adding(reason: reason?.rawValue)
    }
}
