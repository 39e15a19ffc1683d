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
        let asOf = try query.instant("as_of", in: task)
        let minimum = try query.number("minimum_gain", above: 0, isIncluded: true)
        let outline = try await OutlineTask(pool: backend.readers, task: task, asOf: asOf).run()
        var page = ComparisonPage(
            place: TaskPlace(task, asOf: asOf, replay: outline.replay),
            outline: outline,
            metric: query["metric"],
            minimumGain: query["minimum_gain"],
            isExact: try query.flag("exact"),
            report: nil
        )
        guard outline.champion != nil, !outline.shadows.isEmpty, outline.extent != nil else {
            return page
        }
        page.report = try await CompareModels(
            pool: backend.deciders,
            task: task,
            query: ComparisonQuery(
                metric: query["metric"],
                options: ComparisonOptions(minimumGain: minimum ?? 0),
                asOf: asOf,
                isExact: page.isExact
            )
        ).run()
        return page
    }
}
