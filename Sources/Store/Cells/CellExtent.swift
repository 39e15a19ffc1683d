package import Evaluation
import Postgres

extension CellStore {
    /// The time buckets in which the task has predictions, in order.
    package func bucketStarts() async throws -> [Instant] {
        try await connection.query(
            """
            SELECT DISTINCT bucket_start
            FROM model_cells
            WHERE task_id = \(task.id) AND slice_id = 0
            ORDER BY bucket_start
            """
        ).map { try $0.instant(0) }
    }

    /// From the start of the first time bucket with predictions to the start of the last.
    package func extent() async throws -> ClosedRange<Instant>? {
        let row = try await connection.query(
            """
            SELECT min(bucket_start) AS first_start, max(bucket_start) AS last_start
            FROM model_cells
            WHERE task_id = \(task.id) AND slice_id = 0
            """
        ).single()
        guard let first = try row.optionalInstant("first_start"),
            let last = try row.optionalInstant("last_start")
        else { return nil }
        return first...last
    }
}
