package import Contract
package import Evaluation

/// The models of a task.
package struct ModelListResult: Presentable {
    package var task: PredictionTask
    package var models: [ModelSummary]

    package init(task: PredictionTask, models: [ModelSummary]) {
        self.task = task
        self.models = models
    }

    package var document: Document {
        var document = Document()
        guard !models.isEmpty else {
            document.paragraph(
                "Task \(task.name) has no models yet. Upload predictions: gnomon predictions upload "
                    + "--task \(task.name) FILE"
            )
            return document
        }
        var table = TextTable([
            .left("model", repeated: true), .left("role"), .right("predictions"),
            .right("labelled"),
            .right("coverage"), .left("versions", limit: 34),
        ])
        for model in models {
            let coverage =
                model.predictions > 0
                ? Double(model.labelled) / Double(model.predictions) : nil
            table.add(
                [
                    model.name.text, model.role.rawValue, NumberText.count(model.predictions),
                    NumberText.count(model.labelled), NumberText.percent(coverage),
                    versions(model),
                ].map { TextTable.Cell($0) }
            )
        }
        document.table(table)
        for model in models {
            let note = AssumedChampion.note(
                model.name,
                since: model.assumedSince,
                of: task,
                for: .terminal
            )
            if let note { document.paragraph(note, .faint) }
        }
        return document
    }

    private func versions(_ model: ModelSummary) -> String {
        let named = model.versions.filter { !$0.isEmpty }
        return named.isEmpty
            ? NumberText.none : "\(named.count): " + named.joined(separator: ", ")
    }

    package var json: JSONValue { AnswerShapes.modelList.json((models, task.name)) }

    package var csv: CSVTable { CSVTable(ModelSummary.shape, models) }
}
