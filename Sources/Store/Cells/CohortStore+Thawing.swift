package import Evaluation
import Postgres

/// What is frozen stays frozen, unless it was no evidence for anybody.
extension CohortStore {
    /// Takes frozen cohorts without a single label out of the ledger.
    ///
    /// They have never been evidence, and a backfill may tell what was known of them in time. Those that begin before
    /// `rowsFrom` stay: they could not be frozen again without their rows. Under the task's gate.
    package func thawUnlabelled(from rowsFrom: Instant) async throws {
        try await thaw("NOT cohorts.is_fixed AND cohorts.bucket_start >= \(rowsFrom.clamped)")
    }

    /// Takes frozen cohorts that no answer has used out of the ledger.
    ///
    /// Their time buckets have lost rows, and they are frozen again from those that are left. Those that were used stay as
    /// they are for ever. Under the task's gate.
    ///
    /// - Parameters:
    ///   - starts: Of time buckets.
    ///   - instant: Until when cohorts have matured that were used.
    ///   - rowsFrom: Cohorts that begin before stay.
    /// - Throws: `PostgresError`.
    package func thawUnused(
        starting starts: Set<Instant>,
        usedUntil instant: Instant,
        from rowsFrom: Instant
    ) async throws {
        guard !starts.isEmpty else { return }
        try await thaw(
            """
            cohorts.matured_at > \(instant.clamped) AND cohorts.bucket_start >= \(rowsFrom.clamped)
                AND \(Self.isAmong(starts))
            """
        )
        try await fix(starting: starts)
    }

    /// Keeps frozen cohorts as they are for ever.
    ///
    /// Their time buckets have lost rows. Under the task's gate.
    ///
    /// - Parameter starts: Of time buckets.
    /// - Throws: `PostgresError`.
    package func fix(starting starts: Set<Instant>) async throws {
        guard !starts.isEmpty else { return }
        _ = try await connection.execute(
            """
            UPDATE cohorts
            SET is_fixed = true
            WHERE task_id = \(task.id) AND NOT is_fixed AND \(Self.isAmong(starts))
            """
        )
    }

    /// The starts of the time buckets of frozen cohorts that stay as they are for ever.
    ///
    /// `instant` is until when cohorts have matured that were used. Cohorts that begin before `rowsFrom` stay.
    package func fixedStarts(
        usedUntil instant: Instant,
        from rowsFrom: Instant
    ) async throws -> Set<Instant> {
        Set(
            try await connection.query(
                """
                SELECT DISTINCT bucket_start
                FROM cohorts
                WHERE task_id = \(task.id)
                    AND (matured_at <= \(instant.clamped) OR bucket_start < \(rowsFrom.clamped))
                """
            ).map { try $0.instant(0) }
        )
    }

    private static func isAmong(_ starts: Set<Instant>) -> SQL {
        let sorted = starts.sorted().map(\.microseconds)
        return "cohorts.bucket_start IN (SELECT unnest(\(timestamps: sorted)))"
    }

    /// Takes out cohorts by a `condition` on `cohorts`.
    private func thaw(_ condition: SQL) async throws {
        for table in ["cohort_pair_cells", "cohort_cells"] {
            _ = try await connection.execute(
                """
                DELETE FROM \(identifier: table) AS cell
                USING cohorts
                WHERE cohorts.task_id = \(task.id) AND \(condition)
                    AND cell.task_id = cohorts.task_id
                    AND cell.bucket_start = cohorts.bucket_start
                    AND cell.age_seconds = cohorts.age_seconds
                """
            )
        }
        _ = try await connection.execute(
            "DELETE FROM cohorts WHERE task_id = \(task.id) AND \(condition)"
        )
    }
}
