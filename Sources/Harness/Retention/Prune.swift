package import Evaluation
package import Postgres
import Store

/// Lets go of the rows that a task keeps no longer, and removes from the disk what any task has let go of before.
package struct Prune: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let isDryRun: Bool
    package let author: String

    package init(
        pool: PostgresPool,
        task: PredictionTask,
        isDryRun: Bool = false,
        author: String = Author.commandLine
    ) {
        self.pool = pool
        self.task = task
        self.isDryRun = isDryRun
        self.author = author
    }

    /// - Returns: What was let go of, as of which instant, and how many rows were removed.
    /// - Throws: `PostgresError`.
    package func run() async throws -> (
        report: ReleaseReport, asOf: Instant, removed: Int64
    ) {
        let now = try await pool.withConnection { try await $0.now() }
        let report = try await ReleaseRows(pool: pool, task: task, author: author)
            .run(now: now, isDryRun: isDryRun)
        let removed = isDryRun ? 0 : try await RemoveRows(pool: pool).run(now: now)
        return (report, now, removed)
    }
}
