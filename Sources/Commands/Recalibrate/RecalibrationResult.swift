import Contract
import Evaluation

/// A map of scores, and what it does to days that it has not seen.
struct RecalibrationResult: CommandResult {
    var report: RecalibrationReport
    /// Where the map was written to.
    var file: String?

    // MARK: - Table

    var document: Document {
        var document = Document()
        document.heading(
            "\(report.task.name), \(report.model), recalibrated as of "
                + WindowText.present(report.asOf)
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
        for (name, change) in Self.changes(validation) {
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

    private static func changes(
        _ validation: RecalibrationReport.Validation
    ) -> [(name: String, change: RecalibrationReport.Change)] {
        [
            ("brier_score", validation.brier), ("log_loss", validation.logLoss),
            ("mcb", validation.miscalibration), ("dsc", validation.discrimination),
        ]
    }

    // MARK: - JSON

    var json: JSONValue {
        let json: JSONValue = [
            "task": .string(report.task.name), "model": .string(report.model),
            "as_of": .string(report.asOf.iso8601), "method": .string(report.method.rawValue),
            "map": mapJSON, "fit": json(report.fit),
            "validation": report.validation.map(json) ?? .null,
        ]
        return json.adding(reason: report.reason)
    }

    private var mapJSON: JSONValue {
        switch report.map {
        case .line(let intercept, let slope):
            [
                "kind": .string("platt"),
                "formula": .string(
                    "logit r = intercept + slope * logit p, p clipped to [1e-6, 1 - 1e-6]"
                ),
                "intercept": JSONValue(intercept), "slope": JSONValue(slope),
            ]
        case .steps(let scores, let values):
            [
                "kind": .string("isotonic"),
                "formula": .string(
                    "linear between the points, constant beyond the first and the last"
                ),
                "scores": .array(scores.map { JSONValue($0) }),
                "values": .array(values.map { JSONValue($0) }),
            ]
        }
    }

    private func json(_ period: RecalibrationReport.Period) -> JSONValue {
        [
            "from": .string(period.from.iso8601), "to": .string(period.to.iso8601),
            "rows": JSONValue(period.rows), "positives": JSONValue(period.positives),
        ]
    }

    private func json(_ validation: RecalibrationReport.Validation) -> JSONValue {
        [
            "period": json(validation.period),
            "metrics": .object(
                Self.changes(validation).map { name, change in
                    JSONValue.Member(
                        name: name,
                        value: [
                            "before": JSONValue(change.before), "after": JSONValue(change.after),
                            "gain": JSONValue(change.gain), "low": JSONValue(change.low),
                            "high": JSONValue(change.high),
                        ]
                    )
                }
            ),
        ]
    }

    var csv: CSVTable {
        var csv = CSVTable(["metric", "before", "after", "gain", "low", "high"])
        csv.rows = (report.validation.map(Self.changes) ?? []).map { name, change in
            [
                .string(name), JSONValue(change.before), JSONValue(change.after),
                JSONValue(change.gain), JSONValue(change.low), JSONValue(change.high),
            ]
        }
        return csv
    }
}
