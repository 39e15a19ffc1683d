package import Evaluation
import Ingest
package import Postgres

/// The rows of some requests in every table that has any: found, looked at and deleted for good; under the task's gate.
package struct SubjectRows: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask
    /// The partitions that hold rows of the task, also those that it has let go of.
    private let parts: [Int32]

    package init(_ connection: PostgresConnection, task: PredictionTask) async throws {
        self.connection = connection
        self.task = task
        parts = try await connection.query(
            "SELECT part FROM task_parts WHERE task_id = \(task.id) AND removed_at IS NULL"
        ).map { try $0.int32(0) }
    }

    // MARK: - Finding

    /// The requests of which a prediction names one of some entities, also in rows that do not count.
    ///
    /// - Parameters:
    ///   - entities: As they were sent.
    ///   - dictionary: With all names of the task, which tell its rows from those of other tasks.
    /// - Returns: Their keys.
    /// - Throws: `PostgresError`.
    package func keys(
        ofEntities entities: [String],
        _ dictionary: TaskDictionary
    ) async throws -> [PredictionKey] {
        guard !entities.isEmpty else { return [] }
        let sets = Array(dictionary.modelSets.keys)
        let ofTask: SQL = "task_id = \(task.id)"
        let inParts: SQL =
            "part IN (\(FactStore.list(parts))) AND model_set_id IN (\(FactStore.list(sets)))"
        var tables: [(name: String, isOfTask: SQL)] = [
            ("withdrawn_predictions", ofTask), ("repeated_predictions", ofTask),
        ]
        if !parts.isEmpty, !sets.isEmpty { tables.append(("predictions", inParts)) }
        let queries: [SQL] = tables.map { table in
            """
            SELECT key
            FROM \(identifier: table.name)
            WHERE \(table.isOfTask)
                AND CASE WHEN strpos(details, '"entity":') > 0 THEN details::jsonb ->> 'entity' END
                    IN (SELECT unnest(\(entities)))
            """
        }
        return try await connection.query(queries.joined(separator: " UNION "))
            .map { try $0.predictionKey(0) }
    }

    /// From when to when what counts of requests has changed by withdrawals, and the times of the predictions that were
    /// taken back.
    package struct Past: Sendable {
        package var predictedAt: [Instant] = []
        package var changedAt: [Instant] = []
    }

    /// What rows tell of requests that are not among the facts, or were not always.
    package func past(of keys: [PredictionKey]) async throws -> [PredictionKey: Past] {
        var past: [PredictionKey: Past] = [:]
        for row in try await connection.query(
            """
            WITH gone AS (SELECT unnest(\(keys.map(\.uuid))) AS key)
            SELECT key, predicted_at, counted_from, withdrawn_at
            FROM gone JOIN withdrawn_predictions USING (key)
            UNION ALL
            SELECT key, NULL, counted_from, withdrawn_at
            FROM gone JOIN withdrawn_labels USING (key)
            UNION ALL
            SELECT key, NULL, counted_from, NULL
            FROM gone JOIN repeated_predictions USING (key)
            UNION ALL
            SELECT key, NULL, counted_from, NULL
            FROM gone JOIN repeated_labels USING (key)
            """
        ) {
            let key = try row.predictionKey(0)
            if let time = try row.optionalInstant(1) {
                past[key, default: Past()].predictedAt.append(time)
            }
            let changes = [try row.optionalInstant(2), try row.optionalInstant(3)]
            past[key, default: Past()].changedAt += changes.compactMap(\.self)
        }
        return past
    }

    // MARK: - Deleting

    /// What was deleted.
    package struct Removed: Sendable {
        /// Rows that counted, by partition.
        package var predictions: [Int32: Int64] = [:]
        package var labels: Int64 = 0
        /// As they were sent; UUIDs in lower case.
        package var ids: Set<Name> = []
    }

    /// Deletes all rows of requests.
    package func remove(_ keys: [PredictionKey]) async throws -> Removed {
        var removed = Removed()
        let uuids = keys.map(\.uuid)
        if !parts.isEmpty {
            let list = FactStore.list(parts)
            for row in try await connection.query(
                """
                DELETE FROM predictions AS p
                USING unnest(\(uuids)) AS gone (key)
                WHERE p.key = gone.key AND p.part IN (\(list))
                RETURNING p.key, p.prediction_id, p.part
                """
            ) {
                removed.ids.insert(try id(row))
                removed.predictions[try row.int32(2), default: 0] += 1
            }
            removed.labels += Int64(
                try await connection.execute(
                    """
                    DELETE FROM labels AS l
                    USING unnest(\(uuids)) AS gone (key)
                    WHERE l.key = gone.key AND l.part IN (\(list))
                    """
                )
            )
        }
        removed.labels += try await remove(uuids, from: "orphan_labels", into: &removed.ids)
        for table in [
            "withdrawn_predictions", "withdrawn_labels", "repeated_predictions", "repeated_labels",
        ] {
            _ = try await remove(uuids, from: table, into: &removed.ids)
        }
        try await FactStore(connection, task: task).forgetScattered(keys)
        return removed
    }

    /// The id in a `row` of a key and an id, which is empty where it is the UUID that the key was made of.
    private func id(_ row: PostgresRow) throws -> Name {
        let id = try row.text(1)
        return Name(id.isEmpty ? try row.predictionKey(0).uuidText(taskID: task.id) : id)
    }

    private func remove(
        _ keys: [PostgresUUID],
        from table: String,
        into ids: inout Set<Name>
    ) async throws -> Int64 {
        let rows = try await connection.query(
            """
            DELETE FROM \(identifier: table) AS fact
            USING unnest(\(keys)) AS gone (key)
            WHERE fact.key = gone.key
            RETURNING fact.key, fact.prediction_id
            """
        )
        for row in rows { ids.insert(try id(row)) }
        return Int64(rows.count)
    }
}
