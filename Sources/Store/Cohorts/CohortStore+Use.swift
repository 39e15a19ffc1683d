package import Evaluation
import Postgres

/// What an answer needs to know of the ledger before it rests on it.
extension CohortStore {
    /// How the ledger stands for an answer, whose entries are used from then on; under the task's gate.
    ///
    /// While history is being loaded an answer rests on no evidence, and uses none.
    ///
    /// - Parameters:
    ///   - present: The instant that the answer is about.
    ///   - now: The instant of the gate.
    ///   - createdAt: When the task was created.
    /// - Returns: How it stands.
    /// - Throws: `PostgresError`.
    package func use(
        present: Instant,
        at now: Instant,
        createdAt: Instant
    ) async throws -> LedgerStanding {
        var standing = try await standing(asOf: present < createdAt ? now : present)
        let part = LedgerPart.inForce(
            present: present,
            toldBy: standing.inForceSince,
            asOf: standing.asOf
        )
        standing.lateRows = try await lateRows(
            present: present,
            toldBy: standing.inForceSince,
            asOf: standing.asOf
        )
        guard try await hasUnused() else { return standing }
        // What came before the first live row nobody can have chosen by an answer, and a restatement has its price.
        let quiet = max(
            standing.inForceSince,
            now.advanced(bySeconds: -LedgerStanding.quietSeconds)
        )
        standing.loadingUntil = try await connection.query(
            """
            SELECT max(loaded_at) AS loaded_at
            FROM cohorts
            JOIN (\(entries(part))) AS entry USING (bucket_start, age_seconds, revision)
            WHERE task_id = \(task.id) AND used_at IS NULL AND entry.has_labels
                AND loaded_at > \(quiet.clamped)
            """
        ).single().optionalInstant("loaded_at")?
        .advanced(bySeconds: LedgerStanding.quietSeconds)
        guard standing.loadingUntil == nil else { return standing }
        _ = try await connection.execute(
            """
            UPDATE cohorts
            SET used_at = \(now)
            FROM (\(entries(part))) AS entry
            WHERE task_id = \(task.id) AND used_at IS NULL
                AND cohorts.bucket_start = entry.bucket_start
                AND cohorts.age_seconds = entry.age_seconds AND cohorts.revision = entry.revision
            """
        )
        return standing
    }

    /// How the ledger stood at an instant, but for what came late or is being loaded.
    package func standing(asOf instant: Instant) async throws -> LedgerStanding {
        LedgerStanding(
            asOf: instant,
            restatements: try await restatements(by: instant),
            liveSince: try await UploadLedger(connection).firstLive(of: task, asOf: instant)
        )
    }

    /// Rows that were in time for entries of the full age, and came after what is in force was told.
    package func lateRows(present: Instant, toldBy: Instant, asOf: Instant) async throws -> Int64 {
        try await connection.query(
            """
            SELECT coalesce(sum(row_count), 0)::bigint
            FROM cohort_late_rows
            WHERE task_id = \(task.id) AND age_seconds = \(task.horizonSeconds)
                AND told_at <= \(asOf.clamped)
                AND told_at > \(toldBy.clamped)
                AND EXISTS (
                    SELECT 1
                    FROM cohorts
                    WHERE cohorts.task_id = \(task.id)
                        AND cohorts.bucket_start = cohort_late_rows.bucket_start
                        AND cohorts.age_seconds = cohort_late_rows.age_seconds
                        AND matured_at <= \(present.clamped))
            """
        ).single().int64(0)
    }

    /// Whether an answer could use any entry, or be kept from it.
    private func hasUnused() async throws -> Bool {
        try await connection.query(
            """
            SELECT EXISTS (
                SELECT 1 FROM cohorts
                WHERE task_id = \(task.id) AND used_at IS NULL) AS has_unused
            """
        ).single().bool("has_unused")
    }

    /// Whether any entry has been used.
    package func hasUsed() async throws -> Bool {
        try await connection.query(
            """
            SELECT EXISTS (
                SELECT 1 FROM cohorts
                WHERE task_id = \(task.id) AND used_at IS NOT NULL) AS has_used
            """
        ).single().bool("has_used")
    }

    // MARK: - Restatements

    /// The instants at which the ledger had been restated by another, the first first.
    package func restatements(by instant: Instant = .distantFuture) async throws -> [Instant] {
        try await connection.query(
            """
            SELECT restated_at
            FROM ledger_restatements
            WHERE task_id = \(task.id) AND restated_at <= \(instant.clamped)
            ORDER BY restated_at
            """
        ).map { try $0.instant(0) }
    }

    /// Puts the revisions that were told by now in force.
    package func restate(_ restatement: LedgerRestatement) async throws {
        _ = try await connection.execute(
            """
            INSERT INTO ledger_restatements (restated_at, task_id, late_rows, author, note)
            VALUES (
                \(restatement.restatedAt), \(task.id), \(restatement.lateRows),
                \(restatement.author), \(restatement.note))
            """
        )
    }
}
