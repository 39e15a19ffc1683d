package import Contract
package import Evaluation

/// What was deleted for good, and what stays.
package struct ForgettingResult: Presentable {
    package var report: ForgettingReport

    package init(report: ForgettingReport) {
        self.report = report
    }

    package var document: Document {
        var document = Document()
        let requests = NumberText.count(report.requests, "request", "requests")
        guard report.requests + report.rejects + report.answers > 0 else {
            document.paragraph("Nothing is held of them in task \(report.task).")
            return document
        }
        document.paragraph(
            "\(report.isDryRun ? "Would forget" : "Forgot") \(requests) of task \(report.task): "
                + "\(NumberText.count(Int(report.predictions), "row", "rows")) of predictions, "
                + "\(NumberText.count(Int(report.labels), "label", "labels")), "
                + "\(NumberText.count(report.rejects, "reject", "rejects")), "
                + "\(NumberText.count(report.answers, "kept answer", "kept answers"))."
        )
        document.paragraph(
            "What they added to numbers stays as sums. Answers that need their rows go without them and say so.",
            .faint
        )
        return document
    }

    package var json: JSONValue { report.json }

    package var csv: CSVTable { CSVTable(ForgettingReport.shape, [report]) }
}
