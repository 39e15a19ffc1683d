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

    // MARK: - JSON and CSV

    var json: JSONValue {
        [
            "task": .string(report.task.name),
            "champion": .string(report.champion),
            "as_of": .string(report.asOf.iso8601),
            "metric": .string(report.metric),
            "margin": JSONValue(report.margin),
            "comparisons": .array(report.comparisons.map(json)),
        ]
    }

    private func json(_ comparison: Comparison) -> JSONValue {
        let sequence = comparison.sequence
        let tests = comparison.tests
        return [
            "shadow": .string(comparison.shadow),
            "pairs": JSONValue(comparison.pairs),
            "unpaired": [
                "champion_only": JSONValue(comparison.championOnly),
                "shadow_only": JSONValue(comparison.shadowOnly),
                "unlabelled": JSONValue(comparison.unlabelledPairs),
            ],
            "metrics": .object(
                comparison.metrics.map { JSONValue.Member(name: $0.name, value: json($0)) }
            ),
            "sequence": self.json(sequence),
            "tests": [
                "mcnemar": [
                    "mid_p": JSONValue(tests.mcNemarMidP),
                    "champion_right_only": JSONValue(tests.championRightOnly),
                    "shadow_right_only": JSONValue(tests.shadowRightOnly),
                ],
                "delong": JSONValue.object([
                    JSONValue.Member(name: "z", value: JSONValue(tests.deLongZ)),
                    JSONValue.Member(name: "p", value: JSONValue(tests.deLongP)),
                ]).adding(reason: deLongReason(comparison)),
            ],
            "slices": .array(
                comparison.slices.map { slice in
                    JSONValue.object([
                        JSONValue.Member(name: "key", value: .string(slice.key)),
                        JSONValue.Member(name: "value", value: .string(slice.value)),
                        JSONValue.Member(name: "pairs", value: JSONValue(slice.pairs)),
                        JSONValue.Member(
                            name: "metrics",
                            value: .object([
                                JSONValue.Member(name: slice.metric.name, value: json(slice.metric))
                            ])
                        ),
                    ])
                }
            ),
            "verdict": .string(comparison.verdict.rawValue),
            "reasons": .strings(comparison.reasons),
            "more_pairs_needed": comparison.morePairsNeeded.map {
                ["median": JSONValue($0.median), "p80": JSONValue($0.p80)]
            } ?? [
                "median": .null, "p80": .null,
                "reason": .string("needs matured cohorts with labelled pairs"),
            ],
        ]
    }

    private func deLongReason(_ comparison: Comparison) -> String? {
        guard comparison.tests.deLongP == nil else { return nil }
        return report.task.kind == .binary
            ? "taken from rows, with --exact, and only where both classes occur"
            : "for binary tasks"
    }

    private func json(_ metric: ComparedMetric) -> JSONValue {
        let json: JSONValue = [
            "champion": JSONValue(metric.champion), "shadow": JSONValue(metric.shadow),
            "gain": JSONValue(metric.gain), "low": JSONValue(metric.low),
            "high": JSONValue(metric.high),
        ]
        return json.adding(reason: metric.reason)
    }

    private func json(_ sequence: ComparisonSequence) -> JSONValue {
        let json: JSONValue = [
            "mean": JSONValue(sequence.mean), "low": JSONValue(sequence.low),
            "high": JSONValue(sequence.high),
            "e_value": JSONValue(sequence.logEValue.map { exp($0) }),
            "log_e_value": JSONValue(sequence.logEValue),
            "cohorts": JSONValue(sequence.cohorts),
            "cohorts_without_labels": JSONValue(sequence.cohortsWithoutLabels),
            "burn_in": JSONValue(sequence.burnIn), "alpha": JSONValue(sequence.alpha),
        ]
        return json.adding(
            reason: sequence.low == nil
                ? "\(sequence.cohorts) of \(sequence.burnIn) matured cohorts" : nil
        )
    }

    var csv: CSVTable {
        var csv = CSVTable([
            "champion", "shadow", "slice", "metric", "pairs", "champion_value", "shadow_value",
            "gain", "low", "high", "verdict", "reason",
        ])
        for comparison in report.comparisons {
            func add(_ metric: ComparedMetric, slice: String?, pairs: Int) {
                csv.rows.append([
                    .string(report.champion), .string(comparison.shadow), JSONValue(slice),
                    .string(metric.name), JSONValue(pairs), JSONValue(metric.champion),
                    JSONValue(metric.shadow), JSONValue(metric.gain), JSONValue(metric.low),
                    JSONValue(metric.high), .string(comparison.verdict.rawValue),
                    JSONValue(metric.reason),
                ])
            }
            for metric in comparison.metrics { add(metric, slice: nil, pairs: comparison.pairs) }
            for slice in comparison.slices {
                add(slice.metric, slice: "\(slice.key)=\(slice.value)", pairs: slice.pairs)
            }
        }
        return csv
    }
}
