import Contract
package import Evaluation
import Presentation

extension ComparisonPage {
    package var page: Page {
        place.page(
            .comparison,
            title: "Comparison for \(place.task.name)",
            now: address,
            content: """
                <h1>Champion against shadow</h1>
                \(AsOf.line(report?.asOf ?? outline.present, isPinned: place.asOf != nil, here: address))
                \(body)
                """
        )
    }

    private var body: HTML {
        guard outline.extent != nil, let report, !report.comparisons.isEmpty else {
            return Missing.comparison(place.task, outline)
        }
        return """
            <p>Both models on the same requests. <strong>The gain is positive when the shadow is \
            better</strong>, for every metric.</p>
            \(ChampionNote.html(outline, of: place.task))
            \(ContradictionLine.html(report.contradictions, of: place.task))
            \(ForgottenLine.html(report.forgotten))
            \(AskedNote.html(
                asked.without("metric", "minimum_gain", "exact"),
                usual: place.address(.comparison)
            ))
            \(form(report))
            \(place.task.kind.has(.areas) ? areas : HTML.empty)
            \(HTML(report.comparisons.enumerated().map { section($0.element, $0.offset, report) }))
            """
    }

    private func form(_ report: ComparisonReport) -> HTML {
        ChoiceForm(
            action: PageAddress(["tasks", place.task.name.text, "comparison"]),
            asOf: place.asOf,
            asked: asked
        )
        .html(
            choosing: ["metric", "minimum_gain"],
            [
                ChoiceForm.select(
                    "metric",
                    "Decide by",
                    ComparisonMetric.all(for: place.task.kind).map {
                        ($0.name, MetricNames.title($0.name))
                    },
                    chosen: report.metric.name
                ),
                """
                <div><label for="choose-minimum_gain">Least gain that matters</label>\
                <input id="choose-minimum_gain" name="minimum_gain" inputmode="decimal" size="8" \
                value="\(asked["minimum_gain"] ?? "")" placeholder="0"/></div>
                """,
            ]
        )
    }

    private var areas: HTML {
        Exactness.html(
            isExact,
            of: address,
            text: "Add the areas under the curve, with DeLong’s test"
        )
    }

    private func section(
        _ comparison: Comparison,
        _ index: Int,
        _ report: ComparisonReport
    ) -> HTML {
        let result = ComparisonResult(report: report)
        return """
            <section aria-labelledby="shadow-\(index)">
            <div class="verdict \(comparison.verdict.badge.tone.rawValue)">
            <h2 id="shadow-\(index)"><bdi>\(report.champion)</bdi> against <bdi>\(comparison.shadow)</bdi></h2>
            <p>\(comparison.verdict.badge.html) <strong>\(result.verdict(comparison))</strong></p>
            \(Reasons.html(comparison.reasons))
            </div>
            \(facts(comparison))
            \(figure(comparison, index, report)?.html ?? tooEarly(comparison))
            \(metrics(comparison, report, result))
            \(apart(comparison, report))
            \(slices(comparison, report, result))
            \(evidence(comparison, result))
            </section>
            """
    }

    private func tooEarly(_ comparison: Comparison) -> HTML {
        """
        <div class="empty"><h3>Too early for a sequence</h3>
        <p>\(comparison.sequence.cohorts) days have matured with labelled pairs; the first interval takes \
        \(comparison.sequence.burnIn).</p></div>
        """
    }

    private func facts(_ comparison: Comparison) -> HTML {
        var facts = Facts()
        let sequence = comparison.sequence
        facts.add(
            "Mean gain, at every look",
            sequence.mean.map(Text.signed) ?? NumberText.none,
            sequence.low.flatMap { low in
                sequence.high.map { NumberText.interval(low, $0) }
            } ?? "no interval yet",
            value: JSONValue(sequence.mean)
        )
        facts.add(
            "Labelled pairs",
            NumberText.count(comparison.pairs),
            "\(NumberText.count(sequence.cohorts)) matured days",
            value: JSONValue(comparison.pairs)
        )
        if let more = comparison.morePairsNeeded {
            facts.add(
                "Labels still needed",
                more.p80 == 0 ? "none" : "about \(NumberText.count(more.median))",
                more.p80 == 0
                    ? "enough to see a gain of \(NumberText.told(more.gain))"
                    : "\(NumberText.count(more.medianDays)) days"
                        + (more.medianAt.map { ", by \(WindowText.present($0))," } ?? "")
                        + " for even odds to see a gain of \(NumberText.told(more.gain)); "
                        + "\(NumberText.count(more.p80)) for 4 in 5",
                value: JSONValue(more.median)
            )
        }
        if let rate = comparison.health.pairRate {
            facts.add(
                "Requests it scored too",
                NumberText.percent(rate),
                "of the last \(RecentDays.count) days",
                value: JSONValue(rate)
            )
        }
        return facts.html
    }

