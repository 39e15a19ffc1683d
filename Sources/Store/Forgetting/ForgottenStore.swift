package import Evaluation
package import Postgres

/// How many requests were forgotten, by the time buckets of their predictions: no id, and nothing that was told.
package struct ForgottenStore: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask

    package init(_ connection: PostgresConnection, task: PredictionTask) {
        self.connection = connection
        self.task = task
    }

    /// Those of time buckets that start in an interval.
    ///
    /// - Parameters:
    ///   - interval: Of the starts.
    ///   - includingOrphans: Whether those without a prediction, which have no time bucket, are wanted as well.
    /// - Returns: In no order.
    /// - Throws: `PostgresError`.
    package func requests(
        starting interval: Window = .always,
        includingOrphans: Bool = false
    ) async throws -> [ForgottenRequests] {
        try await connection.query(
            """
            SELECT bucket_start, chunk, request_count, known_from, known_until, forgotten_at,
                is_orphan
            FROM forgotten_requests
            WHERE task_id = \(task.id)
                AND CASE
                    WHEN is_orphan THEN \(includingOrphans)
                    ELSE bucket_start >= \(interval.lowerBound.clamped)
                        AND bucket_start < \(interval.upperBound.clamped)
                END
            """
        ).map(Self.decode)
    }

    /// The number of the next deletion in the task; under its gate.
    package func nextChunk() async throws -> Int32 {
        try await connection.query(
            """
            SELECT coalesce(max(chunk), 0) + 1 AS chunk
            FROM forgotten_requests
            WHERE task_id = \(task.id)
            """
        ).single().int32("chunk")
    }

    package func record(_ requests: [ForgottenRequests]) async throws {
        try await connection.copyIn(
            """
            COPY forgotten_requests (
                bucket_start, known_from, known_until, forgotten_at, request_count, task_id, chunk,
                is_orphan)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for request in requests {
                try writer.startRow(fields: 8)
                for instant in [
                    request.bucketStart, request.knownFrom, request.knownUntil, request.forgottenAt,
                ] {
                    writer.timestamp(microsecondsSince1970: instant.microseconds)
                }
                writer.int64(request.count)
                writer.int32(task.id)
                writer.int32(request.chunk)
                writer.bool(request.isOrphan)
            }
        }
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decode(_ row: PostgresRow) throws -> ForgottenRequests {
        ForgottenRequests(
            bucketStart: try row.instant("bucket_start"),
            chunk: try row.int32("chunk"),
            count: try row.int64("request_count"),
            knownFrom: try row.instant("known_from"),
            knownUntil: try row.instant("known_until"),
            forgottenAt: try row.instant("forgotten_at"),
            isOrphan: try row.bool("is_orphan")
        )
    }
}
