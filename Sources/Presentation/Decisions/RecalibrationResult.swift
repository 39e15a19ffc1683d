package import Contract
package import Evaluation

/// A map of scores, and what it does to days that it has not seen.
package struct RecalibrationResult: Presentable {
    package var report: RecalibrationReport
    /// Where the map was written to.
    package var file: String?

    package init(
        report: RecalibrationReport,
        file: String? = nil
    ) {
        self.report = report
        self.file = file
    }

    // MARK: - Table

    package var document: Document {
        var document = Document()
        document.heading(
            "\(report.task.name), \(report.model), recalibrated as of "
                + WindowText.present(report.asOf) + ReplayText.ending(report.replay)
        )
        document.paragraph(map)
        document.paragraph("Fitted on \(text(report.fit)).")
        document.space()
        guard let validation = report.validation else {
            document.paragraph("Not validated: \(report.reason ?? "").", .warning)
            return document
        }
        document.paragraph("Validated on \(text(validation.period)).")
        document.table(table(validation))
        document.paragraph(
            "A gain is positive when the recalibrated model is better; 95 % intervals for one look, days as "
                + "blocks.",
            .faint
        )
        if let file { document.paragraph("Written to \(file).", .good) }
        return document
    }

    private var map: String {
        switch report.map {
        case .line(let intercept, let slope):
            "logit r = \(NumberText.number(intercept, decimals: 4)) + "
                + "\(NumberText.number(slope, decimals: 4)) · logit p"
        case .steps(let scores, _):
            "A nondecreasing step function of \(NumberText.count(scores.count)) points, linear between them."
        }
    }

    private func text(_ period: RecalibrationReport.Period) -> String {
        "\(NumberText.count(period.rows)) labelled predictions from \(WindowText.present(period.from)) to "
            + "\(WindowText.present(period.to)), \(NumberText.count(period.positives)) of them positive"
    }

    private func table(_ validation: RecalibrationReport.Validation) -> TextTable {
        var table = TextTable([
            .left("metric", repeated: true), .right("before"), .right("after"),
            .right("gain", limit: 34),
        ])
        for (name, change) in validation.changes {
            let interval =
                change.low.flatMap { low in
                    change.high.map { " (\(NumberText.interval(low, $0, decimals: 4)))" }
                } ?? ""
            table.add([
                TextTable.Cell(MetricNames.title(name)),
                TextTable.Cell(NumberText.number(change.before, decimals: 4)),
                TextTable.Cell(NumberText.number(change.after, decimals: 4)),
                TextTable.Cell(NumberText.signed(change.gain, decimals: 4) + interval),
            ])
        }
        return table
    }

    // MARK: - JSON and CSV

    package var json: JSONValue { report.json }

    package var csv: CSVTable {
        let shape = RecalibrationReport.Change.shape
        var csv = CSVTable(["metric"] + shape.columnNames)
        csv.rows = (report.validation?.changes ?? []).map { name, change in
            [.string(name)] + shape.cells(change)
        }
        return csv
    }
}
