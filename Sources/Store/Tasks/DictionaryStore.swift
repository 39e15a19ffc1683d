package import Evaluation
package import Postgres

/// The names of models, slices and label sources, and the numbers that stand for them.
///
/// A name gets its number in a short transaction of its own, on a connection that holds no facts: on a
/// distributed engine a new name would otherwise hold off every other writer until the upload commits. Until
/// then it is reserved: no question sees it. The transaction of the first upload that uses it records it.
package struct DictionaryStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Which names are wanted.
    package enum Scope: Sendable {
        /// Those that rows use which count now.
        case counting
        /// Also those that only rows used which are withdrawn by now.
        case past
        /// Also those that no upload has used yet; for writers, never for a question.
        case reserved
    }

    /// The names that there are.
    package func load(
        _ task: PredictionTask,
        _ scope: Scope = .counting
    ) async throws -> TaskDictionary {
        let includingReserved = scope == .reserved
        let withdrawn = scope == .past ? try await withdrawnNames(of: task) : [:]
        var dictionary = TaskDictionary()
        for row in try await connection.query(
            """
            SELECT model_version_id, model_id, name, version
            FROM model_versions
            JOIN models USING (model_id)
            WHERE task_id = \(task.id)
                AND (model_versions.recorded_at IS NOT NULL OR \(includingReserved)
                    OR model_version_id = ANY(\(withdrawn["model_versions"] ?? [])))
            """
        ) {
            dictionary.versions[try row.int32(0)] = TaskDictionary.Version(
                model: try row.int32(1),
                modelName: try row.name(2),
                version: try row.name(3)
            )
        }
        for row in try await connection.query(
            "SELECT model_set_id, model_version_ids FROM model_sets WHERE task_id = \(task.id)"
        ) {
            dictionary.modelSets[try row.int32(0)] = try row.int32Array(1)
        }
        for row in try await connection.query(
            """
            SELECT slice_id, slice_key, slice_value
            FROM slices
            WHERE task_id = \(task.id)
                AND (recorded_at IS NOT NULL OR \(includingReserved)
                    OR slice_id = ANY(\(withdrawn["slices"] ?? [])))
            """
        ) {
            dictionary.slices[try row.int32(0)] = Slice(
                key: try row.name(1),
                value: try row.name(2)
            )
        }
        for row in try await connection.query(
            "SELECT slice_set_id, slice_values FROM slice_sets WHERE task_id = \(task.id)"
        ) {
            dictionary.sliceSets[try row.int32(0)] = try row.names(1)
        }
        for row in try await connection.query(
            """
            SELECT label_source_id, name
            FROM label_sources
            WHERE task_id = \(task.id)
                AND (recorded_at IS NOT NULL OR \(includingReserved)
                    OR label_source_id = ANY(\(withdrawn["label_sources"] ?? [])))
            """
        ) {
            dictionary.sources[try row.int32(0)] = try row.name(1)
        }
        dictionary.linkSlices(of: task)
        return dictionary
    }

    /// The numbers of names that rows used which were withdrawn, by the table where the names are.
    private func withdrawnNames(of task: PredictionTask) async throws -> [String: [Int32]] {
        var numbers: [String: [Int32]] = [:]
        for row in try await connection.query(
            "SELECT DISTINCT kind, number FROM withdrawn_names WHERE task_id = \(task.id)"
        ) {
            numbers[try row.text(0), default: []].append(try row.int32(1))
        }
        return numbers
    }

    /// The ids of a task's models by name.
    package func models(of task: PredictionTask) async throws -> [Name: Int32] {
        var models: [Name: Int32] = [:]
        for row in try await connection.query(
            """
            SELECT name, model_id
            FROM models
            WHERE task_id = \(task.id) AND recorded_at IS NOT NULL
            """
        ) {
            models[try row.name(0)] = try row.int32(1)
        }
        return models
    }

    /// The models that were known at an instant, in the order of the bytes of their names.
    ///
    /// Before the task was created nobody could have asked; a question about such an instant replays history,
    /// and is answered with all models.
    package func knownModels(of task: PredictionTask, asOf: Instant) async throws -> [KnownModel] {
        try await connection.query(
            """
            SELECT models.name, min(known.recorded_at) AS recorded_at
            FROM models
            JOIN tasks USING (task_id)
            JOIN (\(Self.spans(of: "models", "model_id", task))) AS known
                ON known.number = models.model_id
            WHERE tasks.task_id = \(task.id) AND \(Self.isKnown(asOf))
            GROUP BY models.name
            """
        ).map(Self.decodeModel).sorted { $0.name < $1.name }
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodeModel(_ row: PostgresRow) throws -> KnownModel {
        KnownModel(name: try row.name("name"), since: try row.instant("recorded_at"))
    }

    /// The slices that were known at an instant.
    ///
    /// Before the task was created all are, as all models are.
    package func slices(of task: PredictionTask, asOf: Instant) async throws -> Set<Int32> {
        Set(
            try await connection.query(
                """
                SELECT known.number
                FROM tasks
                CROSS JOIN (\(Self.spans(of: "slices", "slice_id", task))) AS known
                WHERE tasks.task_id = \(task.id) AND \(Self.isKnown(asOf))
                """
            ).map { try $0.int32(0) }
        )
    }

    /// From when, and up to when, the names of a table were known: those without rows any more up to a withdrawal.
    private static func spans(of table: SQL, _ column: SQL, _ task: PredictionTask) -> SQL {
        """
        SELECT \(column) AS number, recorded_at, NULL::timestamptz AS withdrawn_at
        FROM \(table)
        WHERE task_id = \(task.id) AND recorded_at IS NOT NULL
        UNION ALL
        SELECT number, recorded_at, withdrawn_at
        FROM withdrawn_names
        WHERE task_id = \(task.id) AND kind = '\(table)'
        """
    }

    /// The condition that a name was known at an instant; before its task was created all are that are now.
    private static func isKnown(_ asOf: Instant) -> SQL {
        """
        ((known.recorded_at <= \(asOf)
                AND (known.withdrawn_at IS NULL OR known.withdrawn_at > \(asOf)))
            OR (\(asOf) < tasks.created_at AND known.withdrawn_at IS NULL))
        """
    }

    // MARK: - Numbers for names

    private func internModel(_ name: Name, task: PredictionTask) async throws -> Int32 {
        try await intern(
            insert: """
                INSERT INTO models (task_id, name) VALUES (\(task.id), \(name))
                ON CONFLICT DO NOTHING RETURNING model_id
                """,
            select: "SELECT model_id FROM models WHERE task_id = \(task.id) AND name = \(name)"
        )
    }

    package func internVersion(
        model: Name,
        version: Name,
        task: PredictionTask
    ) async throws -> (version: Int32, model: Int32) {
        let modelID = try await internModel(model, task: task)
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

    package func internSource(_ name: Name, task: PredictionTask) async throws -> Int32 {
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

    // MARK: - Recording

    /// Lets questions see names from an instant on; in the transaction of the upload that uses them, as late as
    /// can be.
    ///
    /// `instant` is the one that the task's gate gave.
    package func record(_ names: NewNames, at instant: Instant) async throws {
        try await record("models", "model_id", names.models, at: instant)
        try await record("model_versions", "model_version_id", names.versions, at: instant)
        try await record("slices", "slice_id", names.slices, at: instant)
        try await record("label_sources", "label_source_id", names.sources, at: instant)
    }

    private func record(
        _ table: SQL,
        _ column: SQL,
        _ numbers: Set<Int32>,
        at instant: Instant
    ) async throws {
        guard !numbers.isEmpty else { return }
        _ = try await connection.execute(
            """
            UPDATE \(table)
            SET recorded_at = \(instant)
            WHERE \(column) = ANY (\(numbers.sorted())) AND recorded_at IS NULL
            """
        )
    }
}

extension DictionaryStore {
    /// Gives a model another name; under the task's gate.
    ///
    /// - Parameters:
    ///   - model: Its number.
    ///   - name: That no upload has used yet. An upload that came to nothing may have reserved it; that is forgotten.
    ///   - task: Whose model it is.
    /// - Throws: `PostgresError`.
    package func rename(_ model: Int32, to name: Name, of task: PredictionTask) async throws {
        _ = try await connection.execute(
            """
            DELETE FROM model_versions
            USING models
            WHERE models.model_id = model_versions.model_id
                AND models.task_id = \(task.id) AND models.name = \(name)
            """
        )
        _ = try await connection.execute(
            "DELETE FROM models WHERE task_id = \(task.id) AND name = \(name)"
        )
        _ = try await connection.execute(
            "UPDATE models SET name = \(name) WHERE model_id = \(model)"
        )
    }
}

extension TaskDictionary {
    /// Works out which slices each slice set belongs to.
    fileprivate mutating func linkSlices(of task: PredictionTask) {
        var ids: [[Name]: Int32] = [:]
        for (id, slice) in slices { ids[[slice.key, slice.value]] = id }
        for (set, values) in sliceSets {
            slicesOfSet[set] = zip(task.sliceKeys, values).compactMap { ids[[$0, $1]] }
        }
    }
}
