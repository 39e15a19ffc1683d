package import Evaluation
package import Postgres
import Store

/// Fits the map that recalibrates a model, and validates it on later days.
package struct Recalibrate: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let model: Name?
    package let method: RecalibrationMethod
    /// The days to fit on; `nil` for the older half of the last ones.
    package let interval: Window?
    package let asOf: Instant?

    package init(
        pool: PostgresPool,
        task: PredictionTask,
        model: Name? = nil,
        method: RecalibrationMethod = .platt,
        interval: Window? = nil,
        asOf: Instant? = nil
    ) {
        self.pool = pool
        self.task = task
        self.model = model
        self.method = method
        self.interval = interval
        self.asOf = asOf
    }

    /// - Throws: `HarnessError.nothingToFit` where no matured day with labels lies in the interval.
    package func run() async throws -> RecalibrationReport {
        guard task.kind == .binary else {
            throw HarnessError.unsupportedKind(task.kind.rawValue, operation: "recalibrate")
        }
        let question = DecisionQuestion(pool: pool, task: task, asOf: asOf)
        return try await question.answer { connection, view in
            let model = try view.champion(named: model)
            let cohorts = try await CohortStore(connection, task: view.task)
                .cohorts(frozenBy: view.present)
            let builder = RecalibrationBuilder(
                task: view.task,
                model: model,
                asOf: view.present,
                days: EvidenceDay.days(
                    cohorts,
                    age: view.task.horizonSeconds,
                    versions: Set(view.dictionary.versions(ofModelNamed: model)),
                    task: view.task,
                    buckets: view.buckets
                )
            )
            guard let report = builder.build(method: method, fitting: interval) else {
                throw HarnessError.nothingToFit(model: model)
            }
            return report
        }
    }
}
