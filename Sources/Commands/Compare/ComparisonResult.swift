import Evaluation
import Foundation

/// The champion beside its shadows.
struct ComparisonResult: CommandResult {
    var report: ComparisonReport
    var givesVerdictAsStatus: Bool

    init(report: ComparisonReport, givesVerdictAsStatus: Bool = false) {
        self.report = report
        self.givesVerdictAsStatus = givesVerdictAsStatus
    }

    static let statusKeepChampion = ExitStatus(code: 10)
    static let statusUndecided = ExitStatus(code: 20)

    var status: ExitStatus {
        guard givesVerdictAsStatus else { return .done }
        switch report.comparisons.first?.verdict {
        case .promote, .nonInferior: return .done
        case .keepChampion: return Self.statusKeepChampion
        case .undecided, nil: return Self.statusUndecided
        }
    }

    // MARK: - Table

    var document: Document {
        var document = Document()
        guard !report.comparisons.isEmpty else {
            document.paragraph(
                "\(report.champion) has no shadow to compare with. Upload a shadow's predictions "
                    + "for the same prediction ids, or name one with --shadow."
            )
            return document
        }
        for (index, comparison) in report.comparisons.enumerated() {
            if index > 0 { document.space() }
            describe(comparison, in: &document)
        }
        return document
    }

    private func describe(_ comparison: Comparison, in document: inout Document) {
        document.heading(
            "\(report.task.name): \(report.champion) (champion) against \(comparison.shadow) "
                + "(shadow), as known at \(WindowText.present(report.asOf))"
        )
        document.paragraph(verdict(comparison), emphasis(comparison.verdict))
        for reason in comparison.reasons { document.item(reason) }
        document.space()
        document.table(metrics(comparison))
        document.paragraph(
            "95 % intervals for one look at these pairs, days as blocks; the verdict rests on the "
                + "sequence below.",
            .faint
        )
        document.space()
        document.terms(evidence(comparison))
        guard !comparison.slices.isEmpty else { return }
        document.space()
        document.table(slices(comparison))
    }

    private func verdict(_ comparison: Comparison) -> String {
        switch comparison.verdict {
        case .promote: "Promote \(comparison.shadow)."
        case .keepChampion: "Keep \(report.champion)."
        case .undecided: "Not decided: keep collecting."
        case .nonInferior:
            "\(comparison.shadow) is as good as \(report.champion), within the margin."
        }
    }

    private func emphasis(_ verdict: ComparisonVerdict) -> TextStyle.Emphasis {
        switch verdict {
        case .promote, .nonInferior: .good
        case .keepChampion: .bad
        case .undecided: .warning
        }
    }

    private func metrics(_ comparison: Comparison) -> TextTable {
        var table = TextTable([
            .left("metric", repeated: true), .right(report.champion, limit: 16),
            .right(comparison.shadow, limit: 16), .right("gain", limit: 34), .left("", limit: 32),
        ])
        for metric in comparison.metrics {
            table.add([
                TextTable.Cell(MetricNames.title(metric.name)),
                TextTable.Cell(metric.champion.map { number($0, metric) } ?? NumberText.none),
                TextTable.Cell(metric.shadow.map { number($0, metric) } ?? NumberText.none),
                TextTable.Cell(gain(metric)), TextTable.Cell(inWords(metric), .faint),
            ])
        }
        return table
    }

    /// Both models with the same decimals, of which the gain has one that tells.
    private func decimals(_ metric: ComparedMetric) -> Int {
        max(
            NumberText.decimals(metric.champion ?? 0),
            min(4, NumberText.decimals(metric.gain ?? 0))
        )
    }

    private func number(_ value: Double, _ metric: ComparedMetric) -> String {
        NumberText.number(value, decimals: decimals(metric))
    }

    private func gain(_ metric: ComparedMetric) -> String {
        guard let gain = metric.gain else { return NumberText.none }
        let text = NumberText.signed(gain, decimals: decimals(metric))
        guard let low = metric.low, let high = metric.high else { return text }
        return "\(text) (\(NumberText.interval(low, high, decimals: decimals(metric))))"
    }

    private func inWords(_ metric: ComparedMetric) -> String {
        guard let gain = metric.gain else { return metric.reason ?? "" }
        if gain == 0 { return "both are the same" }
        let size = NumberText.number(abs(gain), decimals: decimals(metric))
        return gain > 0 ? "the shadow is better by \(size)" : "the shadow is worse by \(size)"
    }

    private func evidence(_ comparison: Comparison) -> [Document.Term] {
        let sequence = comparison.sequence
        let tests = comparison.tests
        var lines: [(String, String)] = []
        let digits = 4
        if let mean = sequence.mean, let low = sequence.low, let high = sequence.high {
            lines.append(
                (
                    "sequence",
                    "gain \(NumberText.signed(mean, decimals: digits)) "
                        + "(\(NumberText.interval(low, high, decimals: digits))), valid at every look"
                )
            )
        }
        lines.append(
            (
                "cohorts",
                "\(NumberText.count(sequence.cohorts)) matured with labelled pairs; a verdict takes "
                    + "\(sequence.burnIn)"
            )
        )
        if let logE = sequence.logEValue {
            lines.append(
                (
                    "e-value",
                    "log e-value \(NumberText.number(logE)); "
                        + "\(NumberText.number(-log(sequence.alpha))) is enough"
                )
            )
        }
        if let p = tests.mcNemarMidP {
            lines.append(
                (
                    "McNemar",
                    "mid-p \(NumberText.probability(p)): only the champion right "
                        + "\(NumberText.count(tests.championRightOnly)), only the shadow "
                        + NumberText.count(tests.shadowRightOnly)
                )
            )
        }
        if let z = tests.deLongZ, let p = tests.deLongP {
            lines.append(
                (
                    "DeLong",
                    "z \(NumberText.number(z)), p \(NumberText.probability(p)) for the areas"
                )
            )
        } else if report.task.kind == .binary {
            lines.append(("DeLong", "with --exact"))
        }
        lines.append(("pairs", pairs(comparison)))
        if let more = comparison.morePairsNeeded {
            lines.append(
                (
                    "more pairs",
                    more.p80 == 0
                        ? "none: enough to see the smallest gain of interest"
                        : "about \(NumberText.count(more.median)) for even odds to see the smallest "
                            + "gain of interest, \(NumberText.count(more.p80)) for 4 in 5"
                )
            )
        }
        return lines.map { Document.Term(name: $0.0, text: $0.1) }
    }

    private func pairs(_ comparison: Comparison) -> String {
        "\(NumberText.count(comparison.pairs)) labelled; left out: "
            + "\(NumberText.count(comparison.unlabelledPairs)) unlabelled, "
            + "\(NumberText.count(comparison.championOnly)) champion only, "
            + "\(NumberText.count(comparison.shadowOnly)) shadow only"
    }

    private func slices(_ comparison: Comparison) -> TextTable {
        var table = TextTable([
            .left("slice", repeated: true, limit: 30), .right("pairs"),
            .right("champion"), .right("shadow"), .right("gain", limit: 32),
        ])
        for slice in comparison.slices {
            let metric = slice.metric
            table.add([
                TextTable.Cell("\(slice.key)=\(slice.value)"),
                TextTable.Cell(NumberText.count(slice.pairs)),
                TextTable.Cell(metric.champion.map { number($0, metric) } ?? NumberText.none),
                TextTable.Cell(metric.shadow.map { number($0, metric) } ?? NumberText.none),
                TextTable.Cell(gain(metric)),
            ])
        }
        return table
    }
}
