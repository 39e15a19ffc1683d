package import Evaluation
package import Postgres
import Store

/// What is to be known of a task at a glance.
package struct TaskSummary: Sendable {
    package var task: PredictionTask
    package var champion: Name?
    package var models: [Name]
    /// The task's main metric.
    package var metric: String
    /// The champion's last weeks with predictions, with the main metric alone.
    package var weeks: [WindowReport]
    /// The newest recommendation that was kept.
    package var recommendation: GivenVerdict?

    package init(task: PredictionTask, models: [Name] = [], champion: Name? = nil) {
        self.task = task
        self.models = models
        self.champion = champion
        metric = task.mainMetric
        weeks = []
    }

    /// The share of the champion's predictions of these weeks whose label is known.
    package var coverage: Double? {
        let predictions = weeks.reduce(0) { $0 + $1.predictions }
        guard predictions > 0 else { return nil }
        return Double(weeks.reduce(0) { $0 + $1.labelled }) / Double(predictions)
    }
}

/// A verdict that was given, and the instant that it was about.
package struct GivenVerdict: Sendable, Equatable {
    package var verdict: RecommendationVerdict
    package var model: Name
    package var asOf: Instant
    package var isReplay: Bool

    package init?(_ record: RecommendationRecord) {
        guard let verdict = RecommendationVerdict(rawValue: record.verdict) else { return nil }
        self.verdict = verdict
        model = record.model
        asOf = record.asOf
        isReplay = record.isReplay
    }
}

extension PredictionTask {
    /// The metric that decisions about the task rest on.
    package var mainMetric: String {
        ComparisonMetric.all(for: kind).first?.name ?? "brier_score"
    }
}

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

    package static let weeks = 26

    package func run() async throws -> TaskSummary {
        let outline = try await OutlineTask(pool: pool, task: task, asOf: asOf).run()
        var summary = TaskSummary(
            task: task,
            models: outline.models.map(\.name),
            champion: outline.champion
        )
        summary.recommendation = outline.recommendations.first
        guard let model = outline.champion, let end = outline.extent?.upperBound else {
            return summary
        }
        let newest = asOf.map { min($0, end) } ?? end
        let buckets = try task.timeBuckets()
        let day = buckets.localDay(of: newest) - Int32(7 * Self.weeks - 1)
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
