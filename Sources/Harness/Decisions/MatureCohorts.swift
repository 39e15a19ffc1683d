package import Evaluation
package import Postgres
import Store

/// Freezes the cohorts whose last label is due, as they were known at that moment.
///
/// A cohort is frozen when a decision first looks at it, and never again: what it holds depends only on what
/// had become known when it matured, not on when somebody looks.
package struct MatureCohorts: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask

    package init(pool: PostgresPool, task: PredictionTask) {
        self.pool = pool
        self.task = task
    }

    /// * `present`: Cohorts that have matured by then are frozen.
    /// * Returns: How many were.
    @discardableResult
    package func run(present: Instant) async throws -> Int {
        let buckets = try task.timeBuckets()
        let due = try await pool.withConnection { try await dueBuckets($0, buckets, present) }
        guard !due.isEmpty else { return 0 }
        return try await pool.withTransaction { connection in
            let now = try await Gate(connection).enter(task)
            let due = try await dueBuckets(connection, buckets, present)
            guard let first = due.min(), let last = due.max() else { return 0 }
            let dictionary = try await DictionaryStore(connection).load(task)
            let facts = FactStore(connection, task: task)
            try await facts.prepareSession()
            var builder = CohortBuilder(
                task: task,
                dictionary: dictionary,
                buckets: buckets,
                wanted: due
            )
            let interval = buckets.start(ofNumber: first)..<buckets.end(ofNumber: last)
            try await FactScan(facts: facts, task: task, dictionary: dictionary).run(
                asOf: CohortBuilder.maturity(of: last, task, buckets),
                interval: interval
            ) { builder.add($0) }
            try await CohortStore(connection, task: task).freeze(builder.built, at: now)
            return due.count
        }
    }

    private func dueBuckets(
        _ connection: PostgresConnection,
        _ buckets: TimeBuckets,
        _ present: Instant
    ) async throws -> Set<Int32> {
        let frozen = try await CohortStore(connection, task: task).frozenBuckets()
        let starts = try await CellStore(connection, task: task, buckets: buckets).bucketStarts()
        return Set(
            starts.filter { !frozen.contains($0) }.map(buckets.number).filter {
                CohortBuilder.maturity(of: $0, task, buckets) <= present
            }
        )
    }
}
