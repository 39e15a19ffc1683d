package import Contract
package import Evaluation

/// Whether what is stored is what the ledger gives.
package struct VerifyResult: Presentable {
    package var report: VerificationReport

    package init(report: VerificationReport) {
        self.report = report
    }

    package var status: ExitStatus { report.isClean ? .done : .failed }

    package var failure: String? {
        report.isClean
            ? nil
            : "Of the cells of \(report.task), \(differing) not as the ledger says."
    }

    private var differing: String {
        NumberText.count(report.differenceCount, "is", "are")
    }

    package var document: Document {
        var document = Document()
        let work =
            NumberText.count(report.cells, "cell", "cells")
            + " and \(NumberText.count(report.pairs, "paired cell", "paired cells")), recomputed from "
            + NumberText.count(report.predictionIDs, "prediction id", "prediction ids")
        let limit = report.rowsFrom.map {
            "Not looked at: cells from before \($0.iso8601), of which the rows are no longer kept."
        }
        if report.isRepaired {
            document.paragraph("Cells differed, and were written anew from the rows.")
        }
        guard !report.isClean else {
            document.paragraph("\(report.task) is clean: \(work), are the same bit for bit.", .good)
            if let limit { document.paragraph(limit, .faint) }
            return document
        }
        document.paragraph(
            "\(report.task) is not clean: of \(work), \(differing) not as the ledger says.",
            .bad
        )
        for difference in report.differences { document.item(difference) }
        if report.differenceCount > report.differences.count {
            document.paragraph("The first \(report.differences.count) are listed.", .faint)
        }
        if let limit { document.paragraph(limit, .faint) }
        return document
    }

    package var json: JSONValue { report.json }

    package var csv: CSVTable { CSVTable(VerificationReport.shape, [report]) }
}
