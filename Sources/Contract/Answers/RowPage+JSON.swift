package import Evaluation

extension RowPage {
    /// Predictions with what is known of their outcomes.
    ///
    /// - Parameters:
    ///   - query: What was asked for.
    ///   - cursor: Leads to the next page, if there is one.
    /// - Returns: The object.
    package func json(_ query: RowQuery, cursor: String?) -> JSONValue {
        let json: JSONValue = [
            "task": .name(task.name),
            "kind": .string(task.kind.rawValue),
            "as_of": .string(asOf.iso8601),
            "from": JSONValue(query.window.from?.iso8601),
            "to": JSONValue(query.window.to?.iso8601),
            "model": JSONValue(query.model),
            "slice": JSONValue(query.slice?.text),
            "order": .string(order.rawValue),
            "loss": .string(StandingPredictionReader.loss(of: task.kind).rowName),
            "rows": .array(rows.map { $0.json(of: task) }),
            "next_cursor": JSONValue(cursor),
        ]
        return json.adding(forgotten: forgotten).adding(replay, of: task)
    }
}

extension RowPage.Row {
    /// The object.
    package func json(of task: PredictionTask) -> JSONValue {
        [
            "prediction_id": .string(predictionID),
            "predicted_at": .string(row.prediction.predictedAt.iso8601),
            "known_at": .string(row.prediction.knownAt.iso8601),
            "model": .name(model),
            "version": .name(version),
            "slices": .slices(slices),
            "score": .number(row.score),
            "status": .string(row.status.rawValue),
            "label": .label(row.label, of: task),
            "observed_at": JSONValue(row.observed?.observedAt.iso8601),
            "label_known_at": JSONValue(row.observed?.knownAt.iso8601),
            "loss": JSONValue(row.loss),
        ]
    }
}

extension PredictionRecord {
    /// All predictions and all revisions of the label of one prediction id.
    package var json: JSONValue {
        let json: JSONValue = [
            "task": .name(task.name),
            "kind": .string(task.kind.rawValue),
            "as_of": .string(asOf.iso8601),
            "prediction_id": .string(predictionID),
            "loss": .string(StandingPredictionReader.loss(of: task.kind).rowName),
            "predictions": .array(predictions.map { $0.json(of: task) }),
            "labels": .array(labels.map { $0.json(of: task) }),
        ]
        return json.adding(replay, of: task)
    }
}

extension PredictionRecord.Prediction {
    fileprivate func json(of task: PredictionTask) -> JSONValue {
        let details = try? JSONValue(parsing: Array(prediction.details.utf8))
        return [
            "model": .name(model),
            "version": .name(version),
            "predicted_at": .string(prediction.predictedAt.iso8601),
            "known_at": .string(prediction.knownAt.iso8601),
            "score": .number(score),
            "slices": .slices(slices),
            "details": details ?? .object([]),
            "stands": .bool(standing != nil),
            "status": JSONValue(standing?.status.rawValue),
            "label": .label(standing?.label, of: task),
            "loss": JSONValue(standing?.loss),
        ]
    }
}

extension PredictionRecord.Label {
    fileprivate func json(of task: PredictionTask) -> JSONValue {
        [
            "label": .label(revision.value, of: task),
            "observed_at": .string(revision.observedAt.iso8601),
            "known_at": .string(revision.knownAt.iso8601),
            "source": .name(source),
            "upload": .integer(uploadID),
            "stands": .bool(stands),
        ]
    }
}

extension StandingPrediction {
    /// The revision that gives the label; one that withdraws gives none.
    fileprivate var observed: LabelRevision? { revision?.value == nil ? nil : revision }
}

extension PairedLoss {
    /// What the loss of one row is called.
    fileprivate var rowName: String { self == .absoluteError ? "absolute_error" : metricName }
}

extension JSONValue {
    fileprivate static func slices(_ slices: [Slice]) -> JSONValue {
        .object(slices.map { Member(name: $0.key.text, value: .name($0.value)) })
    }

    /// The name of a class, or a number; null where there is no label, or it was withdrawn.
    fileprivate static func label(_ value: Double?, of task: PredictionTask) -> JSONValue {
        guard let value else { return .null }
        guard task.kind.has(.classes) else { return .number(value) }
        let index = Int(value)
        return task.classes.indices.contains(index) ? .name(task.classes[index]) : .null
    }
}
