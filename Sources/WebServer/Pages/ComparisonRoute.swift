import Contract
import Dashboard
import Evaluation
import Harness
import Presentation

/// The champion against its shadows.
struct ComparisonRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> ComparisonPage {
        let task = try await backend.task(call)
        let query = call.query.filled
        let asOf = try AnswerRoutes.instant("as_of", query, task)
        let minimum = try query.value("min_gain") { text -> Double in
            guard let value = Double(text), value.isFinite, value >= 0 else {
                throw TextError("a least gain is a number from 0 on, such as 0.001.")
            }
            return value
        }
        let outline = try await OutlineTask(pool: backend.readers, task: task, asOf: asOf).run()
        var page = ComparisonPage(
            place: TaskPlace(task, asOf: asOf),
            outline: outline,
            metric: query["metric"],
            minimumGain: query["min_gain"],
            report: nil
        )
        guard outline.champion != nil, !outline.shadows.isEmpty, outline.extent != nil else {
            return page
        }
        page.report = try await CompareModels(
            pool: backend.readers,
            task: task,
            query: ComparisonQuery(
                metric: query["metric"],
                options: ComparisonOptions(minimumGain: minimum ?? 0),
                asOf: asOf
            )
        ).run()
        return page
    }
}
