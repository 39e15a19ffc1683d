package import Evaluation
package import Postgres

/// The names of models, slices and label sources, and the numbers that stand for them.
///
/// Interning writes in short transactions of its own, on a connection that holds no facts: on a distributed
/// engine a new name would otherwise hold off every other writer until the upload commits.
package struct DictionaryStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    package func load(_ task: PredictionTask) async throws -> TaskDictionary {
        var dictionary = TaskDictionary()
        for row in try await connection.query(
            """
            SELECT model_version_id, model_id, name, version
            FROM model_versions
            JOIN models USING (model_id)
            WHERE task_id = \(task.id)
            """
        ) {
            dictionary.versions[try row.int32(0)] = TaskDictionary.Version(
                model: try row.int32(1),
                modelName: try row.text(2),
                version: try row.text(3)
            )
        }
        for row in try await connection.query(
            "SELECT model_set_id, model_version_ids FROM model_sets WHERE task_id = \(task.id)"
        ) {
            dictionary.modelSets[try row.int32(0)] = try row.int32Array(1)
        }
        for row in try await connection.query(
            "SELECT slice_id, slice_key, slice_value FROM slices WHERE task_id = \(task.id)"
        ) {
            dictionary.slices[try row.int32(0)] = (key: try row.text(1), value: try row.text(2))
        }
        for row in try await connection.query(
            "SELECT slice_set_id, slice_values FROM slice_sets WHERE task_id = \(task.id)"
        ) {
            dictionary.sliceSets[try row.int32(0)] = try row.textArray(1)
        }
        for row in try await connection.query(
            "SELECT label_source_id, name FROM label_sources WHERE task_id = \(task.id)"
        ) {
            dictionary.sources[try row.int32(0)] = try row.text(1)
        }
        dictionary.linkSlices(of: task)
        return dictionary
    }

    /// The ids of a task's models by name.
    package func models(of task: PredictionTask) async throws -> [String: Int32] {
        var models: [String: Int32] = [:]
        for row in try await connection.query(
            "SELECT name, model_id FROM models WHERE task_id = \(task.id)"
        ) {
            models[try row.text(0)] = try row.int32(1)
        }
        return models
    }

    /// The names of the models that were known at an instant, in alphabetical order.
    ///
    /// Before the task was created nobody could have asked; a question about such an instant replays history,
    /// and is answered with all models.
    package func modelNames(of task: PredictionTask, asOf: Instant) async throws -> [String] {
        try await connection.query(
            """
            SELECT models.name
            FROM models
            JOIN tasks USING (task_id)
            WHERE tasks.task_id = \(task.id)
                AND (models.recorded_at <= \(asOf) OR \(asOf) < tasks.created_at)
            """
        ).map { try $0.text(0) }.sorted()
    }

    /// * `recordedAt`: The instant that the task's gate gave, kept where the name is new.
    package func internModel(
        _ name: String,
        task: PredictionTask,
        recordedAt: Instant
    ) async throws -> Int32 {
        try await intern(
            insert: """
                INSERT INTO models (task_id, name, recorded_at)
                VALUES (\(task.id), \(name), \(recordedAt))
                ON CONFLICT DO NOTHING RETURNING model_id
                """,
            select: "SELECT model_id FROM models WHERE task_id = \(task.id) AND name = \(name)"
        )
    }

    package func internVersion(
        model: String,
        version: String,
        task: PredictionTask,
        recordedAt: Instant
    ) async throws -> (version: Int32, model: Int32) {
        let modelID = try await internModel(model, task: task, recordedAt: recordedAt)
        let versionID = try await intern(
            insert: """
                INSERT INTO model_versions (model_id, version) VALUES (\(modelID), \(version))
                ON CONFLICT DO NOTHING RETURNING model_version_id
                """,
            select: """
                SELECT model_version_id FROM model_versions
                WHERE model_id = \(modelID) AND version = \(version)
                """
        )
        return (versionID, modelID)
    }

    package func internSource(_ name: String, task: PredictionTask) async throws -> Int32 {
        try await intern(
            insert: """
                INSERT INTO label_sources (task_id, name) VALUES (\(task.id), \(name))
                ON CONFLICT DO NOTHING RETURNING label_source_id
                """,
            select: """
                SELECT label_source_id FROM label_sources
                WHERE task_id = \(task.id) AND name = \(name)
                """
        )
    }

    /// Looks a name up first, as nearly all are known, and inserts it where it is new.
    private func intern(insert: SQL, select: SQL) async throws -> Int32 {
        if let row = try await connection.query(select).first { return try row.int32(0) }
        if let row = try await connection.query(insert).first { return try row.int32(0) }
        // Another session was quicker.
        return try await connection.query(select).single().int32(0)
    }
}

extension TaskDictionary {
    /// Works out which slices each slice set belongs to.
    fileprivate mutating func linkSlices(of task: PredictionTask) {
        var ids: [[String]: Int32] = [:]
        for (id, slice) in slices { ids[[slice.key, slice.value]] = id }
        for (set, values) in sliceSets {
            slicesOfSet[set] = zip(task.sliceKeys, values).compactMap { ids[[$0, $1]] }
        }
    }
}
