import Contract
import Dashboard
import Evaluation
import Harness
import Store

/// What is known of a task's labels.
struct LabelsRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> LabelsPage {
        let task = try await backend.task(call)
        let asOf = try call.query.filled.moment("as_of").instant(in: task)
        let report = try await LabelStatus(pool: backend.readers, task: task, asOf: asOf).run()
        let rejected = report.predictionUploads.rejected + report.labelUploads.rejected
        return LabelsPage(
            place: TaskPlace(report.task, asOf: asOf, replay: report.replay),
            report: report,
            rejected: asOf == nil ? rejected : nil
        )
    }
}
