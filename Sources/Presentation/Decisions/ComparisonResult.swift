package import Contract
package import Evaluation
import Foundation

/// The champion beside its shadows.
package struct ComparisonResult: Presentable {
    package var report: ComparisonReport
    package var givesVerdictAsStatus: Bool

    package init(report: ComparisonReport, givesVerdictAsStatus: Bool = false) {
        self.report = report
        self.givesVerdictAsStatus = givesVerdictAsStatus
    }

    package static let statusKeepChampion = ExitStatus(code: 10)
    package static let statusUndecided = ExitStatus(code: 20)

    package var status: ExitStatus {
        guard givesVerdictAsStatus else { return .done }
        switch report.comparisons.first?.verdict {
        case .promote, .nonInferior: return .done
        case .keepChampion: return Self.statusKeepChampion
        case .undecided, nil: return Self.statusUndecided
        }
    }

    // MARK: - Table

    package var document: Document {
        var document = Document()
        let contradictions = ContradictionNote.note(
            report.contradictions,
            of: report.task,
            for: .terminal
        )
        if let contradictions { document.paragraph(contradictions, .warning) }
        if let note = ForgottenNote.note(report.forgotten) { document.paragraph(note, .warning) }
        let late = LateRowsNote.note(report.ledger.lateRows, of: report.task.name)
        if let late { document.paragraph(late, .warning) }
        guard !report.comparisons.isEmpty else {
            document.paragraph(
                "\(report.champion) has no shadow to compare with. Upload a shadow's predictions "
                    + "for the same prediction ids, or name one with --shadow."
            )
            return document
        }
        let note = AssumedChampion.note(
            report.champion,
            since: report.championAssumedSince,
            of: report.task,
            for: .terminal
        )
        if let note { document.paragraph(note, .faint) }
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
                + ReplayText.ending(report.replay)
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
        document.terms(evidence(comparison, for: .terminal))
        guard !comparison.slices.isEmpty else { return }
        document.space()
        document.table(sliceTable(comparison))
        document.paragraph(sliceLegend, .faint)
    }

    package func verdict(_ comparison: Comparison) -> String {
        switch comparison.verdict {
        case .promote: promotion(comparison)
        case .keepChampion: "Keep \(report.champion) rather than \(comparison.shadow)."
        case .undecided where !comparison.standing.vetoes.isEmpty:
            "Not decided: what earlier days showed does not speak of the days now."
        case .undecided where comparison.standing.isCopy:
            "Nothing to decide: \(comparison.shadow) does as \(report.champion) does."
        case .undecided: "Not decided: keep collecting."
        case .nonInferior:
            "\(comparison.shadow) is as good as \(report.champion), within the margin."
        }
    }

    /// A gain that is sure is no reason to act while it is small, or a harm beside it.
    private func promotion(_ comparison: Comparison) -> String {
        if comparison.slices.contains(where: { $0.finding == .worse }) {
            return "\(comparison.shadow) is surely better over all, and surely worse in a slice."
        }
        switch comparison.standing.size {
        case .small: return "\(comparison.shadow) is surely better, by less than matters."
        case .open:
            return "\(comparison.shadow) is surely better; whether by enough to matter is open."
        case .large, nil: return "Promote \(comparison.shadow)."
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
            .left("metric", repeated: true), .right(report.champion.text, limit: 16),
            .right(comparison.shadow.text, limit: 16), .right("gain", limit: 34),
            .left("", limit: 32),
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

    package func number(_ value: Double, _ metric: ComparedMetric) -> String {
        NumberText.number(value, decimals: decimals(metric))
    }

    package func gain(_ metric: ComparedMetric) -> String {
        guard let gain = metric.gain else { return NumberText.none }
        let text = NumberText.signed(gain, decimals: decimals(metric))
        guard let low = metric.low, let high = metric.high else { return text }
        return "\(text) (\(NumberText.interval(low, high, decimals: decimals(metric))))"
    }

    package func inWords(_ metric: ComparedMetric) -> String {
        guard let gain = metric.gain else { return metric.reason?.rawValue ?? "" }
        if gain == 0 { return "both are the same" }
        let size = NumberText.number(abs(gain), decimals: decimals(metric))
        return gain > 0 ? "the shadow is better by \(size)" : "the shadow is worse by \(size)"
    }

    package func evidence(_ comparison: Comparison, for voice: Voice) -> [Document.Term] {
        decisive(comparison) + onlyShown(comparison, voice)
            + [
                Document.Term(name: "pairs", text: pairs(comparison)),
                Document.Term(name: "apart", text: apart(comparison, voice)),
                Document.Term(name: "health", text: health(comparison.health)),
            ] + more(comparison)
    }

    /// What the verdict rests on, and its second opinion.
    private func decisive(_ comparison: Comparison) -> [Document.Term] {
        let sequence = comparison.sequence
        var terms: [Document.Term] = []
        if let mean = sequence.mean, let low = sequence.low, let high = sequence.high {
            let level =
                sequence.family > 1
                ? "; \(sequence.family) shadows share 5 % by Holm's steps, this one has "
                    + "\(NumberText.number(100 * sequence.alpha)) %" : ""
            terms.append(
                Document.Term(
                    name: "sequence",
                    text: "gain \(interval(mean, low, high)), valid at every look\(level)"
                )
            )
        }
        let decided =
            sequence.decidedAt.map { "; first decided \(WindowText.present($0))" } ?? ""
        terms.append(
            Document.Term(
                name: "days",
                text:
                    "\(NumberText.count(sequence.cohorts)) matured with labelled pairs; a verdict takes "
                    + "\(sequence.burnIn)\(decided)"
            )
        )
        if let logE = sequence.logEValue {
            terms.append(
                Document.Term(
                    name: "e-value",
                    text: "log e-value \(NumberText.told(logE)); "
                        + "\(NumberText.told(-log(sequence.alpha))) is enough"
                )
            )
        }
        if let check = comparison.check, let mean = check.mean {
            let range =
                check.low.flatMap { low in check.high.map { interval(mean, low, $0) } }
                ?? Text.signed(mean)
            terms.append(
                Document.Term(
                    name: "check",
                    text:
                        "gain of days \(range), log e-value \(NumberText.told(check.logEValue)), "
                        + "\(NumberText.told(check.logThreshold)) is enough; without asymptotics (RA-EB)"
                )
            )
        }
        if let recent = comparison.recent, let low = recent.low, let high = recent.high {
            terms.append(
                Document.Term(
                    name: "lately",
                    text: "gain \(interval(recent.gain, low, high)) since "
                        + "\(WindowText.present(recent.from)), one look"
                )
            )
        }
        return terms
    }

    private func interval(_ mean: Double, _ low: Double, _ high: Double) -> String {
        "\(Text.signed(mean)) (\(NumberText.interval(low, high)))"
    }

    /// Tests that hold for one look, or count rows as units.
    private func onlyShown(_ comparison: Comparison, _ voice: Voice) -> [Document.Term] {
        let tests = comparison.tests
        var terms: [Document.Term] = []
        if let rowT = tests.rowT {
            let dayT = tests.dayT.map {
                "; with days as units \(NumberText.number($0, decimals: 1))"
            }
            terms.append(
                Document.Term(
                    name: "t",
                    text:
                        "\(NumberText.number(rowT, decimals: 1)) if rows were independent and this the "
                        + "only look\(dayT ?? "")"
                )
            )
        }
        if let p = tests.mcNemarMidP {
            terms.append(
                Document.Term(
                    name: "McNemar",
                    text: "mid-p \(NumberText.probability(p)) if so: only the champion right "
                        + "\(NumberText.count(tests.championRightOnly)), only the shadow "
                        + NumberText.count(tests.shadowRightOnly)
                )
            )
        }
        if let z = tests.deLongZ, let p = tests.deLongP {
            terms.append(
                Document.Term(
                    name: "DeLong",
                    text:
                        "z \(NumberText.number(z)), p \(NumberText.probability(p)) for the areas, if so"
                )
            )
        } else if report.task.kind.has(.areas), voice == .terminal {
            terms.append(Document.Term(name: "DeLong", text: "with --exact"))
        }
        return terms
    }

    private func health(_ health: ShadowHealth) -> String {
        var parts: [String] = []
        if let rate = health.pairRate {
            parts.append(
                "\(NumberText.percent(rate)) of the champion's requests of the last \(RecentDays.count) days"
            )
        }
        if let rate = health.disagreementRate {
            parts.append("decides otherwise in \(NumberText.percent(rate))")
        }
        if let distance = health.scoreDistance {
            parts.append("scores \(NumberText.number(distance, decimals: 2)) apart (KS)")
        }
        if let seen = health.lastSeen {
            parts.append("last seen before \(WindowText.present(seen))")
        }
        return parts.isEmpty ? "no traffic" : parts.joined(separator: ", ")
    }

    private func more(_ comparison: Comparison) -> [Document.Term] {
        guard let more = comparison.morePairsNeeded else { return [] }
        let gain = "a gain of \(NumberText.told(more.gain))"
        func pairs(_ count: Int, _ days: Int, _ at: Instant?) -> String {
            "\(NumberText.count(count)) (\(NumberText.count(days)) days"
                + "\(at.map { ", by \(WindowText.present($0))" } ?? ""))"
        }
        let text =
            more.p80 == 0
            ? "none: enough to see \(gain)"
            : "about \(pairs(more.median, more.medianDays, more.medianAt)) for even odds to see \(gain), "
                + "\(pairs(more.p80, more.p80Days, more.p80At)) for 4 in 5"
        return [Document.Term(name: "more pairs", text: text)]
    }

    /// How far apart both are, and how to see on which requests.
    private func apart(_ comparison: Comparison, _ voice: Voice) -> String {
        let summary = ApartText.summary(comparison.apart, report.task.kind)
        guard voice == .terminal, comparison.apart.requests > 0 else { return summary }
        return
            "\(summary). On which: gnomon pairs --task \(report.task.name) --shadow \(comparison.shadow)"
    }

    private func pairs(_ comparison: Comparison) -> String {
        "\(NumberText.count(comparison.pairs)) labelled; left out: "
            + "\(NumberText.count(comparison.unlabelledPairs)) unlabelled, "
            + "\(NumberText.count(comparison.championOnly)) champion only, "
            + "\(NumberText.count(comparison.shadowOnly)) shadow only"
    }

    // MARK: - JSON and CSV

    package var json: JSONValue { report.json }

    package var csv: CSVTable {
        var csv = CSVTable(
            [
                "champion", "shadow", "slice", "metric", "pairs", "champion_value", "shadow_value",
                "gain", "low", "high", "verdict", "finding", "reason",
            ] + PairsApart.shape.columnNames.map { "apart_\($0)" }
        )
        for comparison in report.comparisons {
            func add(
                _ metric: ComparedMetric,
                slice: String?,
                pairs: Int,
                apart: PairsApart,
                finding: String? = nil
            ) {
                csv.rows.append(
                    [
                        .name(report.champion), .name(comparison.shadow), JSONValue(slice),
                        .string(metric.name), JSONValue(pairs), JSONValue(metric.champion),
                        JSONValue(metric.shadow), JSONValue(metric.gain), JSONValue(metric.low),
                        JSONValue(metric.high), .string(comparison.verdict.rawValue),
                        JSONValue(finding), JSONValue(metric.reason?.rawValue),
                    ] + PairsApart.shape.cells(apart)
                )
            }
            for metric in comparison.metrics {
                add(metric, slice: nil, pairs: comparison.pairs, apart: comparison.apart)
            }
            for slice in comparison.slices {
                add(
                    slice.metric,
                    slice: slice.slice.text,
                    pairs: slice.pairs,
                    apart: slice.apart,
                    finding: slice.finding.rawValue
                )
            }
        }
        return csv
    }
}
