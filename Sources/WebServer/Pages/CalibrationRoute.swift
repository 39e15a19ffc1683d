import Contract
import Dashboard
import Evaluation
import Harness

/// A task's reliability diagram.
struct CalibrationRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> CalibrationPage {
        let task = try await backend.task(call)
        let asked = call.query.filled
        let query = try CalibrationQuery.asking(asked)(task)
        let outline = try await OutlineTask(
            pool: backend.readers,
            task: task,
            asOf: query.report.asOf
        ).run()
        var choice = MetricPage.Choice(metric: task.mainMetric, period: .all)
        choice.model = query.report.model
        choice.slice = asked["slice"]
        choice.from = asked["from"]
        choice.to = asked["to"]
        choice.isExact = query.report.isExact
        var page = CalibrationPage(
            place: TaskPlace(task, asOf: query.report.asOf, replay: outline.replay),
            outline: outline,
            choice: choice,
            bins: query.bins,
            report: nil
        )
        guard task.kind.has(.calibration), outline.extent != nil,
            outline.champion != nil || query.report.model != nil
        else { return page }
        do {
            page.report = try await ReportCalibration(
                pool: backend.readers,
                task: task,
                query: query
            ).run()
        } catch HarnessError.noPredictions, HarnessError.noPredictionsThen {
            // Nothing in this interval: the page says so.
        }
        return page
    }
}
