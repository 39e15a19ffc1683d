package import Evaluation
package import Postgres
import Store

/// Takes uploads back: from the instant of the withdrawal on their rows count as if they had never come, and as of an
/// earlier one as they did.
///
/// One transaction under the task's gate. Uploads wait; questions are answered from what was there before. Cells are
/// less by what the rows added, and more by what other uploads have told as well. Cohorts that are frozen stay.
/// A withdrawal takes back what is held as rows: what was released stays counted.
package struct WithdrawUploads: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let author: String

    package init(
        pool: PostgresPool,
        task: PredictionTask,
        author: String = Author.commandLine
    ) {
        self.pool = pool
        self.task = task
        self.author = author
    }

    /// Takes an upload back; again, it changes nothing.
    ///
    /// - Parameters:
    ///   - uploadID: As the upload said when it ended, and as the list of uploads has it. Of the small writes of an hour
    ///     all that have come are taken back.
    ///   - note: Why.
    /// - Returns: What was taken back.
    /// - Throws: `HarnessError.noSuchUpload`; `HarnessError.baselineUpload`; `HarnessError.invalidSetting`.
    package func run(uploadID: Int64, note: String) async throws -> WithdrawalReport {
        try await run(note: note) { ledger in
            guard let entry = try await ledger.upload(uploadID, of: task) else {
                throw HarnessError.noSuchUpload(uploadID, task: task.name)
            }
            guard entry.kind != .baseline else {
                throw HarnessError.baselineUpload(uploadID, task: task.name)
            }
            return [(entry, nil)]
        }
    }

    /// Takes small writes back.
    ///
    /// - Parameters:
    ///   - tokenName: Whose; `nil` for those that came without a token.
    ///   - interval: By the instant from which they are known.
    ///   - note: Why.
    /// - Returns: What was taken back, an hour at a time.
    /// - Throws: `HarnessError.noSmallWrites`; `HarnessError.invalidSetting`.
    package func run(
        smallWritesOf tokenName: Name?,
        during interval: Window,
        note: String
    ) async throws -> WithdrawalReport {
        try await run(note: note) { ledger in
            let hours = try await ledger.hours(of: task, tokenName: tokenName, during: interval)
            guard !hours.isEmpty else {
                throw HarnessError.noSmallWrites(token: tokenName, task: task.name)
            }
            return hours.map { ($0, interval) }
        }
    }

    private func run(
        note: String,
        _ wanted: (UploadLedger) async throws -> [(entry: UploadEntry, interval: Window?)]
    ) async throws -> WithdrawalReport {
        try Note.require(note)
        let report = try await pool.withTransaction { connection in
            let (task, instant) = try await Gate(connection).enter(taskNamed: self.task.name)
            var report = WithdrawalReport(task: task.name, withdrawnAt: instant)
            let withdrawing = try await WithdrawRows(connection, task: task, at: instant)
            for (entry, interval) in try await wanted(UploadLedger(connection)) {
                report.uploads.append(
                    try await withdraw(entry, interval, note, withdrawing, connection)
                )
            }
            return report
        }
        // It is durable: folding can wait for the next upload.
        _ = try? await FoldCells(pool: pool, task: task).runIfWorthwhile()
        return report
    }

    private func withdraw(
        _ entry: UploadEntry,
        _ interval: Window?,
        _ note: String,
        _ withdrawing: WithdrawRows,
        _ connection: PostgresConnection
    ) async throws -> WithdrawnUpload {
        let ledger = WithdrawalLedger(connection, task: withdrawing.task)
        let earlier = try await ledger.withdrawals(of: [entry.id])
        // The small writes of an hour may go on after they were taken back.
        let isShared = entry.lastKnownAt != nil
        var done = WithdrawnUpload(
            entry: entry,
            withdrawal: Withdrawal(
                uploadID: entry.id,
                withdrawnAt: withdrawing.instant,
                interval: isShared
                    ? (interval ?? .always).before(withdrawing.instant) : nil,
                author: author,
                note: note
            ),
            isNew: true
        )
        if !isShared, let first = earlier.first {
            done.withdrawal = first
            done.isNew = false
        } else {
            (done.withdrawal.rows, done.late) = try await withdrawing.run(
                ToldRows(uploadID: entry.id, interval: done.withdrawal.interval),
                receivedAt: entry.knownAt
            )
        }
        if interval == nil {
            let held = done.isNew ? done.withdrawal.rows : 0
            let counted = entry.counts.received - entry.counts.rejected
            done.stayed = counted - held - earlier.reduce(0) { $0 + $1.rows }
        }
        guard done.isNew else { return done }
        if done.stayed ?? 0 == 0 {
            try await withdrawing.withdrawNames(
                of: done.withdrawal,
                told: Window(
                    from: entry.knownAt,
                    upTo: (entry.lastKnownAt ?? entry.knownAt).next
                )
            )
        }
        try await ledger.record(done.withdrawal)
        try await ChangeStore(connection).record(
            "upload.withdraw",
            "upload \(entry.id), \(done.withdrawal.rows) rows: \(note)",
            of: withdrawing.task,
            by: author
        )
        return done
    }
}
