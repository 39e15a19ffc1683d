import Contract
package import Evaluation
package import Postgres
import Store

/// Keeps a recommendation as it was given.
package struct KeepRecommendation: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask

    package init(pool: PostgresPool, task: PredictionTask) {
        self.pool = pool
        self.task = task
    }

    /// Keeps an answer as it is given in JSON.
    ///
    /// - Returns: When the same question was answered in other bytes, if it was.
    /// - Throws: `PostgresError`.
    package func run(
        _ answer: RecommendationAnswer,
        query: RecommendationQuery
    ) async throws -> Instant? {
        try await run(
            RecommendationRecord(answer, query: query, answer: answer.recommendation.json.text)
        )
    }

    /// - Returns: When another answer was given to the same question, if there was one. Of a replay every answer is
    ///   kept, since settings and roles are those of the moment of asking.
    package func run(_ record: RecommendationRecord) async throws -> Instant? {
        try await pool.withConnection { connection in
            let outcome = try await RecommendationStore(connection).record(record, of: task)
            guard case .differs(let stored) = outcome else { return nil }
            return stored.askedAt
        }
    }
}

/// The recommendations that were given, and what happened after each.
package struct RecommendationHistory: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let limit: Int

    package init(pool: PostgresPool, task: PredictionTask, limit: Int) {
        self.pool = pool
        self.task = task
        self.limit = limit
    }

    /// - Returns: The newest first.
    package func run() async throws -> [PastRecommendation] {
        try await Question(pool: pool, task: task).answer { connection, view in
            let task = view.task
            let ledger = CohortStore(connection, task: task)
            let standing = try await ledger.standing(asOf: view.present)
            let records = try await RecommendationStore(connection).history(of: task, limit: limit)
            var builder = AftermathBuilder(
                view: view,
                cohorts: try await ledger.cohorts(
                    .inForce(
                        present: .distantFuture,
                        toldBy: standing.inForceSince,
                        asOf: .distantFuture
                    ),
                    whole: []
                ),
                roles: try await RoleStore(connection).history(of: task),
                acknowledgements: try await AcknowledgementStore(connection)
                    .all(of: task, asOf: view.present)
            )
            return records.map { record in
                PastRecommendation(record: record, after: builder.aftermath(of: record))
            }
        }
    }
}
