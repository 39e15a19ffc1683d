package import Contract
package import Evaluation

/// A ledger that has begun anew.
package struct RestatementResult: Presentable {
    package var restatement: LedgerRestatement

    package init(restatement: LedgerRestatement) {
        self.restatement = restatement
    }

    package var document: Document {
        var document = Document()
        let rows = NumberText.count(Int(restatement.lateRows), "late row", "late rows")
        document.paragraph(
            "The ledger of \(restatement.task) begins anew, with \(rows). From now on the evidence for a verdict must be "
                + "\(1 << min(restatement.restatements, 62)) times as strong as at first."
        )
        document.paragraph(
            "Answers as of earlier instants stay as they were, and an alarm that stands goes on to stand.",
            .faint
        )
        return document
    }

    package var json: JSONValue { restatement.json }

    package var csv: CSVTable { CSVTable(LedgerRestatement.shape, [restatement]) }
}
