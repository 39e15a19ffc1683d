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

    package var json: JSONValue {
        [
            "task": .name(task), "model": .name(acknowledgement.model),
            "acknowledged_at": .string(acknowledgement.instant.iso8601),
            "new_baseline": .bool(acknowledgement.renewsBaseline),
            "note": .string(acknowledgement.note),
        ]
    }

    package var csv: CSVTable {
        var csv = CSVTable(["model", "acknowledged_at", "new_baseline", "note"])
        csv.rows = [
            [
                .name(acknowledgement.model), .string(acknowledgement.instant.iso8601),
                .bool(acknowledgement.renewsBaseline), .string(acknowledgement.note),
            ]
        ]
        return csv
    }
}
