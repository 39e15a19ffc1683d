package import Evaluation
package import Postgres
import Store

/// Lets go of the rows that a task keeps no longer (its retention), a table partition at a time.
///
/// Its cells and cohorts stay, so that numbers over all time stay what they are. A partition goes when all of its
/// time has been kept for the retention, and all of its cohorts have matured and are frozen.
package struct ReleaseRows: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let author: String

    package init(
        pool: PostgresPool,
        task: PredictionTask,
        author: String = Author.commandLine
    ) {
        self.pool = pool
        self.task = task
        self.author = author
    }

    /// - Parameters:
    ///   - now: The instant at which the retention is judged.
    ///   - isDryRun: Tell what would be let go of, and let nothing go.
    /// - Returns: What was let go of.
    /// - Throws: `PostgresError`.
    @discardableResult
    package func run(now: Instant, isDryRun: Bool = false) async throws -> ReleaseReport {
        var report = ReleaseReport(task: task.name, retentionSeconds: task.retentionSeconds)
        let parts = try await pool.withConnection { connection in
            report.rowsFrom = try await ReleaseStore(connection, task: task).released()?.rowsFrom
            return try await FactStore(connection, task: task).parts()
        }
        let buckets = try task.timeBuckets()
        let past = parts.keys.sorted().filter {
            task.isPastRetention(Partition(number: $0), at: now, buckets)
        }
        guard !past.isEmpty else { return report }
        if !isDryRun {
            // What pairs are not kept by then can never be had again.
            try await KeepPairs(pool: pool, task: task).keepChampion(asOf: now)
            try await MatureCohorts(pool: pool, task: task).run(present: now)
        }
        for part in past {
            if !isDryRun, try await !release(part, now: now) { break }
            report.partitions += 1
            report.rows += parts[part] ?? 0
            report.rowsFrom = Partition(number: part).interval.upperBound
        }
        return report
    }

    /// - Returns: Whether it was released; not where a cohort of it is still to be frozen, as after a backfill, or
    ///   where another process was faster.
    private func release(_ part: Int32, now: Instant) async throws -> Bool {
        let end = Partition(number: part).interval.upperBound
        let buckets = try task.timeBuckets()
        return try await pool.withTransaction { connection in
            let instant = try await Gate(connection).enter(task)
            let due = try await MatureCohorts(pool: pool, task: task).due(connection, present: now)
            guard !due.contains(where: { buckets.start(ofNumber: $0.bucket) < end }) else {
                return false
            }
            let facts = FactStore(connection, task: task)
            guard try await facts.parts()[part] != nil else { return false }
            try await facts.prepareSession()
            let dictionary = try await DictionaryStore(connection).load(task)
            try await ReleaseStore(connection, task: task)
                .release(part, dictionary: dictionary, at: instant)
            try await facts.forgetOrphans(knownBefore: end)
            try await UploadLedger(connection).forgetRejects(of: task, before: end)
            try await ChangeStore(connection).record(
                "rows.release",
                "before \(end.iso8601)",
                of: task,
                by: author
            )
            return true
        }
    }
}

extension PredictionTask {
    /// Whether the rows of a partition need not be kept any more.
    func isPastRetention(
        _ partition: Partition,
        at now: Instant,
        _ buckets: TimeBuckets
    ) -> Bool {
        guard let retentionSeconds else { return false }
        let end = partition.interval.upperBound
        let last = buckets.number(of: end.previous)
        return end.advanced(bySeconds: retentionSeconds) <= now
            && CohortBuilder.maturity(of: last, self, buckets) <= now
    }
}