    // MARK: - The sequence

    package func figure(shadow: Name?) -> Figure? {
        guard let report,
            let index = report.comparisons.firstIndex(where: {
                shadow == nil || $0.shadow == shadow
            })
        else { return nil }
        return figure(report.comparisons[index], index, report)
    }

    private func figure(
        _ comparison: Comparison,
        _ index: Int,
        _ report: ComparisonReport
    ) -> Figure? {
        guard comparison.path.contains(where: { $0.low != nil }),
            let buckets = try? place.task.timeBuckets()
        else { return nil }
        let title = MetricNames.title(report.metric.name)
        let chart = ConfidenceSequenceChart(
            id: "gain-\(index)",
            points: comparison.path,
            minimumGain: report.options.minimumGain,
            flags: flags(comparison),
            buckets: buckets
        )
        let last = comparison.sequence
        let state =
            last.mean.flatMap { mean in
                last.low.flatMap { low in
                    last.high.map {
                        "At the end the mean gain is \(Text.signed(mean)), in "
                            + "\(NumberText.interval(low, $0))."
                    }
                }
            } ?? ""
        return Figure(
            name: "gain",
            id: "gain-\(index)",
            title: "Gain of \(comparison.shadow) in \(title), day after day",
            caption: place.caption(asOf: report.asOf),
            isInSection: true,
            description:
                "Mean gain of all matured days so far with its confidence sequence. \(state)",
            reading: """
                <strong>How to read it.</strong> The line is the mean gain of all days so far, known when the \
                last of them had matured; the shaded area is its confidence sequence. It holds at every \
                look at once, so you may look daily: once it lies wholly above the line of \
                \(report.options.minimumGain > 0 ? "the least gain" : "no gain"), the shadow is surely \
                better; wholly below, it is not. \(state)
                """,
            chart: chart,
            flags: chart.flags.map(\.text),
            numbers: numbers(comparison),
            file: file(comparison.shadow)
        )
    }

    private func flags(_ comparison: Comparison) -> [TimeSeriesChart.Flag] {
        let texts = WindowText(task: place.task)
        var flags: [TimeSeriesChart.Flag] = []
        if let first = comparison.sequence.firstDecision {
            let found = first.verdict == .promote ? "surely better" : "surely not better"
            flags.append(
                TimeSeriesChart.Flag(
                    at: first.from,
                    text:
                        "\(texts.moment(first.from)): \(comparison.shadow) is first found to be \(found)"
                )
            )
            if let until = first.until {
                flags.append(
                    TimeSeriesChart.Flag(
                        at: until,
                        text: "\(texts.moment(until)): that does not hold of the mean any more"
                    )
                )
            }
        }
        if let decided = comparison.sequence.decidedAt,
            decided != comparison.sequence.firstDecision?.from
        {
            flags.append(
                TimeSeriesChart.Flag(
                    at: decided,
                    text: "\(texts.moment(decided)): the present verdict is first reached"
                )
            )
        }
        return flags
    }

    private func numbers(_ comparison: Comparison) -> NumberTable {
        let texts = WindowText(task: place.task)
        var table = NumberTable([
            .text("day", "Day"), .text("known_at", nil), .number("pairs", "Pairs"),
            .number("mean_gain", "Mean gain so far"), .number("low", "Low"),
            .number("high", "High"),
        ])
        table.rows = comparison.path.map {
            [
                NumberTable.Cell(texts.moment($0.start)), NumberTable.Cell($0.knownAt.iso8601),
                .count($0.pairs), .number($0.mean, decimals: 5), .number($0.low, decimals: 5),
                .number($0.high, decimals: 5),
            ]
        }
        return table
    }

    // MARK: - Tables

    private func metrics(
        _ comparison: Comparison,
        _ report: ComparisonReport,
        _ result: ComparisonResult
    ) -> HTML {
        let rows = comparison.metrics.map { metric -> HTML in
            """
            <tr data-metric="\(metric.name)"><th scope="row">\(MetricNames.title(metric.name))</th>\
            \(number(metric.champion, metric, result))\(number(metric.shadow, metric, result))\
            <td class="n gain" data-value="\(JSONValue(metric.gain).inline)">\(gain(metric, result))</td>\
            <td class="soft">\(result.inWords(metric))</td></tr>
            """
        }
        return """
            <h3>All metrics on these pairs</h3>
            <div class="scroll" role="region" aria-label="Metrics of \(comparison.shadow)" tabindex="0"><table>
            <caption>95 % intervals for one look, days as blocks; the verdict rests on the sequence.</caption>
            <thead><tr><th scope="col">Metric</th><th scope="col" class="n"><bdi>\(report.champion)</bdi></th>\
            <th scope="col" class="n"><bdi>\(comparison.shadow)</bdi></th><th scope="col" class="n">Gain</th>\
            <th scope="col">In words</th></tr></thead>
            <tbody>
            \(HTML(rows))
            </tbody></table></div>
            """
    }

