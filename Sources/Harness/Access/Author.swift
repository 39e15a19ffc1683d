import Evaluation
import Postgres
import Store

/// Whose changes the audit log says they are.
package enum Author {
    /// Who has the database's password needs no token.
    package static let commandLine = "command line"
    /// Of a service that asks nobody for a token.
    package static let anybody = "anybody"
    /// What a service does by itself.
    package static let service = "service"
}

extension ChangeStore {
    /// Records a change of a task, in the transaction of the change.
    func record(
        _ action: String,
        _ subject: String,
        of task: PredictionTask,
        by author: String
    ) async throws {
        try await record(
            RecordedChange(
                changedAt: try await connection.now(),
                author: author,
                action: action,
                task: task.name,
                subject: subject
            )
        )
    }
}
