package import Evaluation
import Postgres

/// What becomes of entries when rows come that were in time for them, or are taken back.
extension CohortStore {
    /// Rows that change what entries should hold; under the task's gate.
    package struct Change: Sendable {
        /// How many rows, by cohort.
        package var rows: [CohortKey: Int64]
        /// The instant of the gate.
        package var at: Instant
        /// Whether rows have come, and not gone.
        package var isLoading: Bool
        /// Entries that begin before stay: their rows are no longer kept.
        package var rowsFrom: Instant

        package init(
            rows: [CohortKey: Int64],
            at instant: Instant,
            isLoading: Bool,
            rowsFrom: Instant
        ) {
            self.rows = rows
            at = instant
            self.isLoading = isLoading
            self.rowsFrom = rowsFrom
        }
    }

    /// Lets the ledger follow a change of the rows.
    ///
    /// Provisional entries are made anew at the next need. Entries that an answer has used stay, for what was said as of then,
    /// and get a revision, which is in force at once as long as all rows of the task are history; later, when the ledger has
    /// been restated.
    ///
    /// - Parameter change: What has changed.
    /// - Returns: Of how many rows the evidence of the full age knows nothing.
    /// - Throws: `PostgresError`.
    package func follow(_ change: Change) async throws -> Int64 {
        guard !change.rows.isEmpty else { return 0 }
        let told = try told(change)
        let standing = try await standing(asOf: change.at)
        if change.isLoading { try await expect(told, loadedAt: change.at) }
        let loadedAt: SQL = change.isLoading ? "\(change.at)" : "cohorts.loaded_at"
        let stays: SQL = "(cohorts.is_fixed OR cohorts.bucket_start < \(change.rowsFrom.clamped))"
        let isUsed: SQL = "cohorts.used_at IS NOT NULL"
        let inForce = LedgerPart.inForce(
            present: .distantFuture,
            toldBy: standing.inForceSince,
            asOf: change.at
        )
        let late = try await connection.query(
            """
            WITH in_force AS (\(entries(inForce))), late AS (
                INSERT INTO cohort_late_rows (
                    task_id, bucket_start, age_seconds, told_at, row_count)
                SELECT cohorts.task_id, cohorts.bucket_start, cohorts.age_seconds, \(change.at),
                    told.row_count
                FROM cohorts, \(newest(told))
                    AND EXISTS (
                        SELECT 1
                        FROM in_force
                        WHERE in_force.bucket_start = cohorts.bucket_start
                            AND in_force.age_seconds = cohorts.age_seconds
                            AND in_force.has_labels
                            AND (in_force.revision < cohorts.revision OR \(stays) OR \(isUsed)))
                    AND \(standing.liveSince != nil)
                RETURNING age_seconds, row_count
            ), revised AS (
                INSERT INTO cohorts (
                    task_id, bucket_start, age_seconds, revision, matured_at, told_at, loaded_at)
                SELECT cohorts.task_id, cohorts.bucket_start, cohorts.age_seconds,
                    cohorts.revision + 1, cohorts.matured_at, \(change.at), \(loadedAt)
                FROM cohorts, \(newest(told)) AND NOT \(stays) AND \(isUsed)
            ), remade AS (
                UPDATE cohorts
                SET frozen_at = NULL, has_labels = false, loaded_at = \(loadedAt)
                FROM \(newest(told)) AND NOT \(stays) AND NOT \(isUsed)
            )
            SELECT coalesce(sum(row_count), 0)::bigint
            FROM late
            WHERE age_seconds = \(task.horizonSeconds)
            """
        ).single().int64(0)
        for table in ["cohort_pair_cells", "cohort_cells"] {
            _ = try await connection.execute(
                """
                DELETE FROM \(identifier: table) AS cell
                USING cohorts
                WHERE cohorts.task_id = \(task.id) AND cohorts.frozen_at IS NULL
                    AND cell.task_id = cohorts.task_id
                    AND cell.bucket_start = cohorts.bucket_start
                    AND cell.age_seconds = cohorts.age_seconds
                    AND cell.revision = cohorts.revision
                """
            )
        }
        return late
    }

    private func told(_ change: Change) throws -> SQL {
        let buckets = try task.timeBuckets()
        let sorted = change.rows.sorted {
            ($0.key.bucket, $0.key.age) < ($1.key.bucket, $1.key.age)
        }
        return """
            unnest(
                \(timestamps: sorted.map { buckets.start(ofNumber: $0.key.bucket).microseconds }),
                \(sorted.map(\.key.age)),
                \(timestamps: sorted.map { $0.key.instant(in: buckets).microseconds }),
                \(sorted.map(\.value)))
            AS told (bucket_start, age_seconds, matured_at, row_count)
            """
    }

    /// The newest revisions of what was `told`, beside `cohorts`.
    private func newest(_ told: SQL) -> SQL {
        """
        \(told)
        WHERE cohorts.task_id = \(task.id)
            AND cohorts.bucket_start = told.bucket_start
            AND cohorts.age_seconds = told.age_seconds
            AND cohorts.revision = (
                SELECT max(other.revision)
                FROM cohorts AS other
                WHERE other.task_id = cohorts.task_id
                    AND other.bucket_start = cohorts.bucket_start
                    AND other.age_seconds = cohorts.age_seconds)
        """
    }

    /// Notes entries that are still to be made, so that it is known when their rows came.
    private func expect(_ told: SQL, loadedAt: Instant) async throws {
        _ = try await connection.execute(
            """
            INSERT INTO cohorts (
                task_id, bucket_start, age_seconds, matured_at, loaded_at)
            SELECT \(task.id), told.bucket_start, told.age_seconds, told.matured_at, \(loadedAt)
            FROM \(told)
            ON CONFLICT (task_id, bucket_start, age_seconds, revision) DO NOTHING
            """
        )
    }

    /// Keeps made entries as they are for ever: their time buckets have lost rows for good.
    ///
    /// Under the task's gate.
    ///
    /// - Parameter starts: Of time buckets.
    /// - Throws: `PostgresError`.
    package func fix(starting starts: Set<Instant>) async throws {
        guard !starts.isEmpty else { return }
        let sorted = starts.sorted().map(\.microseconds)
        _ = try await connection.execute(
            """
            UPDATE cohorts
            SET is_fixed = true
            WHERE task_id = \(task.id) AND frozen_at IS NOT NULL
                AND bucket_start IN (SELECT unnest(\(timestamps: sorted)))
            """
        )
    }

    /// The starts of the time buckets whose entries a change of the rows cannot change any more.
    ///
    /// Entries that begin before `rowsFrom` are among them: their rows are no longer kept.
    package func settledStarts(from rowsFrom: Instant) async throws -> Set<Instant> {
        let isLive = try await UploadLedger(connection).firstLive(of: task) != nil
        return Set(
            try await connection.query(
                """
                SELECT DISTINCT bucket_start
                FROM cohorts
                WHERE task_id = \(task.id) AND frozen_at IS NOT NULL
                    AND (is_fixed OR bucket_start < \(rowsFrom.clamped)
                        OR (used_at IS NOT NULL AND \(isLive)))
                """
            ).map { try $0.instant(0) }
        )
    }
}
