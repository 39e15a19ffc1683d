package import Contract
package import Evaluation

/// Rejected rows.
package struct RejectListResult: Presentable {
    package var task: PredictionTask
    package var rejects: [Reject]
    package var limit: Int

    package init(
        task: PredictionTask,
        rejects: [Reject],
        limit: Int
    ) {
        self.task = task
        self.rejects = rejects
        self.limit = limit
    }

    package var document: Document {
        var document = Document()
        guard !rejects.isEmpty else {
            document.paragraph("Task \(task.name) has no rejected rows.")
            return document
        }
        document.append(RejectText.document(rejects))
        if rejects.count == limit {
            document.paragraph("There may be more; see --limit.", .faint)
        }
        return document
    }

    package var json: JSONValue { AnswerShapes.rejectList.json((rejects, task.name)) }

    package var csv: CSVTable { CSVTable(AnswerShapes.rejectedRow, rejects) }
}
