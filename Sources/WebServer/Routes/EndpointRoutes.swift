import Contract
import Dashboard
import Endpoints
import Evaluation
import Harness
import HTTPTypes
import Presentation

/// What commands and HTTP ask alike.
struct EndpointRoutes: Sendable {
    let backend: Backend

    var routes: [Route] { tasks + models + uploads + answers + decisions + upkeep + tokens }

    private var tasks: [Route] {
        [
            Route(.tasks, TaskDocumentation.list, backend),
            newTask,
            Route(.task, TaskDocumentation.show, backend),
            Route(
                .taskChange,
                TaskDocumentation.change,
                backend,
                finish: { _, call, _ in backend.forgetTask(of: call) }
            ),
            Route(
                .taskDeletion,
                LifecycleDocumentation.deleteTask,
                backend,
                finish: { _, call, _ in
                    backend.forgetTask(of: call)
                    backend.authenticator.forget()
                }
            ),
            Route(
                .taskRename,
                LifecycleDocumentation.renameTask,
                backend,
                // As where a task of that name is created.
                check: { call, asked in try call.identity.require(task: asked.newName) },
                finish: { _, call, _ in
                    backend.forgetTask(of: call)
                    backend.authenticator.forget()
                }
            ),
        ]
    }

    /// A task is created once for one Idempotency-Key.
    private var newTask: Route {
        let endpoint = Endpoint<TaskResult>.newTask
        return Route(.post, endpoint.path, .scope(endpoint.scope), TaskDocumentation.create) {
            call in
            let (body, digest) = try await JSONDocument.read(call, backend.limits)
            let name = try TaskChange(body, isNew: true).newTask().name
            let work = try endpoint.read(Asked(body: body))
            return try await backend.idempotentAnswers.answer(call, about: name, body: digest) {
                try call.identity.require(task: name)
                let created = try await work(backend.desk(call))
                var answer = Answer(created, for: call, status: .created)
                answer.headers[.location] =
                    "/v1/tasks/\(PercentEncoding.encoded(created.task.name.text))"
                return answer
            }
        }
    }

    private var models: [Route] {
        [
            Route(.models, TaskDocumentation.models, backend),
            Route(.modelRole, TaskDocumentation.role, backend),
            Route(.modelRename, LifecycleDocumentation.renameModel, backend),
        ]
    }

    private var uploads: [Route] {
        [
            Route(.upload, WithdrawalDocumentation.upload, backend),
            Route(.withdrawal, WithdrawalDocumentation.withdraw, backend),
            Route(.forgetting, ForgettingDocumentation.forget, backend),
            Route(.restatement, LedgerDocumentation.restate, backend),
        ]
    }

    private var answers: [Route] {
        [
            Route(.report, AnswerDocumentation.report, backend),
            Route(
                .calibration,
                AnswerDocumentation.calibration,
                backend,
                finish: { result, call, answer in
                    guard call.form == .svg else { return }
                    answer = Answer(
                        drawing: ReliabilityFigure(report: result.report, slice: result.slice).svg,
                        contentType: "image/svg+xml"
                    )
                }
            ),
            Route(.labelStatus, AnswerDocumentation.labelStatus, backend),
            Route(.verification, AnswerDocumentation.verification, backend),
        ]
    }

    private var decisions: [Route] {
        [
            Route(.comparison, DecisionDocumentation.comparison, backend),
            Route(.pairs, PairDocumentation.pairs, backend),
            Route(.recommendation, DecisionDocumentation.recommendation, backend),
            Route(.recommendationWalk, DecisionDocumentation.walk, backend),
            Route(.recommendations, DecisionDocumentation.history, backend),
            Route(
                .acknowledgement,
                DecisionDocumentation.acknowledge,
                backend,
                failure: { error, call in
                    // A command line elsewhere ends as one here does.
                    guard error is HarnessError, !call.form.isOutput else { return error }
                    return Problem.ofBody(error)
                }
            ),
            Route(.recalibration, DecisionDocumentation.recalibration, backend),
        ]
    }

    private var upkeep: [Route] {
        [
            Route(.maturing, DecisionDocumentation.maturing, backend),
            Route(.pruning, DecisionDocumentation.pruning, backend),
        ]
    }

    private var tokens: [Route] {
        [
            Route(
                .tokens,
                AccessDocumentation.list,
                backend,
                check: { call, _ in try call.identity.requireAllTasks() }
            ),
            Route(
                .newToken,
                AccessDocumentation.create,
                backend,
                status: .created,
                check: { call, _ in try call.identity.requireAllTasks() },
                finish: { _, _, answer in answer.headers[.cacheControl] = "no-store" }
            ),
            Route(
                .tokenRevocation,
                AccessDocumentation.revoke,
                backend,
                check: { call, _ in try call.identity.requireAllTasks() },
                finish: { result, call, answer in
                    backend.authenticator.forget()
                    if case .json = call.form, let token = result.tokens.first {
                        answer = Answer(json: token.json)
                    }
                }
            ),
        ]
    }
}
