import Contract
import Evaluation
import Harness
package import Presentation

extension Endpoint where Answer == ModelListResult {
    /// The models of a task and what they do.
    package static var models: Endpoint<ModelListResult> {
        Endpoint(ofTask: "/models", turn: .none) { _ in
            { _ in () }
        } answer: { desk, task, _ in
            ModelListResult(
                task: task,
                models: try await ListModels(pool: desk.readers, task: task).run()
            )
        }
    }

    /// Gives a model a role, from an instant on.
    package static var modelRole: Endpoint<ModelListResult> {
        Endpoint(.put, ofTask: "/models/{model}/role", .admin, turn: .none) { asked in
            let model = try asked.name("model")
            let members = try asked.members(["role", "from"])
            guard let role = try members.choice("role", ModelRole.self) else {
                throw ParameterFault(.unreadable, "The member \"role\" is missing.")
            }
            let from = try members.value("from", Moment.init)
            return { task in (model: model, role: role, from: try from.instant(in: task)) }
        } answer: { desk, task, change in
            try await SetRole(pool: desk.writers, task: task, author: desk.author)
                .run(model: change.model, role: change.role, from: change.from)
            return ModelListResult(
                task: task,
                models: try await ListModels(pool: desk.writers, task: task).run()
            )
        }
    }

    /// Gives a model another name, as if it had always had it.
    package static var modelRename: Endpoint<ModelListResult> {
        Endpoint(.put, ofTask: "/models/{model}/name", .admin, turn: .none) { asked in
            let model = try asked.name("model")
            let newName = try asked.newName
            return { _ in (model: model, newName: newName) }
        } answer: { desk, task, change in
            try await RenameModel(pool: desk.writers, task: task, author: desk.author)
                .run(change.model, to: change.newName)
            return ModelListResult(
                task: task,
                models: try await ListModels(pool: desk.writers, task: task).run()
            )
        }
    }
}
