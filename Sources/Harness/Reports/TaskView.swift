package import Evaluation
package import Postgres
import Store

/// What every question about a task starts from: its names, its time zone, its roles, and the present.
package struct TaskView: Sendable {
    package let task: PredictionTask
    package let dictionary: TaskDictionary
    package let buckets: TimeBuckets
    /// The names of the models that were known at `present`; the dictionary has later ones as well.
    package let models: [Name]
    package let roles: ModelRoles
    /// The instant at which maturity is judged: the as-of instant, or the gate's present.
    package let present: Instant
    /// The instant that was asked for, `nil` for now.
    package let asOf: Instant?
    /// The rows that are no longer kept.
    package let released: ReleasedRows?

    /// * `snapshot`: The present of a question that can be asked again: an instant from which all that the
    ///   connection's snapshot sees is known; `nil` for the gate's.
    /// * Throws: `HarnessError.asOfInFuture`.
    package init(
        _ connection: PostgresConnection,
        task: PredictionTask,
        asOf: Instant?,
        snapshot: Instant? = nil
    ) async throws {
        self.task = task
        self.asOf = asOf
        buckets = try task.timeBuckets()
        let now = try await Gate(connection).present(of: task)
        if let asOf {
            guard asOf <= now else { throw HarnessError.asOfInFuture(asOf.iso8601) }
        }
        present = asOf ?? snapshot ?? now
        released = try await ReleaseStore(connection, task: task).released()
        let names = DictionaryStore(connection)
        dictionary = try await names.load(task)
        let known = try await names.knownModels(of: task, asOf: present)
        models = known.map(\.name)
        roles = ModelRoles(
            models: known,
            history: try await RoleStore(connection).history(of: task, asOf: present),
            asOf: present
        )
    }

    /// Waits for the writer that is at work, before a question about the past takes its snapshot.
    ///
    /// A number as of an instant is the same for ever (rule T7), so what became known by then must have been
    /// committed. Whoever writes later knows later.
    package static func settle(
        _ task: PredictionTask,
        asOf: Instant?,
        pool: PostgresPool
    ) async throws {
        guard let asOf else { return }
        try await pool.withConnection { try await Gate($0).settle(task, asOf: asOf) }
    }

    /// The champion's name.
    ///
    /// * `named`: The model that the caller names instead.
    package func champion(named: Name? = nil) throws -> Name {
        if let named {
            try check(model: named)
            return named
        }
        guard let champion = roles.champion else {
            throw HarnessError.noChampion(task: task.name, models: models)
        }
        return champion
    }

    package func check(model: Name) throws {
        guard dictionary.modelNames.contains(model) else {
            throw HarnessError.noSuchModel(
                model,
                task: task.name,
                models: dictionary.modelNames
            )
        }
    }

    package func slice(_ slice: SliceName?) throws -> Int32 {
        guard let slice else { return TaskDictionary.allSlices }
        for (id, known) in dictionary.slices
        where known.key == slice.key && known.value == slice.value {
            return id
        }
        throw HarnessError.unknownSlice(
            key: slice.key,
            value: slice.value,
            known: dictionary.slices.values.map { Name("\($0.key)=\($0.value)") }.sorted()
        )
    }
}

/// A slice as a person names it.
package struct SliceName: Sendable, Equatable {
    package var key: Name
    package var value: Name

    package init(key: Name, value: Name) {
        self.key = key
        self.value = value
    }
}
