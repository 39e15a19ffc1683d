import Contract
import Evaluation
import Harness
import Presentation

extension CalibrationPage {
    package var page: Page {
        place.page(
            .calibration,
            title: "Calibration of \(place.task.name)",
            now: address,
            content: """
                <h1>Calibration</h1>
                \(AsOf.line(report?.asOf ?? outline.present, isPinned: place.asOf != nil, here: address))
                \(body)
                """
        )
    }

    private var body: HTML {
        guard place.task.kind == .binary else {
            return """
                <div class="empty"><h2>Calibration is for probabilities</h2>
                <p>This task predicts numbers; see its <a href="\(place.address(.metric).text)">error over \
                time</a>.</p></div>
                """
        }
        guard outline.extent != nil else { return Missing.predictions(place.task) }
        guard outline.champion != nil || choice.model != nil else {
            return "\(form)\n\(Missing.champion(place.task, models: outline.models.map(\.name)))"
        }
        guard let report else { return "\(form)\n\(Missing.inInterval)" }
        guard let figure else { return "\(form)\n\(Missing.labels(place.task))" }
        return """
            \(form)
            \(Reasons.html(CalibrationResult(report: report).notes))
            \(figure.html)
            \(summary(report))
            """
    }

    private var form: HTML {
        ChoiceForm(
            action: PageAddress(["tasks", place.task.name, "calibration"]),
            asOf: place.asOf
        )
        .html([
            ChoiceForm.select(
                "model",
                "Model",
                outline.models.map { ($0.name, $0.name) },
                chosen: report?.model ?? choice.model ?? ""
            ),
            outline.slices.isEmpty
                ? .empty
                : ChoiceForm.select(
                    "slice",
                    "Slice",
                    [("", "All traffic")]
                        + outline.slices.prefix(ChoiceForm.mostOptions).map {
                            ("\($0.key)=\($0.value)", "\($0.key)=\($0.value)")
                        },
                    chosen: choice.slice ?? ""
                ),
            ChoiceForm.select(
                "bins",
                "Bins",
                Self.binCounts.map { ("\($0)", "\($0)") },
                chosen: "\(bins)"
            ), ChoiceForm.date("from", "From", choice.from),
            ChoiceForm.date("to", "Before", choice.to),
        ])
    }

    package var figure: Figure? {
        guard let report, !report.bins.isEmpty else { return nil }
        let window = WindowText(task: place.task).name(report.window.window, .all)
        let outside = report.bins.filter {
            $0.observed < $0.consistentLow || $0.observed > $0.consistentHigh
        }
        let verdict =
            outside.isEmpty
            ? "All \(report.bins.count) bins lie within what calibrated scores would show."
            : "\(outside.count) of \(report.bins.count) bins lie outside of what calibrated scores would show."
        return Figure(
            name: "reliability",
            id: "reliability",
            title: "Reliability of \(report.model), \(window)",
            description: verdict + " " + words(report),
            reading: """
                <strong>How to read it.</strong> Each point is a bin of scores: across, what the model said on \
                average; up, how often it happened, with a 95 % interval. On the dashed diagonal both agree; \
                above it more happened than was said. The grey band is where 95 % of the points of \
                calibrated scores would lie, bin by bin. \(verdict) The bars beneath count the \
                predictions of each bin: few predictions, wide intervals.
                """,
            width: ReliabilityChart.width,
            height: ReliabilityChart.height,
            drawing: ReliabilityChart(id: "reliability", bins: report.bins).drawing,
            links: .empty,
            flags: [],
            numbers: numbers(report),
            file: file
        )
    }

    private func words(_ report: CalibrationReport) -> String {
        report.bins.map {
            "said \(NumberText.number($0.meanScore)), happened \(NumberText.number($0.observed)) of "
                + NumberText.count($0.n)
        }.joined(separator: "; ") + "."
    }

    private func numbers(_ report: CalibrationReport) -> NumberTable {
        var table = NumberTable([
            .number("low", "Scores from"), .number("high", "to"), .number("n", "Labelled"),
            .number("mean_score", "Said"), .number("observed", "Happened"),
            .number("observed_low", "Low"), .number("observed_high", "High"),
            .number("consistent_low", "Calibrated from"), .number("consistent_high", "to"),
        ])
        table.rows = report.bins.map {
            [
                .number($0.low), .number($0.high), .count($0.n), .number($0.meanScore),
                .number($0.observed), .number($0.observedLow), .number($0.observedHigh),
                .number($0.consistentLow), .number($0.consistentHigh),
            ]
        }
        return table
    }

    private func summary(_ report: CalibrationReport) -> HTML {
        let result = CalibrationResult(report: report)
        let rows = CalibrationResult.summaryMetrics.compactMap { name -> HTML? in
            guard let estimate = result.estimate(name) else { return nil }
            return """
                <tr><th scope="row">\(MetricNames.title(name))</th>\
                <td class="n" data-metric="\(name)" data-value="\(JSONValue(estimate.value).inline)">\
                \(EstimateText.value(estimate)) <span class="in">\(EstimateText.interval(estimate))</span></td>\
                <td class="soft">\(CalibrationResult.meanings[name] ?? "")</td></tr>
                """
        }
        return """
            <h2>In numbers</h2>
            <p class="soft">The Brier score is miscalibration (MCB) minus discrimination (DSC) plus \
            uncertainty (UNC): recalibrating can take off the first, only a better model adds to the \
            second, and the third is the problem's own.</p>
            <div class="scroll" role="region" aria-label="Calibration in numbers" tabindex="0"><table>
            <thead><tr><th scope="col">Metric</th><th scope="col" class="n">Value</th>\
            <th scope="col">Meaning</th></tr></thead>
            <tbody>
            \(HTML(rows))
            </tbody></table></div>
            """
    }
}
