package import Contract
package import Evaluation

/// The settings of one task.
package struct TaskResult: Presentable {
    package var task: PredictionTask
    /// Whether the task has just been created, which asks for a few words only.
    package var isNew = false
    package var loaded: Baseline?

    package init(
        task: PredictionTask,
        isNew: Bool = false,
        loaded: Baseline? = nil
    ) {
        self.task = task
        self.isNew = isNew
        self.loaded = loaded
    }

    /// What a baseline file gave.
    package struct Baseline: Sendable, Equatable {
        package var cohorts: Int
        package var rows: Int

        package init(cohorts: Int, rows: Int) {
            self.cohorts = cohorts
            self.rows = rows
        }
    }

    package var document: Document {
        var document = Document()
        guard !isNew else {
            document.paragraph(
                "Created task \(task.name): \(task.kind.rawValue), labels due within "
                    + "\(DurationText.text(task.horizonSeconds)), days of \(task.timeZone), baseline "
                    + "\(BaselineText.text(task.baseline, task: task)), tolerance "
                    + "\(ToleranceText.text(task.tolerance))."
            )
            append(loaded, to: &document)
            document.paragraph("All settings: gnomon task show \(task.name)", .faint)
            return document
        }
        document.heading("Task \(task.name)")
        document.terms(settings)
        append(loaded, to: &document)
        return document
    }

    private func append(_ loaded: Baseline?, to document: inout Document) {
        guard let loaded else { return }
        document.paragraph(
            "The baseline has \(NumberText.count(loaded.cohorts)) cohorts of "
                + "\(NumberText.count(loaded.rows)) labelled predictions."
        )
    }

    /// The settings under the names of the options.
    private var settings: [Document.Term] {
        [Document.Term(name: "kind", text: task.kind.rawValue)]
            + TaskSetting.all.compactMap { setting in
                setting.text(task).map {
                    Document.Term(name: setting.title, text: $0)
                }
            }
    }

    package var json: JSONValue { task.json }

    package var csv: CSVTable { CSVTable(PredictionTask.shape, [task]) }
}

/// All tasks.
package struct TaskListResult: Presentable {
    package var tasks: [PredictionTask]

    package init(tasks: [PredictionTask]) {
        self.tasks = tasks
    }

    package var document: Document {
        var document = Document()
        guard !tasks.isEmpty else {
            document.paragraph("No tasks yet. Create one: gnomon task create NAME --kind binary")
            return document
        }
        var table = TextTable([
            .left("task", repeated: true), .left("kind"), .right("horizon"), .left("time zone"),
            .left("bucket"), .left("slices", limit: 24),
        ])
        for task in tasks {
            table.add(
                [
                    task.name.text, task.kind.rawValue, DurationText.text(task.horizonSeconds),
                    task.timeZone.name, task.bucketSize.rawValue,
                    task.sliceKeys.isEmpty
                        ? NumberText.none : task.sliceKeys.joined(separator: ", "),
                ].map { TextTable.Cell($0) }
            )
        }
        document.table(table)
        return document
    }

    package var json: JSONValue { AnswerShapes.taskList.json(tasks) }

    package var csv: CSVTable { CSVTable(PredictionTask.shape, tasks) }
}
