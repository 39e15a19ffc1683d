package import Evaluation
package import Postgres

/// Adds the deltas of many uploads into one row a cell.
package struct Folding: BackgroundWork {
    package static let name = "folding"
    package let interval: Duration
    private let pool: PostgresPool

    package init(pool: PostgresPool, pace: Duration) {
        self.pool = pool
        interval = pace
    }

    package func runOnce(now: Instant) async throws -> WorkReport {
        var report = WorkReport()
        try await report.each(try await FindTasks(pool: pool).all()) { task, report in
            if try await FoldCells(pool: pool, task: task).runIfWorthwhile() {
                report.add(1, "tasks")
            }
        }
        return report
    }
}
