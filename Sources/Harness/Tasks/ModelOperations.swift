package import Evaluation
package import Postgres
import Store

/// The models of a task and what they do.
package struct ListModels: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask

    package init(pool: PostgresPool, task: PredictionTask) {
        self.pool = pool
        self.task = task
    }

    package func run() async throws -> [ModelSummary] {
        try await Question(pool: pool, task: task).answer { connection, view in
            let history = try await RoleStore(connection).history(of: view.task)
            let totals = try await CellStore(connection, task: view.task, buckets: view.buckets)
                .totals(slice: TaskDictionary.allSlices, starting: .always)
            // Without the names that only withdrawn rows used.
            let dictionary = try await DictionaryStore(connection).load(view.task)
            return dictionary.modelNames.map { name in
                let versions = dictionary.versions(ofModelNamed: name)
                let counts = totals.filter { versions.contains($0.key.version) }
                    .map { ModelTotals(kind: view.task.kind, $0.value) }
                return ModelSummary(
                    name: name,
                    role: view.roles[name],
                    assumedSince: view.roles.assumedSince(name),
                    versions: versions.compactMap { dictionary.versions[$0]?.version },
                    predictions: counts.reduce(0) { $0 + $1.predictions },
                    labelled: counts.reduce(0) { $0 + $1.labelled },
                    history: history.filter { $0.model == name }
                )
            }
        }
    }
}

/// Gives a model a role, from an instant on.
package struct SetRole: Sendable {
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

    /// Gives the role; `from` is `nil` for now.
    package func run(model: Name, role: ModelRole, from: Instant?) async throws {
        try await pool.withTransaction { connection in
            let now = try await Gate(connection).enter(task)
            let models = try await DictionaryStore(connection).models(of: task)
            guard let id = models[model] else {
                throw HarnessError.noSuchModel(
                    model,
                    task: task.name,
                    models: models.keys.sorted()
                )
            }
            try await RoleStore(connection).record(
                role,
                modelID: id,
                from: from ?? now,
                recordedAt: now
            )
            try await ChangeStore(connection).record(
                "model.role",
                "\(model): \(role.rawValue) from \((from ?? now).iso8601)",
                of: task,
                by: author
            )
        }
    }
}
