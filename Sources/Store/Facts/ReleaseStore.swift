package import Evaluation
package import Postgres

/// Letting go of a task's rows, a table partition at a time.
///
/// A partition is first released: from that commit on it is not read for the task any more. Its rows are
/// removed later, when no snapshot can be in use that still takes them for kept.
package struct ReleaseStore: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask

    package init(_ connection: PostgresConnection, task: PredictionTask) {
        self.connection = connection
        self.task = task
    }

    /// What the task has let go of; `nil` where it has all of its rows.
    ///
    /// What was let go of after `instant` is left out.
    package func released(by instant: Instant = .distantFuture) async throws -> ReleasedRows? {
        let row = try await connection.query(
            """
            SELECT max(part) AS last_part, max(settled_at) AS settled_at
            FROM task_parts
            WHERE task_id = \(task.id) AND released_at <= \(instant.clamped)
            """
        ).single()
        guard let last = try row.optionalInt32("last_part") else { return nil }
        return ReleasedRows(
            rowsFrom: Partition(number: last).interval.upperBound,
            settledAt: try row.optionalInstant("settled_at") ?? .distantPast
        )
    }

    /// Lets go of a partition that the task has rows in; under the task's gate, the oldest first.
    ///
    /// Keys that have predictions in later partitions too, withdrawn ones or not, take their rows along, so that what
    /// stands of them, and stood, stays known.
    ///
    /// `instant` is the one that the gate gave.
    package func release(_ part: Int32, dictionary: TaskDictionary, at instant: Instant)
        async throws
    {
        let facts = FactStore(connection, task: task)
        let scattered = try await facts.scatteredKeys()
        let withdrawn = try await withdrawnKeys(in: part)
        if !scattered.isEmpty || !withdrawn.isEmpty {
            let kept = try await facts.parts().keys.filter { $0 > part }
            let keys = Array(Set(scattered + withdrawn))
            let living = try await facts.firstParts(of: keys, among: Array(kept))
                .merging(
                    try await firstWithdrawnParts(of: keys, after: part),
                    uniquingKeysWith: min
                )
            try await facts.takeAlong(living, from: part)
            try await takeWithdrawnAlong(living, from: part)
            // Their rows lie in the partition of another time now, where only keys that are scattered are looked for.
            try await facts.recordScattered(Array(living.keys))
            try await facts.forgetScattered(scattered.filter { living[$0] == nil })
        }
        try await removeLabelRepeats(before: part, kept: facts.parts().keys.filter { $0 > part })
        let settled = try await newestKnownAt(in: part, sets: Array(dictionary.modelSets.keys))
        try await removeWithdrawn(part)
        _ = try await connection.execute(
            """
            UPDATE task_parts
            SET released_at = \(instant), settled_at = \(settled)
            WHERE task_id = \(task.id) AND part = \(part)
            """
        )
    }

    /// Withdrawn rows and repeats are as old as the rows that go, and go at once.
    private func removeWithdrawn(_ part: Int32) async throws {
        for table in ["withdrawn_predictions", "withdrawn_labels", "repeated_predictions"] {
            _ = try await connection.execute(
                "DELETE FROM \(identifier: table) WHERE task_id = \(task.id) AND part = \(part)"
            )
        }
        // Labels that were withdrawn while they waited counted for no prediction.
        _ = try await connection.execute(
            """
            DELETE FROM withdrawn_labels
            WHERE task_id = \(task.id) AND part IS NULL
                AND known_at < \(Partition(number: part).interval.upperBound)
            """
        )
    }

    /// Repeats of labels that are as old as the rows that go, but for those of requests whose labels stay: a label can be
    /// told long before its prediction.
    private func removeLabelRepeats(before part: Int32, kept: [Int32]) async throws {
        let isKept: SQL =
            kept.isEmpty
            ? "false"
            : """
            EXISTS (
                SELECT 1 FROM labels AS l WHERE l.key = r.key AND l.part IN (\(FactStore.list(kept))))
            """
        _ = try await connection.execute(
            """
            DELETE FROM repeated_labels AS r
            WHERE r.task_id = \(task.id)
                AND r.known_at < \(Partition(number: part).interval.upperBound)
                AND NOT (\(isKept))
                AND NOT EXISTS (
                    SELECT 1
                    FROM withdrawn_labels AS w
                    WHERE w.key = r.key AND w.task_id = \(task.id) AND w.part > \(part))
            """
        )
    }

    /// The keys of which rows in a partition are withdrawn, or repeats of rows that are.
    private func withdrawnKeys(in part: Int32) async throws -> [PredictionKey] {
        try await connection.query(
            """
            SELECT key FROM withdrawn_predictions WHERE task_id = \(task.id) AND part = \(part)
            UNION
            SELECT key FROM repeated_predictions WHERE task_id = \(task.id) AND part = \(part)
            """
        ).map { try $0.predictionKey(0) }
    }

    /// The first later partition in which each key has withdrawn predictions, or repeats; keys without are left out.
    private func firstWithdrawnParts(
        of keys: [PredictionKey],
        after part: Int32
    ) async throws -> [PredictionKey: Int32] {
        let places = try await connection.query(
            """
            SELECT w.key, min(w.part) AS part
            FROM (
                SELECT key, part FROM withdrawn_predictions WHERE task_id = \(task.id)
                UNION ALL
                SELECT key, part FROM repeated_predictions WHERE task_id = \(task.id)) AS w
            JOIN unnest(\(keys.map(\.uuid))) AS asked (key) ON asked.key = w.key
            WHERE w.part > \(part)
            GROUP BY w.key
            """
        ).map(Self.decodePlace)
        return Dictionary(uniqueKeysWithValues: places)
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodePlace(_ row: PostgresRow) throws -> (PredictionKey, Int32) {
        (try row.predictionKey("key"), try row.int32("part"))
    }

    private func takeWithdrawnAlong(
        _ keys: [PredictionKey: Int32],
        from part: Int32
    ) async throws {
        let sorted = keys.sorted { $0.key < $1.key }
        for table in ["withdrawn_predictions", "withdrawn_labels", "repeated_predictions"] {
            _ = try await connection.execute(
                """
                UPDATE \(identifier: table) AS w
                SET part = living.part
                FROM unnest(\(sorted.map(\.key.uuid)), \(sorted.map(\.value))) AS living (key, part)
                WHERE w.key = living.key AND w.part = \(part)
                """
            )
        }
    }

    private func newestKnownAt(in part: Int32, sets: [Int32]) async throws -> Instant? {
        try await connection.query(
            """
            SELECT greatest(
                (SELECT max(known_at)
                FROM predictions
                WHERE part = \(constant: part) AND model_set_id = ANY(\(sets)::integer[])),
                (SELECT max(known_at)
                FROM labels
                WHERE part = \(constant: part)
                    AND label_source_id IN (
                        SELECT label_source_id FROM label_sources WHERE task_id = \(task.id))),
                (SELECT max(withdrawn_at)
                FROM withdrawn_predictions
                WHERE part = \(part) AND task_id = \(task.id)),
                (SELECT max(withdrawn_at)
                FROM withdrawn_labels
                WHERE part = \(part) AND task_id = \(task.id))
            ) AS newest
            """
        ).single().optionalInstant("newest")
    }
}
