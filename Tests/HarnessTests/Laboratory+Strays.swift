import Evaluation
import Postgres
import Store

extension Laboratory {
    /// Rows outside the partition of their time that nobody would find, for their keys are not scattered.
    func strays() async throws -> [String] {
        try await pool.withConnection { connection in
            try await connection.query(
                """
                SELECT row.prediction_id, row.part,
                    (extract(epoch FROM row.predicted_at) * 1000000)::bigint AS microseconds
                FROM (
                    SELECT prediction_id, predicted_at, part, key FROM predictions
                    UNION ALL
                    SELECT prediction_id, predicted_at, part, key FROM withdrawn_predictions
                    UNION ALL
                    SELECT prediction_id, predicted_at, part, key FROM repeated_predictions) AS row
                JOIN task_parts USING (part)
                WHERE released_at IS NULL AND key NOT IN (SELECT key FROM scattered_keys)
                """
            ).map {
                (
                    id: try $0.text("prediction_id"), part: try $0.int32("part"),
                    at: Instant(microseconds: try $0.int64("microseconds"))
                )
            }
        }
        .filter { Partition(of: $0.at, days: task.partitionDays).number != $0.part }
        .map { "\($0.id) of \($0.at.iso8601) lies in partition \($0.part)" }
    }
}
