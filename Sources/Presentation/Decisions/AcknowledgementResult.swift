package import Contract
package import Evaluation

/// An alarm that was taken as dealt with.
package struct AcknowledgementResult: Presentable {
    package var task: Name
    package var acknowledgement: Acknowledgement

    package init(
        task: Name,
        acknowledgement: Acknowledgement
    ) {
        self.task = task
        self.acknowledgement = acknowledgement
    }

    package var document: Document {
        var document = Document()
        let baseline =
            acknowledgement.renewsBaseline
            ? " The days from then on become the new baseline." : " The baseline stays."
        document.paragraph(
            "The alarm about \(acknowledgement.model) is acknowledged; the watch starts anew at "
                + "\(acknowledgement.instant.iso8601).\(baseline)",
            .good
        )
        return document
    }

    package var json: JSONValue { AnswerShapes.acknowledgement.json(content) }

    package var csv: CSVTable { CSVTable(AnswerShapes.acknowledgement, [content]) }

    private var content: (Acknowledgement, Name) { (acknowledgement, task) }
}
