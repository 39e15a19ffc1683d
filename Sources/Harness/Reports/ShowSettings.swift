package import Evaluation
package import Postgres
import Store

/// Lists the settings of a task and what they were before, as known at an instant.
package struct ShowSettings: Sendable {
    private let question: Question

    package init(pool: PostgresPool, task: PredictionTask, asOf: Instant? = nil) {
        question = Question(pool: pool, task: task, asOf: asOf)
    }

    package func run() async throws -> SettingsHistory {
        try await question.answer { connection, view in
            SettingsHistory(
                task: view.task,
                versions: try await TaskStore(connection)
                    .versions(of: view.task, knownBy: view.present),
                asOf: view.present,
                replay: view.replay
            )
        }
    }
}
