package import Evaluation
package import Postgres
import Store

/// Lets evidence begin anew with the rows that came in time after answers had used it.
///
/// Each restatement halves the probability of an error that verdicts rest on, so that all of them together have at most
/// twice that of the first ledger. Answers as of earlier instants stay as they were, and so does an alarm that stands.
package struct RestateLedger: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let author: String

    package init(pool: PostgresPool, task: PredictionTask, author: String = Author.commandLine) {
        self.pool = pool
        self.task = task
        self.author = author
    }

    /// - Parameter note: Why.
    /// - Returns: What was done.
    /// - Throws: `HarnessError.nothingToRestate` where the ledger has all that came in time;
    ///   `HarnessError.invalidSetting`.
    package func run(note: String) async throws -> LedgerRestatement {
        try Note.require(note)
        return try await pool.withTransaction { connection in
            let (task, now) = try await Gate(connection).enter(taskNamed: self.task.name)
            let store = CohortStore(connection, task: task)
            let standing = try await store.standing(asOf: now)
            let late = try await store.lateRows(
                present: now,
                toldBy: standing.inForceSince,
                asOf: now
            )
            guard late > 0 else { throw HarnessError.nothingToRestate(task: task.name) }
            let restatement = LedgerRestatement(
                task: task.name,
                restatedAt: now,
                lateRows: late,
                restatements: standing.restatements.count + 1,
                author: author,
                note: note
            )
            try await store.restate(restatement)
            try await ChangeStore(connection).record(
                "ledger.restate",
                "\(late) late rows: \(note)",
                of: task,
                by: author
            )
            return restatement
        }
    }
}
