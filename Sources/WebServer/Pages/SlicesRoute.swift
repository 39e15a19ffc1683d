import Contract
import Dashboard
import Evaluation
import Harness
import Presentation

/// A task's metric by slice.
struct SlicesRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> SlicesPage {
        let task = try await backend.task(call)
        let query = call.query.filled
        var window = try ReportQuery.asking(query)(task)
        let outline = try await OutlineTask(
            pool: backend.readers,
            task: task,
            asOf: window.asOf
        ).run()
        var choice = MetricPage.Choice(
            metric: try MetricRoute.metric(query, task),
            period: .all
        )
        choice.from = query["from"]
        choice.to = query["to"]
        var page = SlicesPage(
            place: TaskPlace(task, asOf: window.asOf, replay: outline.replay),
            outline: outline,
            choice: choice,
            slices: nil,
            whole: nil
        )
        guard outline.extent != nil, !task.sliceKeys.isEmpty else { return page }
        window.metrics = [choice.metric]
        page.slices = try await ReportSlices(
            pool: backend.readers,
            task: task,
            query: window
        ).run()
        page.whole = try await MakeReport(pool: backend.readers, task: task, query: window).run()
        return page
    }
}
