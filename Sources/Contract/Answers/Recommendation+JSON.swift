package import Evaluation

extension Recommendation {
    package var json: JSONValue {
        let json: JSONValue = [
            "task": .name(task.name),
            "model": .name(model),
            "champion_assumed_since": JSONValue(championAssumedSince?.iso8601),
            "as_of": .string(asOf.iso8601),
            "verdict": .string(verdict.rawValue),
            "summary": .string(summary),
            "shadow": JSONValue(shadow),
            "since": JSONValue(since?.iso8601),
            "reasons": .strings(reasons),
            "evidence": .array(
                evidence.map {
                    [
                        "name": .string($0.name), "value": JSONValue($0.value),
                        "threshold": JSONValue($0.threshold), "state": .string($0.state.rawValue),
                    ]
                }
            ),
            "training_window": trainingWindow.map {
                [
                    "from": .string($0.lowerBound.iso8601), "to": .string($0.upperBound.iso8601),
                ]
            } ?? .null,
            "change_point": JSONValue(changePoint?.iso8601),
            "epoch": epoch.json,
        ]
        return json.adding(contradictions).adding(forgotten: forgotten).adding(replay, of: task)
    }
}

extension RetrainingMonitor.Epoch {
    package var json: JSONValue {
        [
            "cause": .string(cause.rawValue), "from": JSONValue(from?.iso8601),
            "at": JSONValue(at?.iso8601),
        ]
    }
}
