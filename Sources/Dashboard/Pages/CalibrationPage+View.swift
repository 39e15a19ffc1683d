import Contract
import Evaluation
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
        guard place.task.kind.has(.calibration) else {
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
            \(Reasons.html(CalibrationResult(report: report).notes(for: .page)))
            \(ForgottenLine.html(report.forgotten))
            \(Exactness.html(choice.isExact, of: address))
            \(figure.html)
            \(summary(report))
            """
    }

    private var form: HTML {
        ChoiceForm(
            action: PageAddress(["tasks", place.task.name.text, "calibration"]),
            asOf: place.asOf
        )
        .html([
            ChoiceForm.select(
                "model",
                "Model",
                outline.models.map { ($0.name.text, $0.name.text) },
                chosen: (report?.model ?? choice.model)?.text ?? ""
            ),
            ChoiceForm.slices(outline.slices, chosen: choice.slice),
            ChoiceForm.select(
                "bins",
                "Bins",
                binCounts.map { ("\($0)", "\($0)") },
                chosen: "\(bins)"
            ), ChoiceForm.date("from", "From", choice.from),
            ChoiceForm.date("to", "Before", choice.to),
        ])
    }

    package var figure: Figure? {
        guard let report, !report.bins.isEmpty else { return nil }
        return ReliabilityFigure(report: report, slice: choice.slice, file: file).figure
    }

    private func summary(_ report: CalibrationReport) -> HTML {
        let result = CalibrationResult(report: report)
        let rows = CalibrationResult.summaryMetrics.compactMap { name -> HTML? in
            guard let estimate = result.estimate(name) else { return nil }
            return """
                <tr><th scope="row">\(MetricNames.title(name))</th>\
                <td class="n" data-metric="\(name)" data-value="\(JSONValue(estimate.value).inline)">\
                \(EstimateText.value(estimate)) <span class="in">\(EstimateText.interval(estimate))</span></td>\
                <td class="soft">\(MetricNames.meaning(name))</td></tr>
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
