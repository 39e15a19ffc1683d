package import Contract
package import Evaluation

/// The recommendations that were given, the newest first.
package struct RecommendationHistoryResult: Presentable {
    package var task: PredictionTask
    package var entries: [PastRecommendation]

    package init(
        task: PredictionTask,
        entries: [PastRecommendation]
    ) {
        self.task = task
        self.entries = entries
    }

    package var document: Document {
        var document = Document()
        document.heading("Recommendations for \(task.name), the newest first")
        guard !entries.isEmpty else {
            document.paragraph(
                "None was given yet. Ask with: gnomon recommend --task \(task.name)"
            )
            return document
        }
        var table = TextTable([
            .left("as of"), .left("model", repeated: true, limit: 20), .left("verdict"),
            .right("loss after"), .left("then", limit: 40),
        ])
        for entry in entries {
            table.add([
                TextTable.Cell(
                    WindowText.present(entry.record.asOf)
                        + (entry.record.isReplay ? " (replay)" : "")
                ),
                TextTable.Cell(entry.record.model.text),
                TextTable.Cell(entry.record.verdict.rawValue.replacing("_", with: " ")),
                TextTable.Cell(entry.after.risk.map { NumberText.number($0) } ?? NumberText.none),
                TextTable.Cell(Self.then(entry.after), .faint),
            ])
        }
        document.table(table)
        document.paragraph(
            Self.lossAfter,
            .faint
        )
        return document
    }

    package static let lossAfter =
        "Loss after: the mean over the days that matured in the \(RecentDays.count) days that followed."

    package static func then(_ after: RecommendationAftermath) -> String {
        var parts: [String] = []
        if let champion = after.champion {
            parts.append("\(champion.model) champion \(WindowText.present(champion.validFrom))")
        }
        if let acknowledged = after.acknowledgedAt {
            parts.append("acknowledged \(WindowText.present(acknowledged))")
        }
        return parts.joined(separator: ", ")
    }

    package var json: JSONValue { AnswerShapes.recommendationHistory.json((entries, task.name)) }

    package var csv: CSVTable {
        let after = RecommendationAftermath.shape
        var csv = CSVTable(
            PastRecommendation.shape.columnNames + after.columnNames.map { "after_\($0)" }
        )
        csv.rows = entries.map { PastRecommendation.shape.cells($0) + after.cells($0.after) }
        return csv
    }
}
