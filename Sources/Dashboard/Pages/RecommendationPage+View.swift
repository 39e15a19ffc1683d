import Contract
import Evaluation
import Presentation

extension RecommendationPage {
    package var page: Page {
        let present = answer?.recommendation.asOf ?? outline.present
        return place.page(
            .recommendation,
            title: "Recommendation for \(place.task.name)",
            now: address,
            content: """
                <h1>Recommendation</h1>
                \(AsOf.line(present, isPinned: place.asOf != nil, here: address))
                \(body)
                """
        )
    }

    private var body: HTML {
        guard outline.extent != nil else { return Missing.predictions(place.task) }
        guard let answer else {
            return Missing.champion(place.task, models: outline.models.map(\.name))
        }
        return """
            \(AskedNote.html(asked, usual: place.address(.recommendation)))
            \(verdict(answer.recommendation))
            \(ChampionNote.html(outline, of: place.task))
            \(ContradictionLine.html(answer.recommendation.contradictions, of: place.task))
            \(ForgottenLine.html(answer.recommendation.forgotten))
            \(HTML(figures.map(\.html)))
            \(retraining(answer.recommendation.retraining))
            \(evidence(answer.recommendation))
            \(given)
            """
    }

    private func verdict(_ recommendation: Recommendation) -> HTML {
        let result = RecommendationResult(recommendation: recommendation)
        let since: HTML =
            recommendation.since.map { "<p class=\"soft\">Since \($0.iso8601).</p>" } ?? .empty
        return """
            <div class="verdict \(recommendation.verdict.badge.tone.rawValue)">
            <h2>\(result.headline)</h2>
            <p>\(recommendation.verdict.badge.html) \(recommendation.summary)</p>
            \(since)
            \(recommendation.warnings.map { text -> HTML in "<p class=\"notice\">\(text)</p>" })
            \(Reasons.html(recommendation.reasons))
            \(next(result))
            </div>
            """
    }

    /// What somebody does about it.
    private func next(_ result: RecommendationResult) -> HTML {
        let recommendation = result.recommendation
        var parts: [HTML] = []
        if let window = recommendation.trainingWindow {
            parts.append(
                """
                <p>To train on: <strong>\(window.lowerBound.iso8601)</strong> to \
                <strong>\(window.upperBound.iso8601)</strong>, \(RecommendationResult.trainingWindow)</p>
                """
            )
        }
        if let recalibration = result.recalibration {
            parts.append("<pre>\(recalibration)</pre>")
        }
        if recommendation.verdict == .promote, let shadow = recommendation.shadow {
            parts.append(
                "<pre>gnomon model role --task \(recommendation.task.name) \(shadow) champion</pre>"
            )
        }
        return HTML(parts)
    }

    // MARK: - The watch

    package var figures: [Figure] { [risk, evidenceFigure, retrainingFigure].compactMap(\.self) }

    private var full: RiskHistory? { answer?.histories.last }

    private var risk: Figure? {
        guard let full, full.blocks.count > 1, let recommendation = answer?.recommendation,
            let buckets = try? place.task.timeBuckets()
        else { return nil }
        let texts = WindowText(task: place.task)
        var flags: [TimeSeriesChart.Flag] = []
        if let change = recommendation.changePoint {
            flags.append(
                TimeSeriesChart.Flag(
                    at: change,
                    text: "\(texts.moment(change)): from here the risk is estimated to have risen"
                )
            )
        }
        let loss = place.task.kind.cohortLoss.name
        let name =
            loss.prefix(1).uppercased() + loss.dropFirst()
            + (full.isRelative ? " as a share of a constant forecast's" : "")
        let chart = RiskChart(
            id: "risk",
            valueTitle: "\(name) (lower is better)",
            history: full,
            flags: flags,
            buckets: buckets
        )
        let bound =
            full.riskBound.flatMap { bound in
                full.baselineRisk.map {
                    "The baseline has \(NumberText.told($0)), up to \(NumberText.told(bound)) is allowed."
                }
            } ?? "The baseline is not whole yet."
        return Figure(
            name: "risk",
            id: "risk",
            title: "The risk of \(recommendation.model) against its baseline",
            caption: place.caption(asOf: recommendation.asOf),
            description: "\(name) of \(full.blocks.count) blocks of matured days. \(bound)",
            reading: """
                <strong>How to read it.</strong> Each dot is a block of evidence: a matured day, or several \
                with few rows. The line is the mean over the last \(MovingMean.blocks) of them. The shaded \
                blocks are the first baseline; it grows while all is quiet. \(bound) Single days above \
                it mean nothing; the watch adds them up.\(full.isRelative ? constantForecast : "")
                """,
            chart: chart,
            flags: flags.map(\.text),
            numbers: numbers(full, texts),
            file: place.chart("risk").with(asked)
        )
    }

    private var constantForecast: String {
        " A share of 1 is no better than to forecast for every case how often the outcome came so far."
    }

    private func numbers(_ history: RiskHistory, _ texts: WindowText) -> NumberTable {
        var table = NumberTable([
            .text("start", "From"), .text("end", nil), .number("rows", "Labelled"),
            .number("risk", "Risk"), .number("bound", "Allowed"),
            .number("log_e_value", "Log e-value"),
        ])
        table.rows = history.blocks.map {
            [
                NumberTable.Cell(texts.moment($0.start), .string($0.start.iso8601)),
                NumberTable.Cell($0.end.iso8601), .count($0.rows), .number($0.risk),
                .number($0.bound), .number($0.logEvidence),
            ]
        }
        return table
    }

