import Contract
import Evaluation
import Presentation

extension SlicesPage {
    package var page: Page {
        place.page(
            .slices,
            title: "Slices of \(place.task.name)",
            now: address,
            content: """
                <h1>Slices</h1>
                \(AsOf.line(slices?.asOf ?? outline.present, isPinned: place.asOf != nil, here: address))
                \(body)
                """
        )
    }

    private var body: HTML {
        guard !place.task.sliceKeys.isEmpty else {
            return """
                <div class="empty"><h2>The task has no slices</h2>
                <p>Slices are named when a task is created, and their columns come with the predictions:</p>
                <pre>gnomon task create NAME --slices country,channel</pre></div>
                """
        }
        guard outline.extent != nil else { return Missing.predictions(place.task) }
        guard let figure else { return "\(form)\n\(Missing.inInterval)" }
        return """
            <p>Each part of the traffic by itself. Few predictions make wide intervals; among many slices some \
            look different by chance. Whether a shadow is surely better or worse on a slice is said by the \
            <a href="\(place.address(.comparison).text)">comparison</a>.</p>
            \(ForgottenLine.html(slices?.forgotten ?? 0))
            \(form)
            \(hasLabels ? figure.html : Missing.labels(place.task))
            \(table)
            """
    }

    private var hasLabels: Bool {
        (slices?.slices ?? []).contains { slice in
            slice.models.contains { $0.windows.contains { $0.labelled > 0 } }
        }
    }

    private var form: HTML {
        ChoiceForm(
            action: PageAddress(["tasks", place.task.name.text, "slices"]),
            asOf: place.asOf
        )
        .html([
            ChoiceForm.select(
                "metric",
                "Metric",
                place.task.kind.reportedMetrics.map { ($0.name, $0.title) },
                chosen: choice.metric
            ), ChoiceForm.date("from", "From", choice.from),
            ChoiceForm.date("to", "Before", choice.to),
        ])
    }

    package var figure: Figure? {
        guard !shown.isEmpty, !models.isEmpty else { return nil }
        let title = MetricNames.title(choice.metric)
        let side = MetricNames.side(choice.metric).map { " (\($0))" } ?? ""
        let overall = whole?.models.first { $0.model == models.first }?.windows.first?
            .metrics.first { $0.name == choice.metric }?.estimate.value
        let chart = SliceChart(
            id: "slices",
            title: title + side,
            models: models,
            rows: shown.map { slice in
                SliceChart.Row(
                    key: slice.name.key.text,
                    value: slice.name.value.text,
                    estimates: models.map { window($0, slice)?.metrics.first?.estimate }
                )
            },
            overall: overall
        )
        let cut = (slices?.slices.count ?? 0) - shown.count
        return Figure(
            name: "slices",
            id: "slices",
            title: "\(title) by slice",
            caption: place.caption(asOf: slices?.asOf ?? outline.present),
            description: "\(title) of \(shown.count) slices with 95 % intervals.",
            reading: """
                <strong>How to read it.</strong> Each row is a slice, each mark a model with its 95 % interval for \
                one look. The dashed line is \(models[0]) on all traffic: where a slice’s interval stays off \
                it, the model is worse or better there than overall.\
                \(cut > 0 ? " \(cut) slices with fewer predictions are not drawn." : "")
                """,
            chart: chart,
            numbers: numbers,
            file: file
        )
    }

    private var numbers: NumberTable {
        var numbers = NumberTable([
            .text("slice", "Slice"), .text("model", "Model"),
            .number("predictions", "Predictions"), .number("coverage", "Known"),
            .number(choice.metric, MetricNames.title(choice.metric)), .number("low", "Low"),
            .number("high", "High"),
        ])
        for slice in slices?.slices ?? [] {
            for model in slice.models {
                guard let window = model.windows.first else { continue }
                let estimate = window.metrics.first?.estimate
                numbers.rows.append([
                    NumberTable.Cell(slice.name.text),
                    NumberTable.Cell(model.model.text), .count(window.predictions),
                    NumberTable.Cell(
                        NumberText.percent(window.coverage),
                        JSONValue(window.coverage)
                    ), .number(estimate?.value), .number(estimate?.low), .number(estimate?.high),
                ])
            }
        }
        return numbers
    }

    private var table: HTML {
        let head = models.map { model -> HTML in
            "<th scope=\"col\" class=\"n\"><bdi>\(model)</bdi></th>"
        }
        let rows = shown.map { slice -> HTML in
            let name = slice.name.text
            let first = models.first.flatMap { window($0, slice) }
            let address = place.address(.metric).with("slice", name).with("metric", choice.metric)
            return """
                <tr><th scope="row"><a href="\(address.text)"><bdi>\(name)</bdi></a></th>\
                <td class="n" data-value="\(first?.predictions ?? 0)">\
                \(NumberText.count(first?.predictions ?? 0))</td>\
                <td class="n">\(NumberText.percent(first?.coverage))</td>\
                \(models.map { cell(window($0, slice)) })</tr>
                """
        }
        let period = slices.map {
            WindowText(task: place.task).name(
                from: $0.interval.lowerBound,
                to: $0.interval.upperBound,
                .all
            )
        }
        return """
            <h2>In numbers</h2>
            <p class="soft">\(period ?? ""), with 95 % intervals for one look; predictions and labels are \
            those of <bdi>\(models.first ?? "")</bdi>.</p>
            <div class="scroll" role="region" aria-label="Slices in numbers" tabindex="0"><table>
            <thead><tr><th scope="col">Slice</th><th scope="col" class="n">Predictions</th>\
            <th scope="col" class="n">Labels known</th>\(head)</tr></thead>
            <tbody>
            \(HTML(rows))
            </tbody></table></div>
            """
    }

    private func cell(_ window: WindowReport?) -> HTML {
        guard let estimate = window?.metrics.first?.estimate, estimate.value != nil else {
            return "<td class=\"n\">\(NumberText.none)</td>"
        }
        return """
            <td class="n" data-value="\(JSONValue(estimate.value).inline)">\(EstimateText.value(estimate)) \
            <span class="in">\(EstimateText.interval(estimate))</span></td>
            """
    }
}
