import Contract
import Evaluation
import Presentation

extension LabelsPage {
    package var page: Page {
        place.page(
            .labels,
            title: "Labels of \(place.task.name)",
            now: address,
            content: """
                <h1>Labels</h1>
                \(AsOf.line(report.asOf, isPinned: place.asOf != nil, here: address))
                \(body)
                """
        )
    }

    private var body: HTML {
        guard report.predictionIDs > 0 else {
            return report.rowsFrom.map { Missing.rows(place.task, before: $0) }
                ?? Missing.predictions(place.task)
        }
        let notes = place.asOf == nil ? LabelStatusResult(report: report).notes(for: .page) : []
        return """
            \(facts)
            \(report.labelled == 0 ? Missing.labels(place.task) : HTML.empty)
            \(Reasons.html(notes))
            \(ContradictionLine.html(report.contradictions, of: place.task))
            \(ForgottenLine.html(report.forgotten))
            \(rejects)
            \(HTML(figures.map(\.html)))
            \(delays)
            """
    }

    private var facts: HTML {
        let horizon = DurationText.text(place.task.horizonSeconds)
        var facts = Facts()
        func add(_ name: String, _ value: Int, _ note: String) {
            facts.add(name, NumberText.count(value), note, value: JSONValue(value))
        }
        add(
            "Predictions",
            report.predictionIDs,
            report.rowsFrom.map {
                "prediction ids since \($0.iso8601); older rows are no longer kept"
            }
                ?? "prediction ids of all models and all times"
        )
        facts.add(
            "Labels known",
            NumberText.percent(report.coverage),
            "\(NumberText.count(report.labelled)) of them",
            value: JSONValue(report.coverage)
        )
        add("Pending", report.pending, "not due before \(horizon)")
        add("Overdue", report.overdue, "no label after \(horizon)")
        add("Corrected", report.corrected, "labelled more than once")
        add("Withdrawn", report.withdrawn, "label taken back")
        if report.labelBeforePrediction > 0 {
            add("Early", report.labelBeforePrediction, "observed before the prediction")
        }
        if let rejected {
            add("Orphans", report.orphans, "labels without a prediction")
            add("Rejected", Int(rejected), "rows that could not be used")
        }
        return facts.html
    }

    private var rejects: HTML {
        guard let rejected, rejected > 0 else { return .empty }
        return """
            <p class="soft small">Which rows were rejected, and why: \
            <code>gnomon labels rejects --task \(place.task.name)</code></p>
            """
    }

    // MARK: - Drawings

    package var figures: [Figure] { [arrivals, delay].compactMap(\.self) }

    private var arrivals: Figure? {
        guard let buckets = try? place.task.timeBuckets(), report.labelled > 0 else { return nil }
        let days = Array(report.days.suffix(Self.mostDays))
        let texts = WindowText(task: place.task)
        var numbers = NumberTable([
            .text("day", "Day"), .number("predictions", "Predictions"),
            .number("labels", "First labels"),
        ])
        numbers.rows = days.map {
            [NumberTable.Cell(texts.moment($0.start)), .count($0.predictions), .count($0.labels)]
        }
        let cut = days.count < report.days.count ? " The last \(days.count) days are shown." : ""
        return Figure(
            name: "arrivals",
            id: "arrivals",
            title: "Labels by the day on which they became known",
            caption: place.caption(asOf: report.asOf),
            description:
                "\(NumberText.count(report.labelled)) labels over \(days.count) days, beside the predictions of each day.",
            reading: """
                <strong>How to read it.</strong> Bars are labels that became known on a day, whenever their \
                prediction was made; the line is the predictions of the day. Bars that stay below the line, or \
                stop, mean that labels are late or lost on their way. A high single bar is an upload of many \
                days at once.\(cut)
                """,
            chart: ArrivalsChart(id: "arrivals", days: days, buckets: buckets),
            numbers: numbers,
            file: place.chart("arrivals")
        )
    }

    private var delay: Figure? {
        guard !report.curves.isEmpty else { return nil }
        let curves = Array(report.curves.prefix(SeriesStyle.count))
        var numbers = NumberTable([
            .text("label", "Label"), .number("hours", "Hours after"), .number("share", "Known"),
        ])
        numbers.rows = curves.flatMap { curve in
            curve.points.map { point in
                [
                    NumberTable.Cell(curve.name.text), .number(point.hours),
                    NumberTable.Cell(NumberText.percent(point.share), JSONValue(point.share)),
                ]
            }
        }
        return Figure(
            name: "delay",
            id: "delay",
            title: "How long labels take",
            caption: place.caption(asOf: report.asOf),
            description: curves.map(words).joined(separator: " "),
            reading: """
                <strong>How to read it.</strong> So long after a prediction, this share of the labels has been \
                observed: of all predictions the line “all”, of the labels of one class the others. Only \
                predictions whose horizon of \(DurationText.text(place.task.horizonSeconds)) has passed count, so \
                that slow labels are not missed. Where the classes’ lines differ, a young window holds too \
                many of the faster class, and its metrics lean that way.
                """,
            chart: DelayChart(
                id: "delay",
                curves: curves,
                horizonHours: Double(place.task.horizonSeconds) / 3600
            ),
            numbers: numbers,
            file: place.chart("delay")
        )
    }

    private func words(_ curve: DelayCurve) -> String {
        let name = curve.name == "all" ? "Of all predictions" : "Of the labels \(curve.name)"
        guard let half = curve.points.first(where: { $0.share >= 0.5 }) else {
            return "\(name) less than half are known in the time shown."
        }
        return "\(name) half are known after \(NumberText.hours(half.hours))."
    }

    // MARK: - Numbers

    private var delays: HTML {
        guard !report.delays.isEmpty else { return .empty }
        let rows = report.delays.map { delay -> HTML in
            let cells = [delay.p05, delay.p50, delay.p95, delay.p99].map { hours -> HTML in
                "<td class=\"n\" data-value=\"\(JSONValue(hours).inline)\">\(NumberText.hours(hours))</td>"
            }
            return """
                <tr><th scope="row">\(delay.name)</th>\
                <td class="n" data-value="\(delay.n)">\(NumberText.count(delay.n))</td>\(cells)</tr>
                """
        }
        return """
            <h2>Delays in numbers</h2>
            <div class="scroll" role="region" aria-label="Delays in numbers" tabindex="0"><table>
            <caption>From the prediction to the observation of its label, of all labels known.</caption>
            <thead><tr><th scope="col">Label</th><th scope="col" class="n">Known</th>\
            <th scope="col" class="n">5 % within</th><th scope="col" class="n">Half</th>\
            <th scope="col" class="n">95 %</th><th scope="col" class="n">99 %</th></tr></thead>
            <tbody>
            \(HTML(rows))
            </tbody></table></div>
            """
    }
}
