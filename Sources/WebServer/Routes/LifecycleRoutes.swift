import Contract
import Evaluation
import Harness
import HTTPTypes
import Presentation

/// Other names for tasks and models, and the end of tasks.
struct LifecycleRoutes: Sendable {
    let backend: Backend

    var routes: [Route] {
        [
            Route(
                .put,
                "/v1/tasks/{task}/models/{model}/name",
                .scope(.admin),
                LifecycleDocumentation.renameModel
            ) { try await renameModel($0) },
            Route(
                .put,
                "/v1/tasks/{task}/name",
                .scope(.admin),
                LifecycleDocumentation.renameTask
            ) { try await renameTask($0) },
            Route(
                .delete,
                "/v1/tasks/{task}",
                .scope(.admin),
                LifecycleDocumentation.deleteTask
            ) { try await deleteTask($0) },
        ]
    }

    private func renameModel(_ call: Call) async throws -> Answer {
        let name = try await newName(call)
        let task = try await backend.task(call)
        try await RenameModel(pool: backend.writers, task: task, author: call.identity.author)
            .run(call.name("model"), to: name)
        return Answer(
            ModelListResult(
                task: task,
                models: try await ListModels(pool: backend.writers, task: task).run()
            ),
            for: call
        )
    }

    private func renameTask(_ call: Call) async throws -> Answer {
        let newName = try await newName(call)
        // As where a task of that name is created.
        try call.identity.require(task: newName)
        let name = try call.name("task")
        let task = try await RenameTask(
            pool: backend.writers,
            name: name,
            author: call.identity.author
        ).run(to: newName)
        forget(name)
        return Answer(TaskResult(task: task), for: call)
    }

    private func deleteTask(_ call: Call) async throws -> Answer {
        let name = try call.name("task")
        guard let confirmation = call.query.name("confirm") else {
            throw Problem(
                .invalidRequest,
                "To delete the task with everything that it has, say its name once more: confirm=\(name). "
                    + "Nothing was deleted."
            )
        }
        let removed = try await DeleteTask(
            pool: backend.writers,
            name: name,
            author: call.identity.author
        ).run(confirmedBy: confirmation)
        forget(name)
        return Answer(TaskDeletionResult(task: name, removed: removed), for: call)
    }

    private func newName(_ call: Call) async throws -> Name {
        let (json, _) = try await JSONDocument.read(call, backend.limits)
        return Name(try Members(json, allowed: ["name"]).requiredText("name"))
    }

    /// The task is not called so any more, and tokens are good for others.
    private func forget(_ name: Name) {
        backend.tasks.forget(name)
        backend.authenticator.forget()
    }
}
