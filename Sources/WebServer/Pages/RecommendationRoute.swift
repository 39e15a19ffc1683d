import Contract
import Dashboard
import Evaluation
import Harness

/// What to do about the champion.
struct RecommendationRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> RecommendationPage {
        let task = try await backend.task(call)
        let asked = call.query.filled
        let query = try RecommendationQuery.asking(asked)(task)
        let outline = try await OutlineTask(
            pool: backend.readers,
            task: task,
            asOf: query.asOf
        ).run()
        var page = RecommendationPage(
            place: TaskPlace(task, asOf: query.asOf, replay: outline.replay),
            outline: outline,
            asked: asked.without("as_of"),
            answer: nil,
            history: nil
        )
        guard outline.extent != nil, query.model != nil || outline.champion != nil else {
            return page
        }
        page.answer = try await Recommend(pool: backend.deciders, task: task, query: query).run()
        guard query.asOf == nil else { return page }
        page.history = try await RecommendationHistory(
            pool: backend.readers,
            task: task,
            limit: RecommendationPage.mostEntries
        ).run()
        return page
    }
}
