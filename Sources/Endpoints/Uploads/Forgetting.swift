import Contract
import Evaluation
import Harness
package import Presentation

extension Endpoint where Answer == ForgettingResult {
    /// Deletes what was told of somebody, for good.
    ///
    /// The names come in the body, for addresses are logged.
    package static var forgetting: Endpoint<ForgettingResult> {
        Endpoint(.post, ofTask: "/forgettings", .admin, turn: .change) { asked in
            let members = try asked.members(["prediction_ids", "entities", "confirm", "dry_run"])
            let subjects = ForgetRequests.Subjects(
                predictionIDs: try members.texts("prediction_ids") ?? [],
                entities: try members.texts("entities") ?? []
            )
            let isDryRun = try members.flag("dry_run") ?? false
            let confirmation = try members.text("confirm").map { Name($0) }
            guard isDryRun || confirmation != nil else {
                throw ParameterFault(
                    .impossible,
                    """
                    What is forgotten cannot be had back: say the name of the task once more in \
                    \(setting: "confirm"), or try it with \(setting: "dry_run"). Nothing was deleted.
                    """
                )
            }
            return { _ in (subjects: subjects, confirmation: confirmation, isDryRun: isDryRun) }
        } answer: { desk, task, deed in
            ForgettingResult(
                report: try await ForgetRequests(
                    pool: desk.writers,
                    task: task,
                    author: desk.author
                ).run(
                    deed.subjects,
                    confirmedBy: deed.confirmation ?? .empty,
                    isDryRun: deed.isDryRun
                )
            )
        }
    }
}