    private var evidenceFigure: Figure? {
        guard let answer, let full, let buckets = try? place.task.timeBuckets() else { return nil }
        let shown = answer.histories.filter { history in
            history.blocks.count { $0.logEvidence != nil } > 1
        }
        guard let threshold = full.logThreshold, !shown.isEmpty else { return nil }
        let names = shown.map {
            $0.ageSeconds == full.ageSeconds
                ? "all labels" : "\(DurationText.text($0.ageSeconds)) old"
        }
        let texts = WindowText(task: place.task)
        let last = full.blocks.last?.logEvidence.map(NumberText.told) ?? NumberText.none
        return Figure(
            name: "evidence",
            id: "evidence",
            title: "Evidence that the risk has left its bound",
            caption: place.caption(asOf: answer.recommendation.asOf),
            description:
                "Log e-value after each block; it is \(last) now, and \(NumberText.told(threshold)) raises the alarm.",
            reading: """
                <strong>How to read it.</strong> The line rises while the risk is above what is allowed and \
                falls while it is below. Where it crosses \(NumberText.told(threshold)), the alarm is raised; \
                by chance alone that happens within \(RiskHistory.horizonBlocks) blocks with a probability of \
                at most 5 %, however often you look. Now it is <strong>\(last)</strong>.
                """,
            chart: EvidenceChart(
                id: "evidence",
                histories: shown,
                names: names,
                buckets: buckets
            ),
            numbers: numbers(full, texts),
            file: place.chart("evidence").with(asked)
        )
    }

    // MARK: - Tables

    private func evidence(_ recommendation: Recommendation) -> HTML {
        let rows = recommendation.evidence.map { item -> HTML in
            """
            <tr><th scope="row">\(item.name.replacing("_", with: " "))</th>\
            <td class="n" data-evidence="\(item.name)" data-value="\(JSONValue(item.value).inline)">\
            \(item.value.map(RecommendationResult.number) ?? NumberText.none)</td>\
            <td class="n">\(item.threshold.map(RecommendationResult.number) ?? "")</td>\
            <td>\(item.state.badge.html)</td></tr>
            """
        }
        return """
            <h2>What it rests on</h2>
            <p class="soft">Of matured days only, and as they were known when they matured: recent are the last \
            \(RecentDays.count), miscalibration and discrimination are since the change point or \
            of these, so that they differ from those of the other pages, which are of all that is known.</p>
            <div class="scroll" role="region" aria-label="Evidence" tabindex="0"><table>
            <thead><tr><th scope="col">Evidence</th><th scope="col" class="n">Value</th>\
            <th scope="col" class="n">Threshold</th><th scope="col">State</th></tr></thead>
            <tbody>
            \(HTML(rows))
            </tbody></table></div>
            """
    }

    private var given: HTML {
        guard let history else { return pastVerdicts }
        guard !history.isEmpty else {
            return """
                <h2>Given before</h2>
                <p class="soft">Opening this page keeps nothing. <code>gnomon recommend --task \
                \(place.task.name)</code> does, so that it can be seen later what was said and what came of it.</p>
                """
        }
        let rows = history.map { entry -> HTML in
            """
            <tr>\(when(entry.record.asOf, isReplay: entry.record.isReplay))\
            <td>\(entry.record.verdict.badge.html)</td>\
            <td><bdi>\(entry.record.model)</bdi></td>\
            <td class="n" data-value="\(JSONValue(entry.after.risk).inline)">\
            \(entry.after.risk.map { NumberText.number($0) } ?? NumberText.none)</td>\
            <td class="soft">\(RecommendationHistoryResult.then(entry.after))</td></tr>
            """
        }
        return """
            <h2>Given before</h2>
            <div class="scroll" role="region" aria-label="Recommendations given before" tabindex="0"><table>
            <caption>\(RecommendationHistoryResult.lossAfter)</caption>
            <thead><tr><th scope="col">As of</th><th scope="col">Verdict</th><th scope="col">Model</th>\
            <th scope="col" class="n">Loss after</th><th scope="col">Then</th></tr></thead>
            <tbody>
            \(HTML(rows))
            </tbody></table></div>
            """
    }

    private var pastVerdicts: HTML {
        guard !outline.recommendations.isEmpty else { return .empty }
        let rows = outline.recommendations.prefix(Self.mostEntries).map { given -> HTML in
            """
            <tr>\(when(given.asOf, isReplay: given.isReplay))<td>\(given.verdict.badge.html)</td><td><bdi>\(given.model)</bdi></td></tr>
            """
        }
        return """
            <h2>Given before</h2>
            <div class="scroll" role="region" aria-label="Recommendations given before" tabindex="0"><table>
            <thead><tr><th scope="col">As of</th><th scope="col">Verdict</th><th scope="col">Model</th></tr></thead>
            <tbody>
            \(HTML(rows))
            </tbody></table></div>
            """
    }

    private func when(_ instant: Instant, isReplay: Bool) -> HTML {
        let then = TaskPlace(place.task, asOf: instant).address(.recommendation)
        return """
            <th scope="row"><a href="\(then.text)"><time datetime="\(instant.iso8601)">\
            \(WindowText.present(instant))</time></a>\(isReplay ? " (replay)" : "")</th>
            """
    }
}

extension Evidence.State {
    var badge: Badge {
        switch self {
        case .ok: Badge("ok", .good)
        case .watch: Badge("watch", .warn)
        case .alarm: Badge("alarm", .bad)
        case .missing: Badge("missing", .plain)
        }
    }
}
