package import Contract
package import Evaluation

/// What a scheduler that asks every day would have been told: each change of the verdict.
package struct RecommendationWalkResult: Presentable {
    package var task: PredictionTask
    package var days: Window
    package var steps: [RecommendationStep]

    package init(
        task: PredictionTask,
        days: Window,
        steps: [RecommendationStep]
    ) {
        self.task = task
        self.days = days
        self.steps = steps
    }

    package var document: Document {
        var document = Document()
        document.heading(
            "\(task.name), asked every day from \(WindowText.present(days.lowerBound)) to "
                + WindowText.present(days.upperBound)
                + ReplayText.ending(steps.first?.recommendation.replay)
        )
        var table = TextTable([
            .left("from"), .right("days"), .left("verdict"), .right("loss"), .right("log e-value"),
        ])
        for step in steps {
            let recommendation = step.recommendation
            table.add([
                TextTable.Cell(WindowText.present(recommendation.asOf)),
                TextTable.Cell(NumberText.count(step.days)),
                TextTable.Cell(
                    recommendation.verdict.rawValue.replacing("_", with: " "),
                    RecommendationResult.emphasis(recommendation.verdict)
                ),
                TextTable.Cell(value(.recentRisk, recommendation)),
                TextTable.Cell(value(recommendation.decidingEvidence, recommendation)),
            ])
        }
        document.table(table)
        document.space()
        for step in steps {
            document.item(
                "\(WindowText.present(step.recommendation.asOf)): \(step.recommendation.summary)"
            )
        }
        document.space()
        document.paragraph(
            "One line for each change; the settings and roles of today are taken for all days.",
            .faint
        )
        return document
    }

    private func value(_ measure: Evidence.Measure, _ recommendation: Recommendation) -> String {
        recommendation.evidence.first { $0.measure == measure && $0.age == nil }?.value
            .map { NumberText.number($0) } ?? NumberText.none
    }

    package var json: JSONValue {
        AnswerShapes.recommendationWalk.json((steps, days, task.name))
    }

    package var csv: CSVTable {
        var csv = CSVTable(["from", "days", "verdict", "since", "shadow", "summary"])
        csv.rows = steps.map { step in
            [
                .string(step.recommendation.asOf.iso8601), JSONValue(step.days),
                .string(step.recommendation.verdict.rawValue),
                JSONValue(step.recommendation.since?.iso8601),
                JSONValue(step.recommendation.shadow), .string(step.recommendation.summary),
            ]
        }
        return csv
    }
}
