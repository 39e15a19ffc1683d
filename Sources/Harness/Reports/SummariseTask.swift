package import Evaluation
package import Postgres
import Store

/// Looks at a task without concluding anything: cells of some weeks, and what was recommended last.
package struct SummariseTask: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let asOf: Instant?

    package init(pool: PostgresPool, task: PredictionTask, asOf: Instant? = nil) {
        self.pool = pool
        self.task = task
        self.asOf = asOf
    }

    package func run() async throws -> TaskSummary {
        let outline = try await OutlineTask(pool: pool, task: task, asOf: asOf).run()
        var summary = TaskSummary(
            task: task,
            models: outline.models.map(\.name),
            champion: outline.champion
        )
        summary.recommendation = outline.recommendations.first
        summary.holdsOnlyHistory = outline.holdsOnlyHistory
        summary.isReplay = outline.replay != nil
        guard let model = outline.champion, let end = outline.extent?.upperBound else {
            return summary
        }
        let buckets = try task.timeBuckets()
        let day = buckets.localDay(of: end) - Int32(7 * TaskSummary.weeksShown - 1)
        let query = ReportQuery(
            window: Window.always.after(Instant(seconds: buckets.startOfDay(day))),
            period: .week,
            model: model,
            asOf: asOf,
            metrics: [summary.metric]
        )
        let report = try await MakeReport(pool: pool, task: task, query: query).run()
        summary.weeks = report.models.first?.windows ?? []
        return summary
    }
}
