import Contract
import Evaluation
import Harness
import HTTPTypes
import HummingbirdCore
import Presentation

/// Tasks, their settings, their models and the roles of these.
struct TaskRoutes: Sendable {
    let backend: Backend

    var routes: [Route] {
        [
            Route(.get, "/v1/tasks", .scope(.read), TaskDocumentation.list) { try await list($0) },
            Route(.post, "/v1/tasks", .scope(.admin), TaskDocumentation.create) {
                try await create($0)
            },
            Route(.get, "/v1/tasks/{task}", .scope(.read), TaskDocumentation.show) {
                Answer(TaskResult(task: try await backend.task($0)), for: $0)
            },
            Route(.patch, "/v1/tasks/{task}", .scope(.admin), TaskDocumentation.change) {
                try await change($0)
            },
            Route(.get, "/v1/tasks/{task}/models", .scope(.read), TaskDocumentation.models) {
                try await models($0)
            },
            Route(
                .put,
                "/v1/tasks/{task}/models/{model}/role",
                .scope(.admin),
                TaskDocumentation.role
            ) { try await setRole($0) },
        ]
    }

    private func list(_ call: Call) async throws -> Answer {
        let tasks = try await FindTasks(pool: backend.readers).all()
        return Answer(
            TaskListResult(
                tasks: tasks.filter { call.identity.tasks?.contains($0.name) ?? true }
            ),
            for: call
        )
    }

    private func create(_ call: Call) async throws -> Answer {
        let (json, digest) = try await document(call)
        let task = try TaskChange(json, isNew: true).newTask()
        return try await backend.idempotentAnswers.answer(call, about: task.name, body: digest) {
            try call.identity.require(task: task.name)
            let created = try await CreateTask(
                pool: backend.writers,
                task: task,
                author: call.identity.author
            ).run()
            var answer = Answer(
                TaskResult(task: created, isNew: true),
                for: call,
                status: .created
            )
            answer.headers[.location] = "/v1/tasks/\(PercentEncoding.encoded(created.name.text))"
            return answer
        }
    }

    private func change(_ call: Call) async throws -> Answer {
        let (json, _) = try await document(call)
        let change = try TaskChange(json, isNew: false)
        let name = try call.name("task")
        let task = try await ChangeTask(
            pool: backend.writers,
            name: name,
            author: call.identity.author
        ).run { try change.apply(to: &$0) }
        backend.tasks.forget(name)
        return Answer(TaskResult(task: task), for: call)
    }

    private func models(_ call: Call) async throws -> Answer {
        let task = try await backend.task(call)
        return Answer(
            ModelListResult(
                task: task,
                models: try await ListModels(pool: backend.readers, task: task).run()
            ),
            for: call
        )
    }

    private func setRole(_ call: Call) async throws -> Answer {
        let (json, _) = try await document(call)
        let task = try await backend.task(call)
        let members = try Members(json, allowed: ["role", "from"])
        let roleName = try members.requiredText("role")
        guard let role = ModelRole(rawValue: roleName) else {
            throw Problem(
                .invalidRequest,
                "role \"\(roleName)\" is none of: "
                    + ModelRole.allCases.map(\.rawValue).joined(separator: ", ") + "."
            )
        }
        let from = try members.text("from").map { try Moment($0).instant(in: task) }
        try await SetRole(pool: backend.writers, task: task, author: call.identity.author).run(
            model: try call.name("model"),
            role: role,
            from: from
        )
        return Answer(
            ModelListResult(
                task: task,
                models: try await ListModels(pool: backend.writers, task: task).run()
            ),
            for: call
        )
    }

    /// Reads a body that is one JSON value.
    private func document(_ call: Call) async throws -> (JSONValue, digest: [UInt8]) {
        try await JSONDocument.read(call, backend.limits)
    }
}
