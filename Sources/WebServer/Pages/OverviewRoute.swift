import Contract
import Dashboard
import Evaluation
import Harness

/// All tasks at a glance.
struct OverviewRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> Answer {
        // Dates of an overview are those of UTC, since its tasks have zones of their own.
        let asOf = try call.query.value("as_of") { try Moment($0).instant(in: .utc) }
        let number = try call.query.integer("page", in: 1...1_000_000) ?? 1
        return try await backend.questions.pass {
            let all = try await FindTasks(pool: backend.readers).all().filter { task in
                call.identity.tasks?.contains(task.name) ?? true
            }
            let size = OverviewPage.tasksAtOnce
            let known = try await self.known(all, asOf: asOf)
            var summaries: [TaskSummary] = []
            for task in known.dropFirst((number - 1) * size).prefix(size) {
                summaries.append(
                    try await SummariseTask(pool: backend.readers, task: task, asOf: asOf).run()
                )
            }
            let page = OverviewPage(
                tasks: summaries,
                asOf: asOf,
                part: number,
                parts: max(1, (known.count + size - 1) / size)
            )
            return Answer(page: page.page)
        }
    }

    /// The tasks that were there; one that was created later is, where it holds what was known then.
    private func known(
        _ tasks: [PredictionTask],
        asOf: Instant?
    ) async throws -> [PredictionTask] {
        guard asOf != nil else { return tasks }
        var known: [PredictionTask] = []
        for task in tasks {
            let outline = try await OutlineTask(pool: backend.readers, task: task, asOf: asOf).run()
            if !outline.isUnknown { known.append(task) }
        }
        return known
    }
}
