package import Evaluation
package import Postgres
import Store

/// Deletes a task with everything that is its own; the audit log alone remembers it.
package struct DeleteTask: Sendable {
    package let pool: PostgresPool
    package let name: Name
    package let author: String

    package init(pool: PostgresPool, name: Name, author: String = Author.commandLine) {
        self.pool = pool
        self.name = name
        self.author = author
    }

    /// - Parameter confirmation: The name of the task once more.
    /// - Returns: How many rows went.
    /// - Throws: `StoreError.noSuchTask`; `HarnessError.notConfirmed`.
    package func run(confirmedBy confirmation: Name) async throws -> RemovedRows {
        try await pool.withTransaction { connection in
            let (task, _) = try await Gate(connection).enter(taskNamed: name)
            guard confirmation == name else {
                throw HarnessError.notConfirmed(task: name, given: confirmation)
            }
            let removed = try await TaskRemoval(connection, task: task).run()
            try await ChangeStore(connection).record(
                "task.delete",
                "\(removed.uploads) uploads, \(removed.predictions) rows of predictions, "
                    + "\(removed.labels) labels, \(removed.rejects) rejects",
                of: task,
                by: author
            )
            return removed
        }
    }
}
