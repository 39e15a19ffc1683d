package import Contract
package import Evaluation

/// Models over windows of time.
package struct ReportResult: Presentable {
    package var report: Report
    /// The metrics of the table; JSON and CSV have all.
    package var metrics: [String]
    package var slice: String?

    package init(report: Report, metrics: [String], slice: String? = nil) {
        self.report = report
        self.metrics = metrics
        self.slice = slice
    }

    private var windowText: WindowText { WindowText(task: report.task) }

    // MARK: - Table

    package var document: Document {
        var document = Document()
        let interval = windowText.name(
            from: report.interval.lowerBound,
            to: report.interval.upperBound,
            .all
        )
        let slice = slice.map { ", \($0)" } ?? ""
        document.heading(
            "\(report.task.name)\(slice): \(interval), as known at "
                + WindowText.present(report.asOf) + ReplayText.ending(report.replay)
        )
        document.space()
        guard report.models.contains(where: { !$0.windows.isEmpty }) else {
            document.paragraph("No predictions in this interval.")
            return document
        }
        if report.period == .all {
            document.table(sideBySide)
        } else {
            for model in report.models {
                document.heading(name(model))
                document.table(overTime(model))
                document.space()
            }
        }
        let notes =
            WindowNotes(
                task: report.task,
                period: report.period,
                windows: report.models.flatMap(\.windows),
                metrics: metrics,
                windowText: windowText
            ).items
            + [
                ContradictionNote.note(report.contradictions, of: report.task, for: .terminal),
                ForgottenNote.note(report.forgotten),
            ].compactMap(\.self)
        if report.period == .all, !notes.isEmpty { document.space() }
        for note in notes { document.item(note) }
        for model in report.models {
            let note = AssumedChampion.note(
                model.model,
                since: model.assumedSince,
                of: report.task,
                for: .terminal
            )
            if let note { document.item(note) }
        }
        return document
    }

    private func name(_ model: ModelReport) -> String {
        let version = model.version.map { $0.isEmpty ? "" : " \($0)" } ?? ""
        let name = "\(model.model)\(version)"
        return name == model.role.rawValue ? name : "\(name) (\(model.role.rawValue))"
    }

    private func state(_ window: WindowReport) -> TextTable.Cell {
        window.isMature ? TextTable.Cell("mature", .good) : TextTable.Cell("young", .warning)
    }

    private func estimate(_ name: String, _ window: WindowReport) -> MetricEstimate {
        window.metrics.first { $0.name == name }?.estimate
            ?? .undefined(n: window.labelled, .notReported)
    }

    /// One window: metrics below each other, models side by side.
    private var sideBySide: TextTable {
        let models = report.models.filter { !$0.windows.isEmpty }
        var table = TextTable(
            [.left("", repeated: true)] + models.map { .right(name($0), limit: 34) }
        )
        func row(_ title: String, _ cell: (WindowReport) -> TextTable.Cell) {
            table.add([TextTable.Cell(title, .faint)] + models.map { cell($0.windows[0]) })
        }
        row("predictions") { TextTable.Cell(NumberText.count($0.predictions)) }
        row("labelled") { TextTable.Cell(NumberText.count($0.labelled)) }
        row("coverage") { TextTable.Cell(NumberText.percent($0.coverage)) }
        row("state", state)
        for metric in metrics {
            let side = MetricNames.side(metric).map { " (\($0))" } ?? ""
            row(MetricNames.title(metric) + side) {
                TextTable.Cell(EstimateText.full(estimate(metric, $0)))
            }
        }
        return table
    }

    /// One model: a row for each window, with intervals beside the numbers where there is room.
    private func overTime(_ model: ModelReport) -> TextTable {
        let wide = overTime(model, intervalsBelow: false)
        return wide.width <= Document.width ? wide : overTime(model, intervalsBelow: true)
    }

    private func overTime(_ model: ModelReport, intervalsBelow: Bool) -> TextTable {
        var table = TextTable(
            [
                .left(report.period == .week ? "week of" : report.period.rawValue, repeated: true),
                .right("n", repeated: true), .right("coverage", repeated: true),
                .left("state", repeated: true),
            ] + metrics.map { .right(MetricNames.title($0)) }
        )
        for window in model.windows {
            let estimates = metrics.map { estimate($0, window) }
            table.add(
                [
                    TextTable.Cell(windowText.name(window.window, report.period)),
                    TextTable.Cell(NumberText.count(window.predictions)),
                    TextTable.Cell(NumberText.percent(window.coverage)), state(window),
                ]
                    + estimates.map {
                        TextTable.Cell(
                            intervalsBelow ? EstimateText.value($0) : EstimateText.full($0)
                        )
                    }
            )
            let intervals = estimates.map(EstimateText.interval)
            guard intervalsBelow, intervals.contains(where: { !$0.isEmpty }) else { continue }
            table.add(["", "", "", ""] + intervals.map { TextTable.Cell($0, .faint) })
        }
        return table
    }

    // MARK: - JSON and CSV

    package var json: JSONValue { report.json(slice: slice) }

    /// A line for each metric of each window.
    package var csv: CSVTable {
        var csv = CSVTable(
            ModelReport.shape.columnNames + WindowReport.shape.columnNames + ["metric"]
                + MetricEstimate.shape.columnNames
        )
        for model in report.models {
            let place = ModelReport.shape.cells(model)
            for window in model.windows {
                let start = place + WindowReport.shape.cells(window)
                for metric in window.metrics {
                    csv.rows.append(
                        start + [.string(metric.name)] + MetricEstimate.shape.cells(metric.estimate)
                    )
                }
            }
        }
        return csv
    }
}
