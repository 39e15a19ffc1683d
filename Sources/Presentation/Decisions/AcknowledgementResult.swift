package import Contract
package import Evaluation

/// An alarm that was taken as dealt with.
package struct AcknowledgementResult: Presentable {
    package var task: Name
    package var acknowledgement: Acknowledgement
    /// What is accepted with it; `nil` where no alarm stood.
    package var accepted: AcceptedRisk?

    package init(
        task: Name,
        acknowledgement: Acknowledgement,
        accepted: AcceptedRisk?
    ) {
        self.task = task
        self.acknowledgement = acknowledgement
        self.accepted = accepted
    }

    package var document: Document {
        var document = Document()
        let baseline =
            acknowledgement.renewsBaseline
            ? " The days of the alarm and those to come become the new baseline."
            : " The baseline stays."
        document.paragraph(
            "The alarm about \(acknowledgement.model) is acknowledged; the watch starts anew at "
                + "\(acknowledgement.instant.iso8601).\(baseline)",
            .good
        )
        if let accepted { document.paragraph(accepted.sentence) }
        return document
    }

    package var json: JSONValue { AnswerShapes.acknowledgement.json(content) }

    package var csv: CSVTable { CSVTable(AnswerShapes.acknowledgement, [content]) }

    private var content: (Acknowledgement, AcceptedRisk?, Name) {
        (acknowledgement, accepted, task)
    }
}
