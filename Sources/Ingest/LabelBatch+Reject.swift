package import Evaluation

extension LabelBatch {
    /// The id of a row as it was given.
    package func predictionID(_ row: LabelRow, of task: PredictionTask) -> String {
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
        text.append("observed_at", text: row.observedAt.iso8601)
        if row.knownAt != .distantPast { text.append("known_at", text: row.knownAt.iso8601) }
        if row.isWithdrawn {
            text.appendNull("label")
        } else if task.kind == .regression {
            text.append("label", row.value)
        } else {
            text.append("label", text: task.classes[Int(row.value)].text)
        }
        let source = sources[Int(row.source)]
        if !source.isEmpty { text.append("source", text: source.text) }
        if row.predictedAt != .distantPast {
            text.append("predicted_at", text: row.predictedAt.iso8601)
        }
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
