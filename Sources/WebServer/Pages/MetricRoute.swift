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
        var asked = try ReportQuery.asking(query)(task)
        let outline = try await OutlineTask(
            pool: backend.readers,
            task: task,
            asOf: asked.asOf
        ).run()
        var choice = MetricPage.Choice(
            metric: try Self.metric(query, task),
            period: try query.choice("by") ?? MetricPage.period(for: shown(asked, outline.extent))
        )
        choice.model = query.name("model")
        choice.slice = query["slice"]
        choice.from = query["from"]
        choice.to = query["to"]
        choice.isExact = asked.isExact
        var page = MetricPage(
            place: TaskPlace(task, asOf: asked.asOf, replay: outline.replay),
            outline: outline,
            choice: choice,
            report: nil,
            whole: nil
        )
        guard let extent = outline.extent else { return page }
        if choice.period == .day { try bound(&asked, extent, task) }
        asked.period = .all
        page.whole = try await MakeReport(pool: backend.readers, task: task, query: asked).run()
        asked.period = choice.period
        asked.metrics = [choice.metric]
        page.report = try await MakeReport(pool: backend.readers, task: task, query: asked).run()
        return page
    }

    static func metric(_ query: Parameters, _ task: PredictionTask) throws -> String {
        try query.value("metric") { try MetricNames.chosen([$0], kind: task.kind)[0] }
            ?? task.mainMetric
    }

    private func shown(
        _ query: ReportQuery,
        _ extent: ClosedRange<Instant>?
    ) -> Window? {
        guard let extent else { return nil }
        let end = min(extent.upperBound, query.asOf ?? .distantFuture)
        return query.window.closed(by: Window(from: extent.lowerBound, upTo: end))
    }

    /// Keeps the last days where there are more than a drawing can hold.
    private func bound(
        _ query: inout ReportQuery,
        _ extent: ClosedRange<Instant>,
        _ task: PredictionTask
    ) throws {
        let buckets = try task.timeBuckets()
        let last = buckets.localDay(of: min(query.window.upperBound, extent.upperBound))
        let first = Instant(
            seconds: buckets.startOfDay(last - Int32(MetricPage.mostWindows))
        )
        query.window = query.window.after(max(extent.lowerBound, first))
    }
}
