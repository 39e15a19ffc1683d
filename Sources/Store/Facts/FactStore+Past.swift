import Evaluation
import Postgres

/// The rows as they counted at an instant before the newest withdrawal of an upload: those that count now, without
/// those that have come to count since, and with those that were withdrawn since.
///
/// An instant before an upload had come is history, which a backfill tells: what of it was taken back is not told.
extension FactStore {
    /// Leaves out rows of predictions that were repeats of others then; `table` is the alias of their table.
    func andCountedThen(_ table: SQL) -> SQL {
        andCountedThen("repeated_predictions", RepeatStore.isPrediction("r", table))
    }

    /// Leaves out labels that were repeats of others then; `table` is the alias of their table.
    func andCountedThen(label table: SQL) -> SQL {
        andCountedThen("repeated_labels", RepeatStore.isLabel("r", table))
    }

    private func andCountedThen(_ repeats: SQL, _ isRow: SQL) -> SQL {
        guard let past else { return "" }
        let then: SQL = "\(constantTimestamp: past.microseconds)"
        return """
            AND NOT EXISTS (
                SELECT 1
                FROM \(repeats) AS r
                JOIN uploads USING (upload_id)
                WHERE r.counted_from > \(then) AND uploads.known_at <= \(then) AND \(isRow))
            """
    }

    /// The condition for withdrawn rows of the task that counted then; `table` is the alias of a table of them.
    func withdrawnSince(_ table: SQL) -> SQL {
        let then: SQL = "\(constantTimestamp: (past ?? .distantFuture).microseconds)"
        return """
            \(table).task_id = \(constant: task.id) AND \(table).withdrawn_at > \(then)
                AND \(table).counted_from <= \(then)
            """
    }

    /// Reads the withdrawn rows of the keys that are staged.
    func loadWithdrawn(
        parts: [Int32],
        includingOrphans: Bool,
        into facts: inout Facts
    ) async throws {
        if !parts.isEmpty {
            let list = Self.list(parts)
            func place(_ table: SQL) -> SQL {
                """
                s.upload_id = 0 AND s.part IN (\(table).part, \(constant: Self.anyPart))
                    AND \(table).part IN (\(list)) AND \(withdrawnSince(table))
                """
            }
            try await copy(
                """
                COPY (
                    SELECT \(Self.predictionColumns)
                    FROM stage AS s
                    JOIN withdrawn_predictions AS p ON p.key = s.key
                    WHERE \(place("p"))
                ) TO STDOUT (FORMAT binary)
                """,
                predictionsInto: &facts
            )
            try await copy(
                """
                COPY (
                    SELECT \(Self.labelColumns)
                    FROM stage AS s
                    JOIN withdrawn_labels AS l ON l.key = s.key
                    WHERE \(place("l"))
                ) TO STDOUT (FORMAT binary)
                """,
                labelsInto: &facts
            )
        }
        guard includingOrphans else { return }
        try await copy(
            """
            COPY (
                SELECT \(Self.labelColumns)
                FROM (SELECT DISTINCT key FROM stage WHERE upload_id = 0) AS s
                JOIN withdrawn_labels AS l ON l.key = s.key
                WHERE l.part IS NULL AND \(withdrawnSince("l"))
            ) TO STDOUT (FORMAT binary)
            """,
            labelsInto: &facts
        )
    }

    /// Reads the withdrawn rows of a partition.
    func scanWithdrawn(
        part: SQL,
        keys: SQL,
        knownBy known: SQL,
        into facts: inout Facts
    ) async throws {
        try await copy(
            """
            COPY (
                SELECT \(Self.predictionColumns)
                FROM withdrawn_predictions AS p
                WHERE p.part \(part) AND p.key \(keys) AND p.known_at <= \(known)
                    AND \(withdrawnSince("p"))
            ) TO STDOUT (FORMAT binary)
            """,
            predictionsInto: &facts
        )
        try await copy(
            """
            COPY (
                SELECT \(Self.labelColumns)
                FROM withdrawn_labels AS l
                WHERE l.part \(part) AND l.key \(keys) AND l.known_at <= \(known)
                    AND \(withdrawnSince("l"))
            ) TO STDOUT (FORMAT binary)
            """,
            labelsInto: &facts
        )
    }

    /// The labels that waited for their prediction at an instant; `columns` are those of `l`.
    func orphanRows(_ columns: SQL, knownBy instant: Instant) -> SQL {
        let now: SQL = """
            SELECT \(columns)
            FROM orphan_labels AS l
            WHERE l.task_id = \(constant: task.id) AND l.known_at <= \(Self.knownBy(instant))
                \(andCountedThen(label: "l"))
            """
        guard past != nil else { return now }
        return """
            \(now)
            UNION ALL
            SELECT \(columns)
            FROM withdrawn_labels AS l
            WHERE l.part IS NULL AND l.known_at <= \(Self.knownBy(instant))
                AND \(withdrawnSince("l"))
            """
    }

    /// The ids of labels whose predictions have all been withdrawn: they stay in the partition where these were.
    static func labelsLeftBehind(of task: PredictionTask) -> SQL {
        """
        SELECT w.prediction_id, w.key
        FROM withdrawn_predictions AS w
        WHERE w.task_id = \(constant: task.id)
            AND EXISTS (SELECT 1 FROM labels WHERE labels.key = w.key)
            AND NOT EXISTS (SELECT 1 FROM predictions WHERE predictions.key = w.key)
        """
    }
}
