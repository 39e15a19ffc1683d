package import Evaluation

extension CalibrationReport {
    /// A reliability diagram in numbers.
    package var json: JSONValue {
        let json: JSONValue = [
            "task": .name(task.name),
            "model": .name(model),
            "as_of": .string(asOf.iso8601),
            "window": window.json,
            "bins": .array(bins.map(\.json)),
        ]
        return json.adding(forgotten: forgotten).adding(replay, of: task)
    }
}

extension ReliabilityBin {
    /// The names of the members, in order.
    package static let memberNames = [
        "low", "high", "n", "mean_score", "observed", "observed_low", "observed_high",
        "consistent_low", "consistent_high",
    ]

    /// The values of the members, in the order of their names.
    package var memberValues: [JSONValue] {
        [
            .number(low), .number(high), JSONValue(n), .number(meanScore), .number(observed),
            .number(observedLow), .number(observedHigh),
            .number(consistentLow), .number(consistentHigh),
        ]
    }

    package var json: JSONValue {
        .object(
            zip(Self.memberNames, memberValues).map { JSONValue.Member(name: $0, value: $1) }
        )
    }
}
