import Contract
import Dashboard
import Evaluation
import Harness

/// What to do about the champion.
struct RecommendationRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> RecommendationPage {
        let task = try await backend.task(call)
        let asOf = try call.query.filled.instant("as_of", in: task)
        let outline = try await OutlineTask(pool: backend.readers, task: task, asOf: asOf).run()
        var page = RecommendationPage(
            place: TaskPlace(task, asOf: asOf, replay: outline.replay),
            outline: outline,
            answer: nil,
            history: nil
        )
        guard outline.champion != nil, outline.extent != nil else { return page }
        page.answer = try await Recommend(
            pool: backend.deciders,
            task: task,
            query: RecommendationQuery(asOf: asOf)
        ).run()
        guard asOf == nil else { return page }
        page.history = try await RecommendationHistory(
            pool: backend.readers,
            task: task,
            limit: RecommendationPage.mostEntries
        ).run()
        return page
    }
}
