import Contract
import Dashboard
import Evaluation
import Harness
import Presentation

/// A task's reliability diagram.
struct CalibrationRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> CalibrationPage {
        let task = try await backend.task(call)
        let query = call.query.filled
        let window = try AnswerRoutes.window(query, task)
        let bins = try query.integer("bins", in: 2...60) ?? 10
        guard CalibrationPage.binCounts.contains(bins) else {
            let all = CalibrationPage.binCounts.map(String.init).joined(separator: ", ")
            throw Problem(.invalidRequest, "bins=\(bins) is none of: \(all).")
        }
        let outline = try await OutlineTask(
            pool: backend.readers,
            task: task,
            asOf: window.asOf
        ).run()
        var choice = MetricPage.Choice(metric: task.mainMetric, period: .all)
        choice.model = query.name("model")
        choice.slice = query["slice"]
        choice.from = query["from"]
        choice.to = query["to"]
        choice.isExact = window.isExact
        var page = CalibrationPage(
            place: TaskPlace(task, asOf: window.asOf),
            outline: outline,
            choice: choice,
            bins: bins,
            report: nil
        )
        guard task.kind == .binary, outline.extent != nil,
            outline.champion != nil || window.model != nil
        else { return page }
        do {
            page.report = try await ReportCalibration(
                pool: backend.readers,
                task: task,
                query: window,
                binCount: bins
            ).run()
        } catch HarnessError.noPredictions {
            // Nothing in this interval: the page says so.
        }
        return page
    }
}
