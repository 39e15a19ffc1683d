import Contract
import Dashboard
import Evaluation
import Harness

/// The requests on which a champion and a shadow are farthest apart.
struct PairsRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> PairsPage {
        let task = try await backend.task(call)
        let asked = call.query.filled
        let limit = try asked.integer("limit", in: 1...PairsPage.mostRows)
        var query = try PairQuery.asking(asked)(task)
        query.limit = limit ?? PairsPage.usualRows
        let outline = try await OutlineTask(
            pool: backend.readers,
            task: task,
            asOf: query.asOf
        ).run()
        var page = PairsPage(
            place: TaskPlace(task, asOf: query.asOf, replay: outline.replay),
            outline: outline,
            asked: asked.without("as_of"),
            pairs: nil
        )
        // Of several shadows a page shows one, and lets its reader choose another.
        query.shadow = query.shadow ?? outline.shadows.first { $0 != query.champion }
        guard outline.extent != nil, query.champion != nil || outline.champion != nil,
            query.shadow != nil
        else { return page }
        page.pairs = try await ListPairs(pool: backend.readers, task: task, query: query).run()
        return page
    }
}
