package import Evaluation
package import Postgres
import Store

/// The audit log, the newest change first.
package struct ListChanges: Sendable {
    package let pool: PostgresPool
    /// Of these tasks; `nil` for all, and for what is about no task.
    package let tasks: Set<Name>?

    package init(pool: PostgresPool, tasks: Set<Name>? = nil) {
        self.pool = pool
        self.tasks = tasks
    }

    package func run(before id: Int64? = nil, limit: Int) async throws -> [RecordedChange] {
        try await pool.withConnection {
            try await ChangeStore($0).list(
                before: id,
                tasks: tasks.map { $0.sorted() },
                limit: limit
            )
        }
    }
}
