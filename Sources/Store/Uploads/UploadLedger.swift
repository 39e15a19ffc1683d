package import Evaluation
package import Postgres

/// The ledger of uploads: makes a resend free, and keeps the rejects.
package struct UploadLedger: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    package func hasUploads(_ task: PredictionTask, kind: UploadKind) async throws -> Bool {
        try await connection.query(
            """
            SELECT EXISTS (
                SELECT 1 FROM uploads
                WHERE task_id = \(task.id) AND kind = \(kind.rawValue)) AS has_uploads
            """
        ).single().bool("has_uploads")
    }

    /// The counts of an earlier upload of the same bytes under the same settings, that was not taken back.
    package func find(
        _ task: PredictionTask,
        kind: UploadKind,
        digest: [UInt8]
    ) async throws -> (uploadID: Int64, counts: UploadCounts)? {
        let rows = try await connection.query(
            """
            SELECT upload_id, \(UploadCounts.columns())
            FROM uploads
            WHERE task_id = \(task.id) AND kind = \(kind.rawValue) AND digest = \(digest)
                AND upload_id NOT IN (
                    SELECT upload_id FROM upload_withdrawals WHERE task_id = \(task.id))
            ORDER BY upload_id
            LIMIT 1
            """
        )
        return try rows.first.map { (try $0.int64("upload_id"), try UploadCounts($0)) }
    }

    /// Opens an upload; its counts follow when its last row has been dealt with.
    package func open(
        _ task: PredictionTask,
        kind: UploadKind,
        digest: [UInt8],
        knownAt: Instant,
        isBackfill: Bool = false,
        tokenNames: Set<Name> = []
    ) async throws -> OpenUpload {
        let id = try await connection.query(
            """
            INSERT INTO uploads (
                task_id, kind, digest, known_at, is_backfill, token_names,
                \(UploadCounts.columns()))
            VALUES (
                \(task.id), \(kind.rawValue), \(digest), \(knownAt), \(isBackfill),
                \(tokenNames.sorted()), \(UploadCounts.columns { _, _ in "0" }))
            RETURNING upload_id
            """
        ).single().int64("upload_id")
        return OpenUpload(id: id, deltaID: id, earlierRows: 0, knownAt: knownAt)
    }

    package func close(_ uploadID: Int64, counts: UploadCounts, digest: [UInt8]) async throws {
        _ = try await connection.execute(
            """
            UPDATE uploads
            SET digest = \(digest),
                \(UploadCounts.columns { "\($1) = \(counts[$0])" })
            WHERE upload_id = \(uploadID)
            """
        )
    }

    /// Keeps rejects, so that they can be listed and sent again.
    ///
    /// - Parameters:
    ///   - rejects: By their lines in what was read.
    ///   - uploadID: That they are of.
    ///   - rows: How many rows the upload had before; their numbers go on.
    /// - Throws: `PostgresError`.
    package func keep(
        _ rejects: [Reject],
        uploadID: Int64,
        after rows: Int64 = 0
    ) async throws {
        guard !rejects.isEmpty else { return }
        try await connection.copyIn(
            "COPY rejects (line, upload_id, field, value, reason, row_text) FROM STDIN (FORMAT binary)"
        ) { writer in
            for reject in rejects {
                try writer.startRow(fields: 6)
                writer.int64(rows + reject.line)
                writer.int64(uploadID)
                writer.text(Self.storable(reject.field))
                writer.text(Self.storable(reject.value))
                writer.text(Self.storable(reject.reason))
                writer.text(Self.storable(reject.row))
            }
        }
    }

    /// Forgets the rejects of uploads before an instant: what was in their rows is as old as rows that are gone.
    ///
    /// - Parameters:
    ///   - task: Whose.
    ///   - instant: Of uploads that were over by then; without it, of all.
    /// - Returns: How many there were.
    /// - Throws: `PostgresError`.
    @discardableResult
    package func forgetRejects(
        of task: PredictionTask,
        before instant: Instant = .distantFuture
    ) async throws -> Int {
        try await connection.execute(
            """
            DELETE FROM rejects
            USING uploads
            WHERE rejects.upload_id = uploads.upload_id
                AND uploads.task_id = \(task.id)
                AND coalesce(uploads.last_known_at, uploads.known_at) < \(instant)
            """
        )
    }

    /// The newest instant from which anything that was uploaded to the task is known, or taken back, backfills
    /// included: the gate's instant, and not those that the files give.
    ///
    /// - Returns: `nil` where nothing was uploaded.
    package func newestKnownAt(of task: PredictionTask) async throws -> Instant? {
        // Small writes go on for an hour after the first.
        try await connection.query(
            """
            SELECT greatest(
                max(coalesce(last_known_at, known_at)),
                (SELECT max(withdrawn_at) FROM upload_withdrawals WHERE task_id = \(task.id))) AS newest
            FROM uploads
            WHERE task_id = \(task.id)
                AND known_at >= (
                    SELECT max(known_at) FROM uploads WHERE task_id = \(task.id)) - interval '1 hour'
            """
        ).single().optionalInstant("newest")
    }

    /// When the first rows came that are known from their coming on, whether or not they were taken back later.
    ///
    /// `asOf` leaves out what came later. Without such rows, all that the task has says itself when it was known.
    package func firstLive(
        of task: PredictionTask,
        asOf: Instant = .distantFuture
    ) async throws -> Instant? {
        try await connection.query(
            """
            SELECT min(known_at) AS first_live
            FROM uploads
            WHERE task_id = \(task.id) AND kind <> \(UploadKind.baseline.rawValue)
                AND NOT is_backfill AND received > rejected AND known_at <= \(asOf.clamped)
            """
        ).single().optionalInstant("first_live")
    }

    /// The sums over all uploads of a kind that were not taken back.
    ///
    /// Small writes of an hour that were taken back in part count less by those rows, as if all had been accepted.
    ///
    /// - Parameters:
    ///   - task: Whose.
    ///   - kind: Predictions or labels.
    ///   - asOf: Leaves out what came later; of small writes, the hours that were not over, since nothing tells
    ///     any more what of them had come. `nil` leaves out nothing.
    /// - Returns: The sums.
    /// - Throws: `PostgresError`.
    package func totals(
        _ task: PredictionTask,
        kind: UploadKind,
        asOf: Instant? = nil
    ) async throws -> UploadCounts {
        let row = try await connection.query(
            """
            SELECT \(UploadCounts.columns { count, column in
                    let counted: SQL =
                        [.received, .accepted].contains(count) ? "\(column) - taken_back" : column
                    return "coalesce(sum(\(counted)), 0)::bigint AS \(column)"
                })
            FROM uploads
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(row_count), 0) AS taken_back,
                    coalesce(bool_or(from_at IS NULL), false) AS is_withdrawn
                FROM upload_withdrawals
                WHERE upload_withdrawals.upload_id = uploads.upload_id
                    AND (\(asOf)::timestamptz IS NULL OR withdrawn_at <= \(asOf))) AS withdrawal
            WHERE task_id = \(task.id) AND kind = \(kind.rawValue)
                AND NOT withdrawal.is_withdrawn
                AND (\(asOf)::timestamptz IS NULL
                    OR coalesce(hour_start + interval '1 hour', known_at) <= \(asOf))
            """
        ).single()
        return try UploadCounts(row)
    }

    /// The newest rejects of a task, or the rejects of one upload.
    package func rejects(
        _ task: PredictionTask,
        uploadID: Int64? = nil,
        limit: Int
    ) async throws -> [Reject] {
        try await connection.query(
            """
            SELECT line, field, value, reason, row_text
            FROM rejects
            JOIN uploads USING (upload_id)
            WHERE uploads.task_id = \(task.id)
                AND (\(uploadID) IS NULL OR upload_id = \(uploadID))
            ORDER BY upload_id DESC, line
            LIMIT \(limit)
            """
        ).map(Self.decodeReject)
    }

    /// A page of the rejects of a task, those of the newest upload first.
    ///
    /// - Parameters:
    ///   - task: Whose.
    ///   - place: The upload and the line of the last one of the page before, and how many of that line
    ///     there were; `nil` for the first page.
    ///   - limit: How many at most.
    /// - Returns: The rejects with the uploads that they are of.
    /// - Throws: `PostgresError`.
    package func rejects(
        _ task: PredictionTask,
        after place: RejectPlace?,
        limit: Int
    ) async throws -> [(uploadID: Int64, reject: Reject)] {
        try await connection.query(
            """
            SELECT upload_id, line, field, value, reason, row_text
            FROM rejects
            JOIN uploads USING (upload_id)
            WHERE uploads.task_id = \(task.id)
                AND (\(place?.uploadID) IS NULL
                    OR upload_id < \(place?.uploadID)
                    OR (upload_id = \(place?.uploadID) AND line >= \(place?.line)))
            ORDER BY upload_id DESC, line, field COLLATE "C", value COLLATE "C",
                reason COLLATE "C", row_text COLLATE "C"
            OFFSET \(place?.count ?? 0)
            LIMIT \(limit)
            """
        ).map(Self.decodePlacedReject)
    }

    /// A page of the uploads of a task, the newest first.
    ///
    /// - Parameters:
    ///   - task: Whose.
    ///   - id: Only those before this one.
    ///   - asOf: Leaves out what came later, and small writes of hours that were not over; `nil` leaves out nothing.
    ///   - limit: How many at most.
    /// - Returns: The uploads.
    /// - Throws: `PostgresError`.
    package func uploads(
        _ task: PredictionTask,
        before id: Int64?,
        asOf: Instant? = nil,
        limit: Int
    ) async throws -> [UploadEntry] {
        try await connection.query(
            """
            SELECT upload_id, kind, known_at, last_known_at, token_names, \(UploadCounts.columns())
            FROM uploads
            WHERE task_id = \(task.id) AND (\(id) IS NULL OR upload_id < \(id))
                AND (\(asOf)::timestamptz IS NULL
                    OR coalesce(hour_start + interval '1 hour', known_at) <= \(asOf))
            ORDER BY upload_id DESC
            LIMIT \(limit)
            """
        ).map(Self.decodeEntry)
    }

    /// One upload of a task; `nil` where the task has none of that number.
    package func upload(_ id: Int64, of task: PredictionTask) async throws -> UploadEntry? {
        guard id < Int64.max else { return nil }
        return try await uploads(task, before: id + 1, limit: 1).first { $0.id == id }
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodeEntry(_ row: PostgresRow) throws -> UploadEntry {
        let text = try row.text("kind")
        guard let kind = UploadKind(rawValue: text) else {
            throw StoreError.unknownValue(column: "uploads.kind", value: text)
        }
        return UploadEntry(
            id: try row.int64("upload_id"),
            kind: kind,
            knownAt: try row.instant("known_at"),
            lastKnownAt: try row.optionalInstant("last_known_at"),
            tokenNames: try row.names("token_names"),
            counts: try UploadCounts(row)
        )
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodePlacedReject(
        _ row: PostgresRow
    ) throws -> (uploadID: Int64, reject: Reject) {
        (try row.int64("upload_id"), try decodeReject(row))
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodeReject(_ row: PostgresRow) throws -> Reject {
        Reject(
            line: try row.int64("line"),
            field: try row.text("field"),
            value: try row.text("value"),
            reason: try row.text("reason"),
            row: try row.text("row_text")
        )
    }

    /// PostgreSQL's text holds everything but the NUL character.
    private static func storable(_ text: String) -> String {
        text.contains("\0") ? text.replacing("\0", with: "\u{FFFD}") : text
    }
}
