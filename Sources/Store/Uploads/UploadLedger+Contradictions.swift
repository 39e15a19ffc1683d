package import Evaluation
import Postgres

/// Which uploads contradict which.
extension UploadLedger {
    /// Records what rows of an upload contradict, or of one of the small writes of an hour.
    package func record(
        _ contradictions: ContradictionTally,
        of uploadID: Int64,
        to task: PredictionTask
    ) async throws {
        guard !contradictions.uploads.isEmpty else { return }
        let sorted = contradictions.uploads.sorted { $0.key < $1.key }
        _ = try await connection.execute(
            """
            INSERT INTO upload_contradictions (
                upload_id, against_upload_id, row_count, first_predicted_at, last_predicted_at, task_id)
            SELECT \(uploadID), against_upload_id, row_count, first_predicted_at, last_predicted_at,
                \(task.id)
            FROM unnest(
                \(sorted.map(\.key)),
                \(sorted.map(\.value.count)),
                \(timestamps: sorted.map(\.value.first.microseconds)),
                \(timestamps: sorted.map(\.value.last.microseconds))
            ) AS told (against_upload_id, row_count, first_predicted_at, last_predicted_at)
            ON CONFLICT (upload_id, against_upload_id)
            DO UPDATE SET
                row_count = upload_contradictions.row_count + EXCLUDED.row_count,
                first_predicted_at = least(
                    upload_contradictions.first_predicted_at, EXCLUDED.first_predicted_at),
                last_predicted_at = greatest(
                    upload_contradictions.last_predicted_at, EXCLUDED.last_predicted_at)
            """
        )
    }

    /// The uploads that contradict others about predictions of an interval, those with the most rows first; without
    /// those that were taken back.
    ///
    /// - Parameters:
    ///   - task: Whose.
    ///   - interval: Of the predictions; rows that are about others are counted along.
    ///   - instant: Leaves out what came later; of small writes, the hours that were not over, since nothing tells
    ///     any more what of them had come.
    ///   - limit: How many at most.
    /// - Returns: The uploads, and how many there are in all.
    /// - Throws: `PostgresError`.
    package func contradictions(
        _ task: PredictionTask,
        of interval: Window,
        knownBy instant: Instant,
        limit: Int
    ) async throws -> (uploads: [ContradictingUpload], count: Int) {
        let rows = try await connection.query(
            """
            SELECT upload_id, against_upload_id, row_count, count(*) OVER () AS upload_count
            FROM upload_contradictions
            JOIN uploads USING (upload_id)
            WHERE upload_contradictions.task_id = \(task.id)
                AND first_predicted_at < \(interval.upperBound.clamped)
                AND last_predicted_at >= \(interval.lowerBound.clamped)
                AND coalesce(hour_start + interval '1 hour', known_at) <= \(instant)
                AND NOT EXISTS (
                    SELECT 1
                    FROM upload_withdrawals AS withdrawal
                    WHERE withdrawal.upload_id IN (
                            upload_contradictions.upload_id, against_upload_id)
                        AND withdrawal.from_at IS NULL
                        AND withdrawal.withdrawn_at <= \(instant))
            ORDER BY row_count DESC, upload_id, against_upload_id
            LIMIT \(limit)
            """
        ).map(Self.decodeContradiction)
        return (rows.map(\.upload), rows.first?.count ?? 0)
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodeContradiction(
        _ row: PostgresRow
    ) throws -> (upload: ContradictingUpload, count: Int) {
        (
            ContradictingUpload(
                id: try row.int64("upload_id"),
                against: try row.int64("against_upload_id"),
                rows: try row.int64("row_count")
            ),
            Int(try row.int64("upload_count"))
        )
    }
}
