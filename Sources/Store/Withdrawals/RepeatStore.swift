package import Evaluation
package import Postgres

/// Rows that said nothing new when they came: they count when what said it before them is taken back.
package struct RepeatStore: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask

    package init(_ connection: PostgresConnection, task: PredictionTask) {
        self.connection = connection
        self.task = task
    }

    // MARK: - Keeping

    /// - Parameters:
    ///   - predictions: One model each; the place of its telling is the one that the next new row would have.
    ///   - scores: Into which they point.
    /// - Throws: `PostgresError`.
    package func append(predictions: [NewPrediction], scores: [Double]) async throws {
        guard !predictions.isEmpty else { return }
        try await connection.copyIn(
            """
            COPY repeated_predictions (
                known_at, predicted_at, upload_id, task_id, model_set_id, slice_set_id, part, copy, key,
                scores, prediction_id, details)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for row in predictions {
                let fact = row.fact
                try writer.startRow(fields: 12)
                writer.timestamp(microsecondsSince1970: fact.telling.knownAt.microseconds)
                writer.timestamp(microsecondsSince1970: fact.predictedAt.microseconds)
                writer.int64(fact.telling.uploadID)
                writer.int32(task.id)
                writer.int32(fact.modelSet)
                writer.int32(fact.sliceSet)
                writer.int32(fact.part)
                writer.int32(fact.telling.place)
                writer.uuid(high: fact.key.high, low: fact.key.low)
                writer.doubleArray(scores[fact.scoreStart..<fact.scoreStart + row.scoreCount])
                writer.text(row.predictionID)
                writer.text(fact.details)
            }
        }
    }

    /// - Parameter labels: With the ids that they were told with, empty for a UUID.
    /// - Throws: `PostgresError`.
    package func append(labels: [(label: LabelFact, predictionID: String)]) async throws {
        guard !labels.isEmpty else { return }
        try await connection.copyIn(
            """
            COPY repeated_labels (
                observed_at, known_at, value, upload_id, task_id, label_source_id, revision, key,
                prediction_id)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for (label, predictionID) in labels {
                let revision = label.revision
                try writer.startRow(fields: 9)
                writer.timestamp(microsecondsSince1970: revision.observedAt.microseconds)
                writer.timestamp(microsecondsSince1970: revision.knownAt.microseconds)
                if let value = revision.value { writer.double(value) } else { writer.null() }
                writer.int64(revision.telling.uploadID)
                writer.int32(task.id)
                writer.int32(revision.source)
                writer.int32(revision.telling.place)
                writer.uuid(high: label.key.high, low: label.key.low)
                writer.text(predictionID)
            }
        }
    }

    // MARK: - Counting them after all

    /// The condition that a row of predictions is a repeat that has come to count.
    static func isPrediction(_ repeated: SQL, _ row: SQL) -> SQL {
        """
        \(isTold(repeated, row)) AND \(repeated).model_set_id = \(row).model_set_id
            AND \(repeated).predicted_at = \(row).predicted_at
            AND \(repeated).slice_set_id = \(row).slice_set_id
            AND \(repeated).scores = \(row).scores AND \(repeated).details = \(row).details
        """
    }

    /// The condition that a label is a repeat that has come to count.
    static func isLabel(_ repeated: SQL, _ row: SQL) -> SQL {
        """
        \(isTold(repeated, row)) AND \(repeated).label_source_id = \(row).label_source_id
            AND \(repeated).observed_at = \(row).observed_at
            AND \(repeated).value IS NOT DISTINCT FROM \(row).value
        """
    }

    private static func isTold(_ repeated: SQL, _ row: SQL) -> SQL {
        """
        \(repeated).key = \(row).key AND \(repeated).upload_id = \(row).upload_id
            AND \(repeated).known_at = \(row).known_at
        """
    }

    /// The repeats of some keys that do not count, by key and in the order in which they were committed.
    package func repeats(of keys: [PredictionKey]) async throws -> [PredictionKey: RepeatedRows] {
        guard !keys.isEmpty else { return [:] }
        let uuids = keys.map(\.uuid)
        var repeats: [PredictionKey: RepeatedRows] = [:]
        for row in try await connection.query(
            """
            SELECT key, known_at, predicted_at, upload_id, repeat_id, model_set_id, slice_set_id, part,
                copy, scores, prediction_id, details
            FROM repeated_predictions
            JOIN unnest(\(uuids)) AS wanted (key) USING (key)
            WHERE task_id = \(task.id) AND counted_from IS NULL
            ORDER BY upload_id, repeat_id
            """
        ).map(Self.decodePrediction) {
            repeats[row.fact.key, default: RepeatedRows()].predictions.append(row)
        }
        for row in try await connection.query(
            """
            SELECT key, observed_at, known_at, value, upload_id, repeat_id, label_source_id, revision,
                prediction_id
            FROM repeated_labels
            JOIN unnest(\(uuids)) AS wanted (key) USING (key)
            WHERE task_id = \(task.id) AND counted_from IS NULL
            ORDER BY upload_id, repeat_id
            """
        ).map(Self.decodeLabel) {
            repeats[row.key, default: RepeatedRows()].labels.append(row)
        }
        return repeats
    }

    /// Whether there are any that do not count.
    package func hasRepeats() async throws -> Bool {
        try await connection.query(
            """
            SELECT EXISTS (
                SELECT 1 FROM repeated_predictions
                WHERE task_id = \(task.id) AND counted_from IS NULL
            ) OR EXISTS (
                SELECT 1 FROM repeated_labels
                WHERE task_id = \(task.id) AND counted_from IS NULL
            ) AS has_repeats
            """
        ).single().bool("has_repeats")
    }

    /// Notes that repeats count from an instant on, as rows among the facts.
    package func count(
        predictions: [Int64],
        labels: [Int64],
        from instant: Instant
    ) async throws {
        for (table, ids) in [
            ("repeated_predictions", predictions), ("repeated_labels", labels),
        ] where !ids.isEmpty {
            _ = try await connection.execute(
                """
                UPDATE \(identifier: table)
                SET counted_from = \(instant)
                WHERE repeat_id = ANY(\(ids))
                """
            )
        }
    }

    /// Where a repeat stands among the rows of its request: the number of the row before which it was told.
    package struct Place: Sendable {
        package var id: Int64
        package var number: Int32

        package init(id: Int64, number: Int32) {
            self.id = id
            self.number = number
        }
    }

    /// Notes where repeats stand among rows that have been numbered anew.
    package func place(predictions: [Place], labels: [Place]) async throws {
        for (table, column, places) in [
            ("repeated_predictions", "copy", predictions), ("repeated_labels", "revision", labels),
        ] where !places.isEmpty {
            _ = try await connection.execute(
                """
                UPDATE \(identifier: table) AS r
                SET \(identifier: column) = moved.number
                FROM unnest(\(places.map(\.id)), \(places.map(\.number))) AS moved (id, number)
                WHERE r.repeat_id = moved.id
                """
            )
        }
    }

    /// Drops the repeats of rows that are withdrawn; they never count again.
    ///
    /// - Returns: How many there were that did not count.
    package func remove(_ rows: ToldRows) async throws -> Int64 {
        var count: Int64 = 0
        for table in ["repeated_predictions", "repeated_labels"] {
            count += try await connection.query(
                """
                WITH gone AS (
                    DELETE FROM \(identifier: table) AS r
                    WHERE \(rows.condition("r"))
                    RETURNING counted_from)
                SELECT count(*) FILTER (WHERE counted_from IS NULL) AS repeat_count FROM gone
                """
            ).single().int64("repeat_count")
        }
        return count
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodePrediction(_ row: PostgresRow) throws -> RepeatedRows.Prediction {
        let key = try row.uuid("key")
        return RepeatedRows.Prediction(
            id: try row.int64("repeat_id"),
            fact: PredictionFact(
                key: PredictionKey(high: key.high, low: key.low),
                predictedAt: try row.instant("predicted_at"),
                telling: Telling(
                    knownAt: try row.instant("known_at"),
                    uploadID: try row.int64("upload_id"),
                    place: try row.int32("copy")
                ),
                modelSet: try row.int32("model_set_id"),
                sliceSet: try row.int32("slice_set_id"),
                part: try row.int32("part"),
                scoreStart: 0,
                details: try row.text("details")
            ),
            scores: try row.doubleArray("scores"),
            predictionID: try row.text("prediction_id")
        )
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodeLabel(_ row: PostgresRow) throws -> RepeatedRows.Label {
        let key = try row.uuid("key")
        return RepeatedRows.Label(
            id: try row.int64("repeat_id"),
            key: PredictionKey(high: key.high, low: key.low),
            revision: LabelRevision(
                observedAt: try row.instant("observed_at"),
                telling: Telling(
                    knownAt: try row.instant("known_at"),
                    uploadID: try row.int64("upload_id"),
                    place: try row.int32("revision")
                ),
                value: try row.optionalDouble("value"),
                source: try row.int32("label_source_id")
            ),
            predictionID: try row.text("prediction_id")
        )
    }
}

/// The repeats of one key.
package struct RepeatedRows: Sendable {
    package var predictions: [Prediction] = []
    package var labels: [Label] = []

    package init() {}

    /// A repeat of one model's prediction.
    package struct Prediction: Sendable {
        package var id: Int64
        /// Its scores are beside it.
        package var fact: PredictionFact
        package var scores: [Double]
        package var predictionID: String
    }

    package struct Label: Sendable {
        package var id: Int64
        package var key: PredictionKey
        package var revision: LabelRevision
        package var predictionID: String
    }
}
