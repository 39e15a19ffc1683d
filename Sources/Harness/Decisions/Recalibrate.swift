package import Evaluation
package import Postgres
import Store

/// Fits the map that recalibrates a model, and validates it on later days.
package struct Recalibrate: Sendable {
    private let kind: TaskKind
    private let question: Question
    package let query: RecalibrationQuery

    package init(
        pool: PostgresPool,
        task: PredictionTask,
        query: RecalibrationQuery = RecalibrationQuery()
    ) {
        kind = task.kind
        question = Question(pool: pool, task: task, asOf: query.asOf)
        self.query = query
    }

    /// - Throws: `HarnessError.nothingToFit` where no matured day with labels lies in the interval.
    package func run() async throws -> RecalibrationReport {
        guard kind.has(.calibration) else {
            throw HarnessError.unsupportedKind(kind, operation: "recalibrate")
        }
        return try await question.decide { connection, view in
            let model = try view.champion(named: query.model)
            let versions = Set(view.dictionary.versions(ofModelNamed: model))
            let cohorts = try await CohortStore(connection, task: view.task)
                .cohorts(view.ledgerInForce, whole: versions)
            let builder = RecalibrationBuilder(
                task: view.task,
                model: model,
                asOf: view.present,
                days: EvidenceDay.days(
                    cohorts,
                    age: view.task.horizonSeconds,
                    versions: view.dictionary.versions(ofModelNamed: model),
                    task: view.task,
                    buckets: view.buckets
                )
            )
            guard var report = builder.build(method: query.method, fitting: query.interval) else {
                throw HarnessError.nothingToFit(model: model)
            }
            report.replay = view.replay
            return report
        }
    }
}
