package import Contract
package import Evaluation

/// What is known of the labels of a task.
package struct LabelStatusResult: Presentable {
    package var report: LabelStatusReport

    package init(report: LabelStatusReport) {
        self.report = report
    }

    package var document: Document {
        var document = Document()
        document.heading(
            "Labels of \(report.task.name), as known at \(WindowText.present(report.asOf))"
                + ReplayText.ending(report.replay)
        )
        document.table(counts)
        if !report.delays.isEmpty {
            document.space()
            document.paragraph("How long a label takes, from the prediction to its observation:")
            document.table(delays)
        }
        document.space()
        let contradictions = ContradictionNote.note(
            report.contradictions,
            of: report.task,
            for: .terminal
        )
        if let contradictions { document.item(contradictions) }
        if let note = ForgottenNote.note(report.forgotten) { document.item(note) }
        for note in notes(for: .terminal) { document.item(note) }
        return document
    }

    private var counts: TextTable {
        var table = TextTable([.left(""), .right(""), .left("", limit: 70)])
        func add(_ name: String, _ value: Int, _ meaning: String, isShown: Bool = true) {
            guard isShown || value > 0 else { return }
            table.add([
                TextTable.Cell(name), TextTable.Cell(NumberText.count(value)),
                TextTable.Cell(meaning, .faint),
            ])
        }
        let horizon = DurationText.text(report.task.horizonSeconds)
        add("predictions", report.predictionIDs, "prediction ids")
        add(
            "labelled",
            report.labelled,
            report.coverage.map { "\(NumberText.percent($0)) coverage" } ?? "no predictions yet"
        )
        add("pending", report.pending, "no label yet, and the horizon of \(horizon) has not passed")
        add("overdue", report.overdue, "no label, and the horizon has passed")
        add("corrected", report.corrected, "labelled more than once", isShown: false)
        add("withdrawn", report.withdrawn, "label taken back", isShown: false)
        add(
            "early",
            report.labelBeforePrediction,
            "label observed before the prediction was made",
            isShown: false
        )
        add("orphans", report.orphans, "labels whose prediction is unknown")
        add("rejected", Int(rejected), "rows of uploads that could not be used")
        return table
    }

    private var rejected: Int64 {
        report.predictionUploads.rejected + report.labelUploads.rejected
    }

    private var delays: TextTable {
        var table = TextTable([
            .left("label", repeated: true), .right("n"), .right("5 %"), .right("half"),
            .right("95 %"), .right("99 %"),
        ])
        for delay in report.delays {
            let quantiles = [delay.p05, delay.p50, delay.p95, delay.p99]
            table.add(
                ([delay.name.text, NumberText.count(delay.n)] + quantiles.map(NumberText.hours))
                    .map { TextTable.Cell($0) }
            )
        }
        return table
    }

    /// How many times the usual delay of one class that of another must be before it is worth a sentence.
    private static let visiblySlower = 1.1

    package func notes(for voice: Voice) -> [String] {
        var notes: [String] = []
        if let rowsFrom = report.rowsFrom, voice == .terminal {
            notes.append(
                "Rows of predictions before \(rowsFrom.iso8601) are no longer kept (the task's retention); "
                    + "only later ones are counted here."
            )
        }
        let classes = report.delays.filter { $0.name != "all" }
        if let fast = classes.min(by: { $0.p50 < $1.p50 }),
            let slow = classes.max(by: { $0.p50 < $1.p50 }),
            slow.p50 > Self.visiblySlower * fast.p50
        {
            notes.append(
                "Label \(slow.name) takes longer than label \(fast.name): in a young window it is "
                    + "missing more often, and the window's numbers lean towards \(fast.name)."
            )
        }
        if let all = report.delays.first, all.p99 > Double(report.task.horizonSeconds) / 3600 {
            notes.append(
                "One label in a hundred or more takes longer than the horizon of "
                    + "\(DurationText.text(report.task.horizonSeconds)); consider a longer one"
                    + (voice == .terminal
                        ? ": gnomon task set \(report.task.name) --horizon …" : ".")
            )
        }
        if report.orphans > 0 {
            let ids = report.orphanIDs.prefix(3).joined(separator: ", ")
            notes.append("Orphans, such as \(ids), join the moment that their prediction comes.")
        }
        if rejected > 0, voice == .terminal {
            notes.append("List the rejects: gnomon labels rejects --task \(report.task.name)")
        }
        return notes
    }

    package var json: JSONValue { report.json }

    package var csv: CSVTable { CSVTable(LabelStatusReport.shape, [report]) }
}
