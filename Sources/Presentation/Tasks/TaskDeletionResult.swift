package import Contract
package import Evaluation

/// What went with a task that was deleted.
package struct TaskDeletionResult: Presentable {
    package var task: Name
    package var removed: RemovedRows

    package init(task: Name, removed: RemovedRows) {
        self.task = task
        self.removed = removed
    }

    package var document: Document {
        var document = Document()
        document.paragraph(
            "Deleted task \(task): \(NumberText.count(removed.uploads)) uploads, "
                + "\(NumberText.count(removed.predictions)) rows of predictions, "
                + "\(NumberText.count(removed.labels)) labels, "
                + "\(NumberText.count(removed.rejects)) rejects."
        )
        return document
    }

    package var json: JSONValue { AnswerShapes.taskDeletion.json(content) }

    package var csv: CSVTable { CSVTable(AnswerShapes.taskDeletion, [content]) }

    private var content: (RemovedRows, Name) { (removed, task) }
}
