package import Evaluation
import Postgres

extension UploadLedger {
    // MARK: - Small writes

    /// Opens a group of small writes, all of one token: one row of the ledger holds those of an hour.
    ///
    /// Under the task's gate, so that nobody else adds to the row meanwhile.
    ///
    /// - Parameters:
    ///   - task: That they are for.
    ///   - kind: Predictions or labels.
    ///   - knownAt: The gate's instant.
    ///   - tokenNames: The token, if there is one.
    /// - Returns: The row, with what it had before.
    /// - Throws: `PostgresError`.
    package func openShared(
        _ task: PredictionTask,
        kind: UploadKind,
        knownAt: Instant,
        tokenNames: Set<Name>
    ) async throws -> OpenUpload {
        let row = try await connection.query(
            """
            INSERT INTO uploads (
                task_id, kind, digest, known_at, last_known_at, hour_start, token_names,
                \(UploadCounts.columns()))
            VALUES (
                \(task.id), \(kind.rawValue), '', \(knownAt), \(knownAt),
                date_trunc('hour', \(knownAt)::timestamptz, 'UTC'),
                \(tokenNames.sorted()), \(UploadCounts.columns { _, _ in "0" }))
            ON CONFLICT (task_id, kind, token_names, hour_start) WHERE hour_start IS NOT NULL
            DO UPDATE SET last_known_at = EXCLUDED.last_known_at
            RETURNING upload_id, received,
                nextval(pg_get_serial_sequence('uploads', 'upload_id')) AS delta_id
            """
        ).single()
        return OpenUpload(
            id: try row.int64("upload_id"),
            deltaID: try row.int64("delta_id"),
            earlierRows: try row.int64("received"),
            knownAt: knownAt
        )
    }

    /// The hours in which a token made small writes that became known in an interval, the earliest first.
    package func hours(
        of task: PredictionTask,
        tokenName: Name?,
        during interval: Window
    ) async throws -> [UploadEntry] {
        let ids = try await connection.query(
            """
            SELECT upload_id
            FROM uploads
            WHERE task_id = \(task.id) AND hour_start IS NOT NULL
                AND token_names = \(tokenName.map { [$0] } ?? [])
                AND known_at < \(interval.upperBound.clamped)
                AND last_known_at >= \(interval.lowerBound.clamped)
            ORDER BY hour_start, kind
            """
        ).map { try $0.int64(0) }
        var entries: [UploadEntry] = []
        for id in ids {
            if let entry = try await upload(id, of: task) { entries.append(entry) }
        }
        return entries
    }

    /// A number for cell deltas that no upload has.
    package func nextDeltaID() async throws -> Int64 {
        try await connection.query(
            "SELECT nextval(pg_get_serial_sequence('uploads', 'upload_id')) AS delta_id"
        ).single().int64("delta_id")
    }

    /// Adds what became of a group of small writes.
    package func add(_ counts: UploadCounts, to uploadID: Int64) async throws {
        _ = try await connection.execute(
            """
            UPDATE uploads
            SET \(UploadCounts.columns { "\($1) = \($1) + \(counts[$0])" })
            WHERE upload_id = \(uploadID)
            """
        )
    }
}
