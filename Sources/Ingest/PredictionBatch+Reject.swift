package import Evaluation

extension PredictionBatch {
    /// The id of a row as it was given.
    package func predictionID(_ row: PredictionRow, of task: PredictionTask) -> String {
        guard row.idCount > 0 else { return row.key.uuidText(taskID: task.id) }
        let start = Int(row.idStart)
        return String(decoding: idBytes[start..<start + Int(row.idCount)], as: UTF8.self)
    }

    /// A reject of a row that could be read, but not be kept beside what is stored.
    ///
    /// * `index`: The place of the row in the batch.
    package func reject(_ index: Int, of task: PredictionTask, reason: String) -> Reject {
        let row = rows[index]
        let id = predictionID(row, of: task)
        var text = RowText()
        text.append("prediction_id", text: id)
        text.append("predicted_at", text: row.predictedAt.iso8601)
        if row.knownAt != .distantPast { text.append("known_at", text: row.knownAt.iso8601) }
        let name = models[Int(row.model)]
        text.append("model", text: name.model.text)
        if !name.version.isEmpty { text.append("version", text: name.version.text) }
        for (index, column) in task.scoreColumns.enumerated() {
            text.append(column, scores[Int(row.scoreStart) + index])
        }
        for (key, value) in zip(task.sliceKeys, sliceSets[Int(row.sliceSet)]) where !value.isEmpty {
            text.append(key.text, text: value.text)
        }
        text.append(details: details[Int(row.details)])
        return Reject(
            line: row.line,
            field: "prediction_id",
            value: id,
            reason: reason,
            row: text.text,
            file: inputName(ofRow: index)
        )
    }
}

extension PredictionTask {
    /// The columns of a prediction's scores, in the order in which they are stored.
    fileprivate var scoreColumns: [String] {
        switch kind {
        case .binary: ["score"]
        case .regression: ["value"]
        case .multiclass: classes.map { "p_" + $0.text }
        }
    }
}
