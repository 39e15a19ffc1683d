import Contract
import Evaluation
import Presentation

extension MetricPage {
    package var page: Page {
        place.page(
            .metric,
            title: place.task.name.text,
            now: address,
            content: """
                <h1><bdi>\(place.task.name)</bdi></h1>
                \(AsOf.line(report?.asOf ?? outline.present, isPinned: place.asOf != nil, here: address))
                \(body)
                """
        )
    }

    private var body: HTML {
        guard outline.extent != nil else { return Missing.predictions(place.task) }
        guard let figure else { return "\(form)\n\(Missing.inInterval)" }
        return """
            \(facts)
            \(ChampionNote.html(outline, of: place.task))
            \(ContradictionLine.html((whole ?? report)?.contradictions, of: place.task))
            \(ForgottenLine.html((whole ?? report)?.forgotten ?? 0))
            \(form)
            \(figure.html)
            \(more)
            \(metrics)
            """
    }

    // MARK: - At a glance

    private var champion: ModelReport? {
        whole?.models.first { $0.role == .champion } ?? whole?.models.first
    }

    private var facts: HTML {
        guard let model = champion, let window = model.windows.first else { return .empty }
        var facts = Facts()
        facts.add(
            model.role.title,
            "\(model.model)",
            outline.shadows.isEmpty
                ? "no shadow" : "shadows: \(outline.shadows.joined(separator: ", "))"
        )
        facts.add(
            "Predictions",
            NumberText.count(window.predictions),
            note: traffic(window.window),
            value: JSONValue(window.predictions)
        )
        facts.add(
            "Labels known",
            NumberText.percent(window.coverage),
            "\(NumberText.count(window.labelled)) of them",
            value: JSONValue(window.coverage)
        )
        facts.add(
            "Pending",
            NumberText.count(window.pending),
            "\(NumberText.count(window.overdue)) overdue",
            value: JSONValue(window.pending)
        )
        if let metric = window.metrics.first(where: { $0.name == choice.metric }) {
            facts.add(
                MetricNames.title(choice.metric),
                EstimateText.value(metric.estimate),
                EstimateText.interval(metric.estimate),
                value: JSONValue(metric.estimate.value)
            )
        }
        return facts.html
    }

    /// Which predictions these are: an interval whose dates are not broken, and a slice.
    private func traffic(_ window: ReportWindow) -> HTML {
        let dates = texts.name(window, .all).split(separator: " ").map { word -> HTML in
            "<span class=\"whole\">\(word)</span>"
        }
        let slice: HTML = choice.slice.map { ", <bdi>\($0)</bdi>" } ?? .empty
        return HTML(dates, separator: " ") + slice
    }

    // MARK: - Choosing

    private var form: HTML {
        let kind = place.task.kind
        return ChoiceForm(action: PageAddress(["tasks", place.task.name.text]), asOf: place.asOf)
            .html([
                ChoiceForm.select(
                    "metric",
                    "Metric",
                    kind.reportedMetrics.map { ($0.name, $0.title) },
                    chosen: choice.metric
                ),
                ChoiceForm.select(
                    "by",
                    "Period",
                    [("day", "Day"), ("week", "Week"), ("month", "Month")],
                    chosen: choice.period.rawValue
                ),
                ChoiceForm.select(
                    "model",
                    "Model",
                    [("", "All models")] + outline.models.map { ($0.name.text, $0.name.text) },
                    chosen: choice.model?.text ?? ""
                ),
                ChoiceForm.slices(outline.slices, chosen: choice.slice),
                ChoiceForm.date("from", "From", choice.from),
                ChoiceForm.date("to", "Before", choice.to),
            ])
    }

    private var more: HTML {
        let hidden = (report?.models.count ?? 0) - models.count
        guard hidden > 0 else { return .empty }
        return """
            <p class="soft small">\(hidden) more models are not drawn; choose one above.</p>
            """
    }

    // MARK: - All metrics

    private var metrics: HTML {
        guard let whole, let first = whole.models.first?.windows.first else { return .empty }
        let models = whole.models.filter { !$0.windows.isEmpty }
        let head = models.map { model -> HTML in
            """
            <th scope="col" class="n"><bdi>\(model.model)</bdi>\
            \(model.model == Name(model.role.rawValue) ? HTML.empty : "<br/>\(model.role.rawValue)" as HTML)</th>
            """
        }
        let rows = first.metrics.map(\.name).map { name -> HTML in
            let cells = models.map { cell(name, $0) }
            let side = MetricNames.side(name) ?? ""
            let address = with(metric: name).text
            return """
                <tr><th scope="row"><a href="\(address)">\(MetricNames.title(name))</a> \
                <span class="in">\(side)</span></th>\(cells)</tr>
                """
        }
        let notes = WindowNotes(
            task: place.task,
            period: .all,
            windows: models.flatMap(\.windows),
            metrics: first.metrics.filter { $0.estimate.value != nil }.map(\.name),
            windowText: texts,
            voice: .page
        ).items
        return """
            <h2>The whole interval at once</h2>
            <p class="soft">\(texts.name(first.window, .all)), with 95 % intervals for one look.</p>
            \(Reasons.html(notes))
            \(first.labelled > 0 ? Exactness.html(choice.isExact, of: address) : HTML.empty)
            <div class="scroll" role="region" aria-label="All metrics" tabindex="0"><table>
            <thead><tr><th scope="col">Metric</th>\(head)</tr></thead>
            <tbody>
            \(HTML(rows))
            </tbody></table></div>
            """
    }

    private func with(metric: String) -> PageAddress {
        var page = self
        page.choice.metric = metric
        return page.address
    }

    private func cell(_ name: String, _ model: ModelReport) -> HTML {
        guard let window = model.windows.first,
            let estimate = window.metrics.first(where: { $0.name == name })?.estimate
        else { return "<td class=\"n\">\(NumberText.none)</td>" }
        guard estimate.value != nil else {
            return
                "<td class=\"n\">\(NumberText.none) <span class=\"in\">\(estimate.reason?.rawValue ?? "")</span></td>"
        }
        return """
            <td class="n" data-metric="\(name)" data-model="\(model.model)" \
            data-value="\(JSONValue(estimate.value).inline)">\(EstimateText.value(estimate)) \
            <span class="in">\(EstimateText.interval(estimate))</span></td>
            """
    }
}

extension ModelRole {
    var title: String {
        switch self {
        case .champion: "Champion"
        case .shadow: "Shadow"
        case .retired: "Retired"
        }
    }
}
