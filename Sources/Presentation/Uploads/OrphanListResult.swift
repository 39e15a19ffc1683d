package import Contract
package import Evaluation

/// Prediction ids that have labels but no prediction.
package struct OrphanListResult: Presentable {
    package var task: PredictionTask
    package var ids: [String]
    package var limit: Int

    package init(task: PredictionTask, ids: [String], limit: Int) {
        self.task = task
        self.ids = ids
        self.limit = limit
    }

    package var document: Document {
        var document = Document()
        guard !ids.isEmpty else {
            document.paragraph("Every label of \(task.name) has its prediction.")
            return document
        }
        document.lines(ids)
        if ids.count == limit {
            document.paragraph("There may be more; see --limit.", .faint)
        }
        return document
    }

    package var json: JSONValue { AnswerShapes.orphanList.json((ids, task.name)) }

    package var csv: CSVTable {
        var csv = CSVTable(["prediction_id"])
        csv.rows = ids.map { [.string($0)] }
        return csv
    }
}
