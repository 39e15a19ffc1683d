package import Evaluation
package import Postgres
import Store

/// Gives a model another name, as if it had always had it: for one that was mistyped.
///
/// Answers as of earlier instants have the new name as well. Recommendations stay as they were given.
package struct RenameModel: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let author: String

    package init(
        pool: PostgresPool,
        task: PredictionTask,
        author: String = Author.commandLine
    ) {
        self.pool = pool
        self.task = task
        self.author = author
    }

    /// - Parameters:
    ///   - model: The name that it has.
    ///   - newName: One that no model of the task has.
    /// - Throws: `HarnessError.noSuchModel`; `HarnessError.sameName`; `HarnessError.modelExists`;
    ///   `HarnessError.invalidSetting`.
    package func run(_ model: Name, to newName: Name) async throws {
        try newName.requireFit(as: "The model name")
        try await pool.withTransaction { connection in
            let (task, _) = try await Gate(connection).enter(taskNamed: self.task.name)
            let names = DictionaryStore(connection)
            let models = try await names.models(of: task)
            guard let id = models[model] else {
                throw HarnessError.noSuchModel(
                    model,
                    task: task.name,
                    models: models.keys.sorted()
                )
            }
            guard newName != model else { throw HarnessError.sameName(model) }
            guard models[newName] == nil else {
                throw HarnessError.modelExists(newName, task: task.name)
            }
            let before = try await names.load(task)
            try await names.rename(id, to: newName, of: task)
            try await TurnPairs(
                connection,
                task: task,
                model: id,
                before: before,
                after: try await names.load(task)
            ).run()
            let recommendations = RecommendationStore(connection)
            try await recommendations.followModel(model, to: newName, of: task)
            try await recommendations.setApart(of: task)
            try await ChangeStore(connection).record(
                "model.rename",
                "\(model) to \(newName)",
                of: task,
                by: author
            )
        }
    }
}
