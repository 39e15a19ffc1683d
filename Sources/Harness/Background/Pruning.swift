package import Evaluation
package import Postgres

/// Lets go of rows that are older than the retention of their task, and removes what was let go of before.
package struct Pruning: BackgroundWork {
    package static let name = "pruning"
    package let interval: Duration
    private let pool: PostgresPool

    /// Nobody waits for it: it rests ten times as long as what is urgent.
    package init(pool: PostgresPool, pace: Duration) {
        self.pool = pool
        interval = pace * 10
    }

    package func runOnce(now: Instant) async throws -> WorkReport {
        var report = WorkReport()
        let tasks = try await FindTasks(pool: pool).all().filter { $0.retentionSeconds != nil }
        try await report.each(tasks) { task, report in
            let operation = ReleaseRows(pool: pool, task: task, author: Author.service)
            report.add(try await operation.run(now: now).rows, "released_rows")
        }
        report.add(try await RemoveRows(pool: pool).run(now: now), "removed_rows")
        return report
    }
}
