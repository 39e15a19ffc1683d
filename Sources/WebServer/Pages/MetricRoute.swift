import Contract
import Dashboard
import Evaluation
import Harness
import Presentation

/// A task's metric over time.
struct MetricRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> MetricPage {
        let task = try await backend.task(call)
        let query = call.query.filled
        var window = try AnswerRoutes.window(query, task)
        let outline = try await OutlineTask(
            pool: backend.readers,
            task: task,
            asOf: window.asOf
        ).run()
        var choice = MetricPage.Choice(
            metric: try Self.metric(query, task),
            period: try query.choice("by") ?? MetricPage.period(for: shown(window, outline.extent))
        )
        choice.model = query["model"]
        choice.slice = query["slice"]
        choice.from = query["from"]
        choice.to = query["to"]
        choice.isExact = window.isExact
        var page = MetricPage(
            place: TaskPlace(task, asOf: window.asOf, replay: outline.replay),
            outline: outline,
            choice: choice,
            report: nil,
            whole: nil
        )
        guard let extent = outline.extent else { return page }
        if choice.period == .day { try bound(&window, extent, task) }
        window.period = .all
        page.whole = try await MakeReport(pool: backend.readers, task: task, query: window).run()
        window.period = choice.period
        window.metrics = [choice.metric]
        page.report = try await MakeReport(pool: backend.readers, task: task, query: window).run()
        return page
    }

    static func metric(_ query: Query, _ task: PredictionTask) throws -> String {
        try query.value("metric") { try MetricNames.chosen([$0], kind: task.kind)[0] }
            ?? task.mainMetric
    }

    private func shown(
        _ window: ReportQuery,
        _ extent: ClosedRange<Instant>?
    ) -> ClosedRange<Instant>? {
        guard let extent else { return nil }
        let from = window.from ?? extent.lowerBound
        return from...max(from, window.to ?? extent.upperBound)
    }

    /// Keeps the last days where there are more than a drawing can hold.
    private func bound(
        _ window: inout ReportQuery,
        _ extent: ClosedRange<Instant>,
        _ task: PredictionTask
    ) throws {
        let buckets = try task.timeBuckets()
        let last = buckets.localDay(of: min(window.to ?? extent.upperBound, extent.upperBound))
        let first = Instant(
            seconds: buckets.startOfDay(last - Int32(MetricPage.mostWindows))
        )
        window.from = max(window.from ?? extent.lowerBound, first)
    }
}
