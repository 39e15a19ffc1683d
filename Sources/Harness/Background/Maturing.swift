package import Evaluation
package import Postgres

/// Freezes the cohorts whose last label is due, with the pairs of the champion.
package struct Maturing: BackgroundWork {
    package static let name = "maturing"
    package let interval: Duration
    private let pool: PostgresPool

    package init(pool: PostgresPool, pace: Duration) {
        self.pool = pool
        interval = pace
    }

    package func runOnce(now: Instant) async throws -> WorkReport {
        var report = WorkReport()
        try await report.each(try await FindTasks(pool: pool).all()) { task, report in
            // A new champion's pairs are built here, and not for the first who asks.
            try await KeepPairs(pool: pool, task: task).keepChampion(asOf: now)
            let cohorts = try await MatureCohorts(pool: pool, task: task).run(present: now)
            if cohorts > 0 {
                report.add(
                    Int64(try await KeepRefits(pool: pool, task: task).run(present: now)),
                    "refits"
                )
            }
            report.add(Int64(cohorts), "cohorts")
        }
        return report
    }
}
