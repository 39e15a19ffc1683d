package import Evaluation
package import Postgres

/// Moves the rows of an upload out of what counts, and reads them again; under the task's gate.
package struct WithdrawnRows: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask
    package let rows: ToldRows
    /// When their upload came.
    package let receivedAt: Instant
    /// The instant from which they do not count.
    package let withdrawnAt: Instant

    package init(
        _ connection: PostgresConnection,
        task: PredictionTask,
        rows: ToldRows,
        receivedAt: Instant,
        withdrawnAt: Instant
    ) {
        self.connection = connection
        self.task = task
        self.rows = rows
        self.receivedAt = receivedAt
        self.withdrawnAt = withdrawnAt
    }

    // MARK: - Moving

    /// Moves them from the partitions that are kept.
    ///
    /// - Returns: How many rows there were as they were told: one a model of a prediction, one a label.
    package func move(from parts: [Int32]) async throws -> Int64 {
        var count: Int64 = 0
        for part in parts.sorted() {
            count += try await movePredictions(from: part)
            count += try await moveLabels(from: part)
        }
        return count + (try await moveOrphans())
    }

    /// Since when a row counted.
    private var countedFrom: SQL { "greatest(known_at, \(receivedAt)::timestamptz)" }

    private func movePredictions(from part: Int32) async throws -> Int64 {
        let row = try await connection.query(
            """
            WITH gone AS (
                DELETE FROM predictions AS p
                WHERE p.part = \(constant: part) AND \(rows.condition("p"))
                RETURNING p.*),
            kept AS (
                INSERT INTO withdrawn_predictions (
                    known_at, predicted_at, counted_from, withdrawn_at, upload_id, task_id, model_set_id,
                    slice_set_id, part, copy, key, scores, prediction_id, details)
                SELECT known_at, predicted_at, \(countedFrom), \(withdrawnAt), upload_id, \(task.id), model_set_id,
                    slice_set_id, part, copy, key, scores, prediction_id, details
                FROM gone
                RETURNING cardinality(scores) AS score_count)
            SELECT count(*) AS row_count, coalesce(sum(score_count), 0)::bigint AS score_count
            FROM kept
            """
        ).single()
        try await FactStore(connection, task: task)
            .recordParts(row.int64("row_count") > 0 ? [part: -(try row.int64("row_count"))] : [:])
        return try row.int64("score_count") / Int64(task.scoresPerPrediction)
    }

    private func moveLabels(from part: Int32) async throws -> Int64 {
        Int64(
            try await connection.execute(
                """
                WITH gone AS (
                    DELETE FROM labels AS l
                    WHERE l.part = \(constant: part) AND \(rows.condition("l"))
                    RETURNING l.*)
                INSERT INTO withdrawn_labels (
                    observed_at, known_at, counted_from, withdrawn_at, value, upload_id, task_id, label_source_id,
                    part, revision, key, prediction_id)
                SELECT observed_at, known_at, \(countedFrom), \(withdrawnAt), value, upload_id, \(task.id),
                    label_source_id, part, revision, key, ''
                FROM gone
                """
            )
        )
    }

    private func moveOrphans() async throws -> Int64 {
        Int64(
            try await connection.execute(
                """
                WITH gone AS (
                    DELETE FROM orphan_labels AS l
                    WHERE l.task_id = \(task.id) AND \(rows.condition("l"))
                    RETURNING l.*)
                INSERT INTO withdrawn_labels (
                    observed_at, known_at, counted_from, withdrawn_at, value, upload_id, task_id, label_source_id,
                    revision, key, prediction_id)
                SELECT observed_at, known_at, \(countedFrom), \(withdrawnAt), value, upload_id, task_id,
                    label_source_id, revision, key, prediction_id
                FROM gone
                """
            )
        )
    }

    /// Notes of those that had been repeats at first from when on they counted.
    package func noteCounted() async throws {
        for (table, isRow) in [
            ("predictions" as SQL, RepeatStore.isPrediction("r", "w")),
            ("labels", RepeatStore.isLabel("r", "w")),
        ] {
            _ = try await connection.execute(
                """
                UPDATE withdrawn_\(table) AS w
                SET counted_from = r.counted_from
                FROM repeated_\(table) AS r
                WHERE \(rows.condition("r")) AND r.counted_from IS NOT NULL
                    AND w.withdrawn_at = \(withdrawnAt) AND \(isRow)
                """
            )
        }
    }

    // MARK: - Reading

    /// The names that they use.
    package func names(_ dictionary: TaskDictionary) async throws -> NewNames {
        var names = NewNames()
        for row in try await connection.query(
            """
            SELECT DISTINCT w.model_set_id, w.slice_set_id
            FROM withdrawn_predictions AS w
            WHERE \(moved("w"))
            """
        ) {
            let versions = dictionary.modelSets[try row.int32(0)] ?? []
            names.versions.formUnion(versions)
            names.models.formUnion(versions.compactMap { dictionary.versions[$0]?.model })
            names.slices.formUnion(dictionary.slicesOfSet[try row.int32(1)] ?? [])
        }
        for row in try await connection.query(
            """
            SELECT DISTINCT w.label_source_id
            FROM withdrawn_labels AS w
            WHERE \(moved("w"))
            """
        ) {
            names.sources.insert(try row.int32(0))
        }
        return names
    }

    /// Opens a cursor over the keys that lost rows; in the transaction.
    package func openKeys() async throws {
        let mine = moved("w")
        _ = try await connection.execute(
            """
            DECLARE withdrawn_keys NO SCROLL CURSOR FOR
                SELECT w.key FROM withdrawn_predictions AS w WHERE \(mine)
                UNION
                SELECT w.key FROM withdrawn_labels AS w WHERE \(mine)
                ORDER BY key
            """
        )
    }

    /// The next keys that lost rows, in order; none when there are no more.
    package func nextKeys(limit: Int32) async throws -> [PredictionKey] {
        try await connection.query("FETCH \(constant: limit) FROM withdrawn_keys").map {
            try $0.predictionKey(0)
        }
    }

    package func closeKeys() async throws {
        _ = try await connection.execute("CLOSE withdrawn_keys")
    }

    /// What was moved of the keys that the cursor has given last, between two of them.
    package func facts(from first: PredictionKey, to last: PredictionKey) async throws -> Facts {
        let store = FactStore(connection, task: task)
        var facts = Facts()
        let bounds: SQL = """
            BETWEEN \(literal: first.text)::uuid AND \(literal: last.text)::uuid
            """
        try await store.copy(
            """
            COPY (
                SELECT \(FactStore.predictionColumns)
                FROM withdrawn_predictions AS p
                WHERE p.key \(bounds) AND \(moved("p"))
            ) TO STDOUT (FORMAT binary)
            """,
            predictionsInto: &facts
        )
        try await store.copy(
            """
            COPY (
                SELECT \(FactStore.labelColumns)
                FROM withdrawn_labels AS l
                WHERE l.key \(bounds) AND \(moved("l"))
            ) TO STDOUT (FORMAT binary)
            """,
            labelsInto: &facts
        )
        facts.sort()
        return facts
    }

    /// The condition that a withdrawn row is one of these.
    private func moved(_ table: SQL) -> SQL {
        """
        \(table).task_id = \(constant: task.id) AND \(table).upload_id = \(constant: rows.uploadID)
            AND \(table).withdrawn_at = \(constantTimestamp: withdrawnAt.microseconds)
        """
    }
}

extension PredictionKey {
    /// As PostgreSQL writes a `uuid`.
    fileprivate var text: String {
        let digits = [high, low].map { part in
            let hexadecimal = String(part, radix: 16)
            return String(repeating: "0", count: 16 - hexadecimal.count) + hexadecimal
        }
        return digits.joined()
    }
}
