import Evaluation
import Presentation

extension OverviewPage {
    package var page: Page {
        Page(
            title: "Tasks",
            notice: AsOf.notice(asOf, now: PageAddress([""])),
            content: "<h1>Tasks</h1>\n\(tasks.isEmpty ? nothing : list)"
        )
    }

    private var nothing: HTML {
        """
        <div class="empty"><h2>There are no tasks yet</h2>
        <p>A task is one prediction problem. Create one, then upload what your models predicted; labels can \
        follow whenever they come.</p>
        <pre>gnomon task create churn --kind binary --horizon 60d
        gnomon predictions upload --task churn predictions.csv</pre>
        <p>Programs do the same over HTTP: see <a href="/docs">the API</a>.</p></div>
        """
    }

    private var list: HTML {
        """
        <p class="lead">Alarms first. The line is the champion's main metric by week, its last \
        \(TaskSummary.weeksShown) weeks; lower is better.</p>
        <div class="scroll" role="region" aria-label="Tasks" tabindex="0"><table class="task" role="table">
        <thead><tr><th scope="col">Task</th><th scope="col">Recommendation</th>\
        <th scope="col">Champion</th><th scope="col" class="n">Labels known<br/>\
        last \(TaskSummary.weeksShown) weeks</th>\
        <th scope="col">Main metric</th><th scope="col" class="n">Latest week</th></tr></thead>
        <tbody>
        \(HTML(sorted.map(row)))
        </tbody></table></div>
        \(parts > 1 ? turning : HTML.empty)
        """
    }

    private func row(_ summary: TaskSummary) -> HTML {
        let place = TaskPlace(summary.task, asOf: asOf)
        return """
            <tr role="row"><th scope="row" role="rowheader"><a class="name" href="\(place.address(.metric).text)">\
            <bdi>\(summary.task.name)</bdi></a><br/><span class="soft small">\
            \(summary.task.kind.rawValue)\(summary.isReplay ? ", created later: replayed" : "")</span></th>
            <td role="cell">\(verdict(summary, place))</td>
            <td role="cell" data-name="Champion">\(champion(summary))</td>
            <td role="cell" class="n" data-name="Labels known, \(TaskSummary.weeksShown) weeks">\
            \(coverage(summary))</td>
            <td role="cell" data-name="Main metric">\(sparkline(summary))</td>
            <td role="cell" class="n" data-name="Latest week">\(latest(summary))</td></tr>
            """
    }

    private func verdict(_ summary: TaskSummary, _ place: TaskPlace) -> HTML {
        let address = place.address(.recommendation).text
        guard let given = summary.recommendation else {
            return "<a class=\"small\" href=\"\(address)\">Ask now</a>"
        }
        let day = String(given.asOf.iso8601.prefix(10))
        return """
            <a href="\(address)">\(given.verdict.badge.html)</a><br/>\
            <span class="soft small">\(summary.holdsOnlyHistory ? "history, " : "")as of \(day)</span>
            """
    }

    private func champion(_ summary: TaskSummary) -> HTML {
        if let champion = summary.champion { return "<bdi>\(champion)</bdi>" }
        return summary.models.isEmpty
            ? "<span class=\"soft small\">no predictions yet</span>"
            : "<span class=\"soft small\">none named</span>"
    }

    private func coverage(_ summary: TaskSummary) -> HTML {
        guard let coverage = summary.coverage else { return "\(NumberText.none)" }
        return "<span data-value=\"\(coverage.description)\">\(NumberText.percent(coverage))</span>"
    }

    private func sparkline(_ summary: TaskSummary) -> HTML {
        guard !summary.weeks.isEmpty else { return "\(NumberText.none)" }
        let name = MetricNames.title(summary.metric)
        let values = summary.weeks.map { $0.metrics.first?.estimate.value }
        let known = values.compactMap(\.self)
        let range =
            known.min().flatMap { low in
                known.max().map {
                    ", from \(NumberText.number(low)) to \(NumberText.number($0))"
                }
            } ?? ""
        return Sparkline(
            values: values,
            youngFrom: summary.weeks.firstIndex { !$0.isMature },
            description: "\(name) by week\(range)"
        ).svg
    }

    private func latest(_ summary: TaskSummary) -> HTML {
        let known = summary.weeks.last { $0.metrics.first?.estimate.value != nil }
        guard let week = known, let value = week.metrics.first?.estimate.value else {
            return "\(NumberText.none)"
        }
        let young: HTML = week.isMature ? "" : "<br/><span class=\"in\">young</span>"
        return """
            <span data-value="\(value.description)">\(NumberText.number(value))</span> \
            <span class="in">\(MetricNames.title(summary.metric))</span>\(young)
            """
    }

    private var turning: HTML {
        func link(_ text: String, _ number: Int) -> HTML {
            guard (1...parts).contains(number) else { return .empty }
            let address = PageAddress([""]).with("page", "\(number)").with("as_of", asOf?.iso8601)
            return "<a href=\"\(address.text)\">\(text)</a>"
        }
        return """
            <nav class="files" aria-label="More tasks">\(link("Previous", part - 1)) \
            <span>Page \(part) of \(parts)</span> \(link("Next", part + 1))</nav>
            """
    }
}
