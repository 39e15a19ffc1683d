package import Contract
package import Evaluation

/// Which rows a task has let go of.
package struct PruneResult: Presentable {
    package var report: ReleaseReport
    package var asOf: Instant
    package var isDryRun: Bool
    /// Rows of predictions that were removed from the disk, released earlier by any task.
    package var removed: Int64

    package init(
        report: ReleaseReport,
        asOf: Instant,
        isDryRun: Bool,
        removed: Int64
    ) {
        self.report = report
        self.asOf = asOf
        self.isDryRun = isDryRun
        self.removed = removed
    }

    package var document: Document {
        var document = Document()
        document.paragraph(finding)
        if let rowsFrom = report.rowsFrom, report.partitions == 0 {
            document.paragraph("Rows are kept from \(rowsFrom.iso8601) on.", .faint)
        }
        if removed > 0 {
            document.paragraph(
                "\(NumberText.count(removed)) rows that had been released earlier were removed from the disk.",
                .faint
            )
        }
        return document
    }

    private var finding: String {
        let task = report.task
        guard let retention = report.retentionSeconds else {
            return
                "\(task) keeps its rows for ever. Set a retention: gnomon task set \(task) --retention 400d"
        }
        guard report.partitions > 0, let rowsFrom = report.rowsFrom else {
            return
                "Nothing to let go of: no whole partition of \(task) is older than \(DurationText.text(retention))."
        }
        let rows = "\(NumberText.count(report.rows)) rows of predictions before \(rowsFrom.iso8601)"
        return isDryRun
            ? "Dry run: \(task) would let go of \(rows), with their labels. Its cells and cohorts would stay."
            : "\(task) has let go of \(rows), with their labels. Its cells and cohorts stay."
    }

    package var json: JSONValue { AnswerShapes.pruning.json(content) }

    package var csv: CSVTable { CSVTable(AnswerShapes.pruning, [content]) }

    private var content: (ReleaseReport, Instant, Bool, Int64) { (report, asOf, isDryRun, removed) }
}
