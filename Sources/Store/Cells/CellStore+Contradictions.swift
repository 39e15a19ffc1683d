package import Evaluation
import Postgres

/// How many requests were told in several ways: kept and folded like cells, in rows only where there are any.
extension CellStore {
    /// Appends what an upload, or a chunk of it, adds.
    func append(
        contradictions: [Int32: ContradictionCount],
        uploadID: Int64,
        chunk: Int32
    ) async throws {
        let changed = contradictions.filter { !$0.value.isZero }.sorted { $0.key < $1.key }
        guard !changed.isEmpty else { return }
        try await connection.copyIn(
            """
            COPY contradiction_cells (bucket_start, upload_id, scores, labels, task_id, chunk)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for (bucket, count) in changed {
                try writer.startRow(fields: 6)
                writer.timestamp(
                    microsecondsSince1970: buckets.start(ofNumber: bucket).microseconds
                )
                writer.int64(uploadID)
                writer.int64(count.scores)
                writer.int64(count.labels)
                writer.int32(task.id)
                writer.int32(chunk)
            }
        }
    }

    /// The summed-up counts of the time buckets that start in an interval; those that are 0 are left out.
    package func contradictions(
        starting interval: Window,
        from source: CellSource = .all
    ) async throws -> [Int32: ContradictionCount] {
        let counts = try await connection.query(
            """
            SELECT bucket_start, sum(scores)::bigint AS scores, sum(labels)::bigint AS labels
            FROM contradiction_cells
            WHERE task_id = \(task.id)
                AND bucket_start >= \(interval.lowerBound.clamped)
                AND bucket_start < \(interval.upperBound.clamped)
                \(source.condition)
            GROUP BY bucket_start
            HAVING sum(scores) <> 0 OR sum(labels) <> 0
            """
        ).map(Self.decodeContradictions)
        return Dictionary(
            uniqueKeysWithValues: counts.map { (buckets.number(of: $0.start), $0.count) }
        )
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodeContradictions(
        _ row: PostgresRow
    ) throws -> (start: Instant, count: ContradictionCount) {
        (
            try row.instant("bucket_start"),
            ContradictionCount(scores: try row.int64("scores"), labels: try row.int64("labels"))
        )
    }
}
