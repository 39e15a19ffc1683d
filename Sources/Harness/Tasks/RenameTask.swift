package import Evaluation
package import Postgres
import Store

/// Gives a task another name.
///
/// Everything that is the task's own hangs on its number and stays. The tokens that are good for it follow.
package struct RenameTask: Sendable {
    package let pool: PostgresPool
    package let name: Name
    package let author: String

    package init(pool: PostgresPool, name: Name, author: String = Author.commandLine) {
        self.pool = pool
        self.name = name
        self.author = author
    }

    /// - Parameter newName: That no other task has.
    /// - Returns: The task as it is now.
    /// - Throws: `StoreError.noSuchTask`; `StoreError.taskExists`; `HarnessError.invalidSetting`;
    ///   `HarnessError.sameName`.
    package func run(to newName: Name) async throws -> PredictionTask {
        try newName.requireFitForTask()
        return try await pool.withTransaction { connection in
            let (task, _) = try await Gate(connection).enter(taskNamed: name)
            guard newName != name else { throw HarnessError.sameName(name) }
            try await TaskStore(connection).rename(task, to: newName)
            try await TokenStore(connection).followTask(name, to: newName)
            try await RecommendationStore(connection).setApart(of: task)
            var renamed = task
            renamed.name = newName
            try await ChangeStore(connection).record(
                "task.rename",
                "\(name) to \(newName)",
                of: renamed,
                by: author
            )
            return renamed
        }
    }
}
