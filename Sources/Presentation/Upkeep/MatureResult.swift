package import Contract
package import Evaluation

/// How many cohorts were frozen.
package struct MatureResult: Presentable {
    package var task: Name
    package var asOf: Instant
    package var cohorts: Int

    package init(
        task: Name,
        asOf: Instant,
        cohorts: Int
    ) {
        self.task = task
        self.asOf = asOf
        self.cohorts = cohorts
    }

    package var document: Document {
        var document = Document()
        document.paragraph(
            cohorts == 0
                ? "Nothing was due: every cohort of \(task) that has reached an age is frozen."
                : "\(NumberText.count(cohorts)) cohorts of \(task) are frozen, as they were known at their age."
        )
        return document
    }

    package var json: JSONValue { AnswerShapes.maturing.json(content) }

    package var csv: CSVTable { CSVTable(AnswerShapes.maturing, [content]) }

    private var content: (Name, Instant, Int) { (task, asOf, cohorts) }
}
