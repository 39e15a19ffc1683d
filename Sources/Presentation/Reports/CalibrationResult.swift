package import Contract
package import Evaluation

/// A reliability diagram as text and numbers.
package struct CalibrationResult: Presentable {
    package var report: CalibrationReport
    /// The slice that it is about, as `key=value`; `nil` for all traffic.
    package var slice: String?

    package init(report: CalibrationReport, slice: String? = nil) {
        self.report = report
        self.slice = slice
    }

    package var document: Document {
        var document = Document()
        let windowText = WindowText(task: report.task)
        document.heading(
            "\(report.task.name), \(report.model): \(windowText.name(report.window.window, .all)), "
                + "as known at \(WindowText.present(report.asOf))"
                + ReplayText.ending(report.replay)
        )
        document.paragraph(
            "\(NumberText.count(report.window.labelled)) of "
                + "\(NumberText.count(report.window.predictions)) predictions labelled "
                + "(\(NumberText.percent(report.window.coverage)) coverage), "
                + (report.window.isMature ? "mature." : "young: labels are still out.")
        )
        document.space()
        guard !report.bins.isEmpty else {
            document.paragraph("No labels in this interval.")
            return document
        }
        document.table(table)
        document.paragraph(
            "○ what the scores said, ● what happened, ─ its 95 % interval. ● right of ○: more "
                + "happened than was predicted.",
            .faint
        )
        document.space()
        document.table(summary)
        document.space()
        for note in notes(for: .terminal) { document.item(note) }
        if let note = ForgottenNote.note(report.forgotten) { document.item(note) }
        return document
    }

    // MARK: - Diagram

    private static let plotWidth = 41

    /// The right end of the axis: as low as the points allow.
    private var axisEnd: Double {
        let largest = report.bins.map { max($0.observedHigh, $0.meanScore) }.max() ?? 1
        return [0.01, 0.02, 0.05, 0.1, 0.2, 0.5].first { largest <= $0 } ?? 1
    }

    private var table: TextTable {
        var table = TextTable([
            .left("scores"), .right("n"), .right("said"), .right("happened", limit: 24),
            .left(axis, limit: Self.plotWidth),
        ])
        for bin in report.bins {
            let observed = MetricEstimate(
                bin.observed,
                .between(low: bin.observedLow, high: bin.observedHigh),
                n: bin.n
            )
            table.add([
                TextTable.Cell("[\(edge(bin.low)), \(edge(bin.high))\(bin.high == 1 ? "]" : ")")"),
                TextTable.Cell(NumberText.count(bin.n)),
                TextTable.Cell(NumberText.number(bin.meanScore)),
                TextTable.Cell(EstimateText.full(observed)), TextTable.Cell(plot(bin)),
            ])
        }
        return table
    }

    private func edge(_ value: Double) -> String {
        let scaled = (value * 1000).rounded() / 1000
        return "\(scaled)"
    }

    private func column(_ value: Double) -> Int {
        let position = (value / axisEnd * Double(Self.plotWidth - 1)).rounded()
        return min(Self.plotWidth - 1, max(0, Int(position)))
    }

    private var axis: String {
        let middle = "\(axisEnd / 2)"
        let end = axisEnd == 1 ? "1" : "\(axisEnd)"
        let half = Self.plotWidth / 2
        let left = "0" + String(repeating: " ", count: half - 1 - middle.count / 2) + middle
        return left + String(repeating: " ", count: Self.plotWidth - left.count - end.count) + end
    }

    private func plot(_ bin: ReliabilityBin) -> String {
        var cells = [Character](repeating: " ", count: Self.plotWidth)
        for index in column(bin.observedLow)...column(bin.observedHigh) { cells[index] = "─" }
        cells[column(bin.meanScore)] = "○"
        let observed = column(bin.observed)
        cells[observed] = observed == column(bin.meanScore) ? "◉" : "●"
        return String(cells)
    }

    // MARK: - Summary

    package static let summaryMetrics = [
        "ece_10", "ece_15", "mce_10", "calibration_slope", "calibration_intercept", "mcb", "dsc",
        "unc", "brier_score",
    ]

    package func estimate(_ name: String) -> MetricEstimate? {
        report.window.metrics.first { $0.name == name }?.estimate
    }

    private var summary: TextTable {
        var table = TextTable([.left(""), .right("", limit: 30), .left("", limit: 60)])
        for name in Self.summaryMetrics {
            guard let estimate = estimate(name) else { continue }
            table.add([
                TextTable.Cell(MetricNames.title(name), .faint),
                TextTable.Cell(EstimateText.full(estimate)),
                TextTable.Cell(MetricNames.meaning(name), .faint),
            ])
        }
        return table
    }

    package func notes(for voice: Voice) -> [String] {
        var notes: [String] = []
        if let said = estimate("mean_score")?.value, let happened = estimate("base_rate"),
            let rate = happened.value, let low = happened.low, let high = happened.high
        {
            let numbers =
                "said \(NumberText.number(said)) on average, \(EstimateText.full(happened)) happened"
            if said < low {
                notes.append("The scores are too low overall: \(numbers).")
            } else if said > high {
                notes.append("The scores are too high overall: \(numbers).")
            } else {
                notes.append("The level is right: \(numbers), rate \(NumberText.number(rate)).")
            }
        }
        return notes
            + WindowNotes(
                task: report.task,
                period: .all,
                windows: [report.window],
                metrics: Self.summaryMetrics,
                windowText: WindowText(task: report.task),
                voice: voice
            ).items
    }

    // MARK: - JSON and CSV

    package var json: JSONValue { report.json }

    package var csv: CSVTable {
        var csv = CSVTable(["model"] + ReliabilityBin.shape.columnNames)
        csv.rows = report.bins.map { [.name(report.model)] + ReliabilityBin.shape.cells($0) }
        return csv
    }
}
