import Contract
import Dashboard
import Evaluation
import Harness

/// The settings of a task.
struct SettingsRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> SettingsPage {
        let task = try await backend.task(call)
        let asOf = try call.query.filled.moment("as_of").instant(in: task)
        let history = try await ShowSettings(pool: backend.readers, task: task, asOf: asOf).run()
        return SettingsPage(
            place: TaskPlace(history.task, asOf: asOf, replay: history.replay),
            history: history
        )
    }
}
