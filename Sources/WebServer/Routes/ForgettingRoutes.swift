import Evaluation
import Harness
import HTTPTypes
import Presentation

/// Forgetting: the names come in the body, for addresses are logged.
struct ForgettingRoutes: Sendable {
    let backend: Backend

    var routes: [Route] {
        [
            Route(
                .post,
                "/v1/tasks/{task}/forgettings",
                .scope(.admin),
                ForgettingDocumentation.forget
            ) { try await forget($0) }
        ]
    }

    private func forget(_ call: Call) async throws -> Answer {
        let (json, _) = try await JSONDocument.read(call, backend.limits)
        let members = try Members(
            json,
            allowed: ["prediction_ids", "entities", "confirm", "dry_run"]
        )
        let subjects = ForgetRequests.Subjects(
            predictionIDs: try members.texts("prediction_ids") ?? [],
            entities: try members.texts("entities") ?? []
        )
        let isDryRun = try members.flag("dry_run") ?? false
        let confirmation = try members.text("confirm")
        guard isDryRun || confirmation != nil else {
            throw Problem(
                .invalidRequest,
                "What is forgotten cannot be had back: say the name of the task once more in confirm, or try it "
                    + "with dry_run. Nothing was deleted."
            )
        }
        return try await backend.uploads.pass {
            let forgetting = ForgetRequests(
                pool: backend.writers,
                task: try await backend.task(call),
                author: call.identity.author
            )
            let report = try await forgetting.run(
                subjects,
                confirmedBy: Name(confirmation ?? ""),
                isDryRun: isDryRun
            )
            return Answer(ForgettingResult(report: report), for: call)
        }
    }
}