    private func number(
        _ value: Double?,
        _ metric: ComparedMetric,
        _ result: ComparisonResult
    ) -> HTML {
        """
        <td class="n" data-value="\(JSONValue(value).inline)">\
        \(value.map { result.number($0, metric) } ?? NumberText.none)</td>
        """
    }

    /// The gain and its interval, each in one piece.
    private func gain(_ metric: ComparedMetric, _ result: ComparisonResult) -> HTML {
        let parts = result.gain(metric).split(separator: " ", maxSplits: 1).map { part -> HTML in
            "<span class=\"whole\">\(part)</span>"
        }
        return HTML(parts, separator: " ")
    }

    /// How far apart both are, with the way to the requests on which they are.
    private func apart(_ comparison: Comparison, _ report: ComparisonReport) -> HTML {
        guard comparison.apart.requests > 0 else { return .empty }
        return """
            <h3>Where they differ</h3>
            <p>\(ApartText.summary(comparison.apart, place.task.kind)). \
            <a href="\(requests(comparison, report).text)">The requests on which they are farthest apart</a></p>
            """
    }

    /// Those of the same interval.
    private func requests(
        _ comparison: Comparison,
        _ report: ComparisonReport,
        slice: Slice? = nil
    ) -> PageAddress {
        place.pairs(champion: report.champion, shadow: comparison.shadow, slice: slice)
            .with("from", asked["from"]).with("to", asked["to"])
    }

    private static let mostSlices = 60

    private func slices(
        _ comparison: Comparison,
        _ report: ComparisonReport,
        _ result: ComparisonResult
    ) -> HTML {
        guard !comparison.slices.isEmpty else { return .empty }
        let rows = ComparisonResult.ranked(comparison.slices).prefix(Self.mostSlices).map {
            slice -> HTML in
            let badge: HTML =
                switch slice.finding {
                case .better: Badge("better", .good).html
                case .worse: Badge("worse", .bad).html
                case .undecided: "<span class=\"soft\">not decided</span>"
                }
            return """
                <tr><th scope="row"><a href="\(requests(comparison, report, slice: slice.slice).text)">\
                <bdi>\(slice.slice.text)</bdi></a></th>\
                <td class="n" data-value="\(slice.pairs)">\(NumberText.count(slice.pairs))</td>\
                \(number(slice.metric.champion, slice.metric, result))\
                \(number(slice.metric.shadow, slice.metric, result))\
                <td class="n gain" data-value="\(JSONValue(slice.metric.gain).inline)">\
                \(gain(slice.metric, result))</td>\(apart(slice.apart))<td>\(badge)</td></tr>
                """
        }
        let decides: HTML =
            place.task.kind.has(.threshold)
            ? "<th scope=\"col\" class=\"n\">Decided differently</th><th scope=\"col\" class=\"n\">With labels</th>"
            : .empty
        return """
            <h3>By slice</h3>
            <div class="scroll" role="region" aria-label="Slices of \(comparison.shadow)" tabindex="0"><table>
            <caption>\(MetricNames.title(report.metric.name)); all slices are held together to an error of \
            5 %, in both directions. \(result.sliceLegend)</caption>
            <thead><tr><th scope="col">Slice</th><th scope="col" class="n">Pairs</th>\
            <th scope="col" class="n"><bdi>\(report.champion)</bdi></th>\
            <th scope="col" class="n"><bdi>\(comparison.shadow)</bdi></th><th scope="col" class="n">Gain</th>\
            <th scope="col" class="n">Apart</th>\(decides)\
            <th scope="col">The shadow is surely</th></tr></thead>
            <tbody>
            \(HTML(rows))
            </tbody></table></div>
            """
    }

    /// The cells of how far apart both are on a slice.
    private func apart(_ apart: PairsApart) -> HTML {
        func share(_ value: Double?) -> HTML {
            """
            <td class="n" data-value="\(JSONValue(value).inline)">\(NumberText.percent(value))</td>
            """
        }
        let distance = OutcomeText.cell(apart.distance)
        guard place.task.kind.has(.threshold) else { return distance }
        return """
            \(distance)\(share(apart.decidedDifferently))\(share(apart.labelledDecidedDifferently))
            """
    }

    private func evidence(_ comparison: Comparison, _ result: ComparisonResult) -> HTML {
        let terms = result.evidence(comparison, for: .page).map { term -> HTML in
            "<dt>\(term.name)</dt><dd>\(term.text)</dd>"
        }
        return "<h3>What it rests on</h3>\n<dl class=\"terms\">\(terms)</dl>"
    }
}
