package import Evaluation

extension RowBatch {
    /// A reject of a row that could be read, but not be kept beside what is stored.
    ///
    /// `happened` has the name and the instant of the column that says when the row's matter took place; `rest`
    /// appends the columns that only rows of this kind have.
    fileprivate func reject(
        _ index: Int,
        of task: PredictionTask,
        reason: String,
        happened: (column: String, instant: Instant),
        rest: (inout RowText) -> Void
    ) -> Reject {
        let row = rows[index]
        let id = row.idCount > 0 ? storedID(row) : row.key.uuidText(taskID: task.id)
        var text = RowText()
        text.append("prediction_id", text: id)
        text.append(happened.column, text: happened.instant.iso8601)
        if row.knownAt != .distantPast { text.append("known_at", text: row.knownAt.iso8601) }
        rest(&text)
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

extension PredictionBatch {
    /// A reject of a row that could be read, but not be kept beside what is stored.
    ///
    /// `index` is the place of the row in the batch.
    package func reject(_ index: Int, of task: PredictionTask, reason: String) -> Reject {
        let row = rows[index]
        return reject(
            index,
            of: task,
            reason: reason,
            happened: ("predicted_at", row.predictedAt)
        ) { text in
            let name = models[Int(row.model)]
            text.append("model", text: name.model.text)
            if !name.version.isEmpty { text.append("version", text: name.version.text) }
            for (index, column) in task.scoreColumns.names.enumerated() {
                text.append(column.text, scores[Int(row.scoreStart) + index])
            }
            for (key, value) in zip(task.sliceKeys, sliceSets[Int(row.sliceSet)])
            where !value.isEmpty {
                text.append(key.text, text: value.text)
            }
            text.append(details: details[Int(row.details)])
        }
    }
}

extension LabelBatch {
    /// A reject of a row that could be read, but not be kept beside what is stored.
    ///
    /// `index` is the place of the row in the batch.
    package func reject(_ index: Int, of task: PredictionTask, reason: String) -> Reject {
        let row = rows[index]
        return reject(
            index,
            of: task,
            reason: reason,
            happened: ("observed_at", row.observedAt)
        ) { text in
            if row.isWithdrawn {
                text.appendNull("label")
            } else if task.kind.has(.classes) {
                text.append("label", text: task.classes[Int(row.value)].text)
            } else {
                text.append("label", row.value)
            }
            let source = sources[Int(row.source)]
            if !source.isEmpty { text.append("source", text: source.text) }
            if row.predictedAt != .distantPast {
                text.append("predicted_at", text: row.predictedAt.iso8601)
            }
        }
    }
}
