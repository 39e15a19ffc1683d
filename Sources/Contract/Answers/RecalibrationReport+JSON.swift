package import Evaluation

extension RecalibrationReport {
    package var json: JSONValue {
        let json: JSONValue = [
            "task": .name(task.name), "model": .name(model),
            "as_of": .string(asOf.iso8601), "method": .string(method.rawValue),
            "map": mapJSON, "fit": json(fit),
            "validation": validation.map(json) ?? .null,
        ]
        return json.adding(reason: reason)
    }

    private var mapJSON: JSONValue {
        switch map {
        case .line(let intercept, let slope):
            [
                "kind": .string("platt"),
                "formula": .string(
                    "logit r = intercept + slope * logit p, p clipped to [1e-6, 1 - 1e-6]"
                ),
                "intercept": JSONValue(intercept), "slope": JSONValue(slope),
            ]
        case .steps(let scores, let values):
            [
                "kind": .string("isotonic"),
                "formula": .string(
                    "linear between the points, constant beyond the first and the last"
                ),
                "scores": .array(scores.map { JSONValue($0) }),
                "values": .array(values.map { JSONValue($0) }),
            ]
        }
    }

    private func json(_ period: RecalibrationReport.Period) -> JSONValue {
        [
            "from": .string(period.from.iso8601), "to": .string(period.to.iso8601),
            "rows": JSONValue(period.rows), "positives": JSONValue(period.positives),
        ]
    }

    private func json(_ validation: RecalibrationReport.Validation) -> JSONValue {
        [
            "period": json(validation.period),
            "metrics": .object(
                validation.changes.map { name, change in
                    JSONValue.Member(
                        name: name,
                        value: [
                            "before": JSONValue(change.before), "after": JSONValue(change.after),
                            "gain": JSONValue(change.gain), "low": JSONValue(change.low),
                            "high": JSONValue(change.high),
                        ]
                    )
                }
            ),
        ]
    }
}

extension RecalibrationReport.Validation {
    /// The metrics under their names.
    package var changes: [(name: String, change: RecalibrationReport.Change)] {
        [
            ("brier_score", brier), ("log_loss", logLoss), ("mcb", miscalibration),
            ("dsc", discrimination),
        ]
    }
}
