import Contract
import Dashboard
import Evaluation
import Harness

/// The champion against its shadows.
struct ComparisonRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> ComparisonPage {
        let task = try await backend.task(call)
        let asked = call.query.filled
        let query = try ComparisonQuery.asking(asked)(task)
        let outline = try await OutlineTask(
            pool: backend.readers,
            task: task,
            asOf: query.asOf
        ).run()
        var page = ComparisonPage(
            place: TaskPlace(task, asOf: query.asOf, replay: outline.replay),
            outline: outline,
            asked: asked.without("as_of"),
            report: nil
        )
        guard outline.extent != nil, query.champion != nil || outline.champion != nil,
            !query.shadows.isEmpty || !outline.shadows.isEmpty
        else { return page }
        page.report = try await CompareModels(pool: backend.deciders, task: task, query: query)
            .run()
        return page
    }
}
