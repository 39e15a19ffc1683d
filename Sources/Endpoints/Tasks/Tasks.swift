import Contract
package import Evaluation
import Harness
package import Presentation

extension Endpoint where Answer == TaskListResult {
    /// All tasks that the one who asks may see.
    package static var tasks: Endpoint<TaskListResult> {
        Endpoint(.get, "/v1/tasks", .read, turn: .none) { _ in
            { desk in
                let tasks = try await FindTasks(pool: desk.readers).all()
                return TaskListResult(
                    tasks: tasks.filter { desk.tasks?.contains($0.name) ?? true }
                )
            }
        }
    }
}

extension Endpoint where Answer == TaskResult {
    /// The settings of a task.
    package static var task: Endpoint<TaskResult> {
        Endpoint(ofTask: "", turn: .none) { _ in
            { _ in () }
        } answer: { _, task, _ in
            TaskResult(task: task)
        }
    }

    package static var newTask: Endpoint<TaskResult> {
        Endpoint(.post, "/v1/tasks", .admin, turn: .none) { asked in
            let task = try TaskChange(asked.body ?? .null, isNew: true).newTask()
            return { desk in
                TaskResult(
                    task: try await CreateTask(
                        pool: desk.writers,
                        task: task,
                        author: desk.author
                    ).run(),
                    isNew: true
                )
            }
        }
    }

    package static var taskChange: Endpoint<TaskResult> {
        Endpoint(.patch, "/v1/tasks/{task}", .admin, turn: .none) { asked in
            let change = try TaskChange(asked.body ?? .null, isNew: false)
            let name = try asked.name("task")
            return { desk in
                TaskResult(
                    task: try await ChangeTask(
                        pool: desk.writers,
                        name: name,
                        author: desk.author
                    ).run { try change.apply(to: &$0) }
                )
            }
        }
    }

    package static var taskRename: Endpoint<TaskResult> {
        Endpoint(.put, "/v1/tasks/{task}/name", .admin, turn: .none) { asked in
            let name = try asked.name("task")
            let newName = try asked.newName
            return { desk in
                TaskResult(
                    task: try await RenameTask(
                        pool: desk.writers,
                        name: name,
                        author: desk.author
                    ).run(to: newName)
                )
            }
        }
    }
}

extension Endpoint where Answer == TaskDeletionResult {
    /// Delete a task with everything that it has; `confirm` is its name once more.
    package static var taskDeletion: Endpoint<TaskDeletionResult> {
        Endpoint(.delete, "/v1/tasks/{task}", .admin, turn: .none) { asked in
            let name = try asked.name("task")
            guard let confirmation = asked.parameters.name("confirm") else {
                throw ParameterFault(
                    .unreadable,
                    """
                    To delete the task with everything that it has, say its name once more: \
                    \(setting: "confirm", given: name.text). Nothing was deleted.
                    """
                )
            }
            return { desk in
                let removed = try await DeleteTask(
                    pool: desk.writers,
                    name: name,
                    author: desk.author
                ).run(confirmedBy: confirmation)
                return TaskDeletionResult(task: name, removed: removed)
            }
        }
    }
}

extension Asked {
    /// The name that something gets.
    package var newName: Name {
        get throws { Name(try members(["name"]).requiredText("name")) }
    }
}
