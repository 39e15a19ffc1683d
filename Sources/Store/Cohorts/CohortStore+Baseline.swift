package import Evaluation
import Postgres

/// The labelled predictions of a baseline file, a cohort a time bucket.
extension CohortStore {
    /// Adds the cohorts of a new baseline file to those of the older ones; under the task's gate.
    ///
    /// - Returns: The version of the file, which the task's settings then name.
    package func addBaseline(_ cohorts: [Instant: CohortCell]) async throws -> Int32 {
        let version = try await connection.query(
            "SELECT baseline_version + 1 AS version FROM tasks WHERE task_id = \(task.id)"
        ).single().int32("version")
        try await connection.copyIn(
            """
            COPY baseline_cohorts (
                task_id, baseline_version, bucket_start, totals, losses, scores, labels,
                entities)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for (start, cell) in cohorts.sorted(by: { $0.key < $1.key }) {
                try writer.startRow(fields: 8)
                writer.int32(task.id)
                writer.int32(version)
                writer.timestamp(microsecondsSince1970: start.microseconds)
                writer.bytes(CellCoding.encode(totals: cell.totals))
                writer.bytes(CellCoding.encode(histogram: cell.losses))
                writer.bytes(CellCoding.encode(histogram: cell.scores))
                writer.bytes(cell.labels.bytes)
                writer.bytes(cell.entities.bytes)
            }
        }
        return version
    }

    /// The baseline of a `version`; `nil` for that of the store's task.
    package func baseline(
        version: Int32? = nil
    ) async throws -> [(start: Instant, cell: CohortCell)] {
        try await connection.query(
            """
            SELECT bucket_start, totals, losses, scores, labels, entities
            FROM baseline_cohorts
            WHERE task_id = \(task.id)
                AND baseline_version = \(version ?? task.baselineVersion)
            ORDER BY bucket_start
            """
        ).map { row in
            var cell = CohortCell(kind: task.kind)
            try cell.add(
                totals: try row.bytes(1),
                losses: try row.bytes(2),
                scores: try row.bytes(3),
                labels: try row.bytes(4),
                slices: [],
                entities: try row.bytes(5)
            )
            return (start: try row.instant(0), cell: cell)
        }
    }
}
