import Contract
package import Evaluation
package import Postgres
import Store

extension TaskView {
    /// `task` tells which one; its settings are read anew.
    ///
    /// `present` is the as-of instant, or one by which all that the connection's snapshot sees is known.
    fileprivate init(
        _ connection: PostgresConnection,
        task: PredictionTask,
        asOf: Instant?,
        present: Instant,
        ledger: LedgerStanding? = nil
    ) async throws {
        let tasks = TaskStore(connection)
        let then = try await tasks.settings(of: task, asOf: present)
        let release = ReleaseStore(connection, task: then)
        let names = DictionaryStore(connection)
        let store = RoleStore(connection)
        try self.init(
            task: then,
            settings: try await tasks.settingsOrigin(of: task, asOf: present),
            createdAt: try await tasks.createdAt(of: task),
            // Evidence that was used has the names of rows that were withdrawn since.
            dictionary: try await names.load(then, .past),
            models: try await names.knownModels(of: then, asOf: present),
            slices: try await names.slices(of: then, asOf: present),
            roleHistory: try await store.history(of: then, asOf: present),
            present: present,
            asOf: asOf,
            released: try await release.released(),
            rowsFromThen: try await release.released(by: present)?.rowsFrom,
            newestWithdrawal: try await WithdrawalLedger(connection, task: then).newest(),
            ledger: ledger
        )
        if asOf != nil, roles.champion == nil {
            nextChampion = try await store.firstChampion(of: then, after: present)
        }
    }

    /// The rows as they counted at the instant; ready for look-ups.
    func facts(_ connection: PostgresConnection) async throws -> FactStore {
        let facts = FactStore(connection, task: task, past: past)
        try await facts.prepareSession()
        return facts
    }
}

/// A question about a task, now or as of an instant: the only way to a `TaskView`.
///
/// Whoever asks hands the task over and gets it back as it was, so that no operation can take settings, names or roles
/// of today for those of the instant (rule T7).
package struct Question: Sendable {
    private let pool: PostgresPool
    private let task: PredictionTask
    private let asOf: Instant?

    package init(pool: PostgresPool, task: PredictionTask, asOf: Instant? = nil) {
        self.pool = pool
        self.task = task
        self.asOf = asOf
    }

    /// Reads one snapshot.
    ///
    /// A question about the past waits for the writer that is at work, so that what was known then has been committed.
    /// One about the present does not: where a writer keeps the gate, its present is the last instant that somebody had of it.
    /// Both have the same answer when it is asked for again as of that instant.
    ///
    /// - Parameter body: Is given the connection that holds the snapshot, and the view.
    /// - Returns: What the body returns.
    /// - Throws: `HarnessError.asOfInFuture`.
    package func answer<Answer: Sendable>(
        _ body: sending (PostgresConnection, TaskView) async throws -> Answer
    ) async throws -> Answer {
        let quiet = try await settle()
        return try await pool.withTransaction(isolation: .repeatableRead) { connection in
            let newest = try await Gate(connection).lastInstant(of: task)
            let now = max(quiet ?? newest, newest)
            let view = try await TaskView(
                connection,
                task: task,
                asOf: asOf,
                present: try asOf(notAfter: now) ?? now
            )
            return try await body(connection, view)
        }
    }

    /// Makes the entries of the ledger that are due and uses them, then reads one snapshot: for answers that rest on the
    /// ledger of cohorts.
    ///
    /// Asked without an instant, it takes that of the gate as its present: all that was known then is in the snapshot,
    /// and what the snapshot has besides is left out.
    ///
    /// - Parameters:
    ///   - pairs: The champion whose pairs the answer needs.
    ///   - body: Is given the connection that holds the snapshot, and the view.
    /// - Returns: What the body returns.
    /// - Throws: `HarnessError.asOfInFuture`.
    package func decide<Answer: Sendable>(
        pairs: PairsWanted = .none,
        _ body: sending (PostgresConnection, TaskView) async throws -> Answer
    ) async throws -> Answer {
        // Behind the gate nothing that is known by now is still on its way.
        let (gate, present, then, used) = try await pool.withTransaction { connection in
            let gate = try await Gate(connection).enter(task)
            let present = try asOf(notAfter: gate) ?? gate
            let then = try await TaskStore(connection).settings(of: task, asOf: present)
            let used = try await UseLedger(pool: pool, task: then, present: present)
                .ifMade(connection, at: gate)
            return (gate, present, then, used)
        }
        try await pairs.keep(pool: pool, task: then, present: present)
        let ledger: LedgerStanding
        if let used {
            ledger = used
        } else {
            ledger = try await UseLedger(pool: pool, task: then, present: present).run()
        }
        return try await pool.withTransaction(isolation: .repeatableRead) { connection in
            // A writer that was quicker than the snapshot makes the present a past one: cohorts matured as of the gate.
            let newest = try await UploadLedger(connection).newestKnownAt(of: task)
            let isOvertaken = newest.map { $0 > gate } ?? false
            let view = try await TaskView(
                connection,
                task: task,
                asOf: asOf ?? (isOvertaken ? gate : nil),
                present: present,
                ledger: ledger
            )
            return try await body(connection, view)
        }
    }

    /// - Returns: For the present, an instant by which all that is known has been committed, if no writer is at work.
    private func settle() async throws -> Instant? {
        try await pool.withConnection { connection in
            let gate = Gate(connection)
            guard let asOf else { return try await gate.quietInstant(of: task) }
            try await gate.settle(task, asOf: asOf)
            return try await gate.present(of: task)
        }
    }

    private func asOf(notAfter now: Instant) throws -> Instant? {
        guard let asOf else { return nil }
        guard asOf <= now else { throw HarnessError.asOfInFuture(asOf) }
        return asOf
    }
}

extension TaskStore {
    /// The task as its settings were at an instant; those that cells depend on are those of its cells.
    ///
    /// Such settings can only have been changed before there were predictions, of which every number is.
    fileprivate func settings(
        of task: PredictionTask,
        asOf: Instant
    ) async throws -> PredictionTask {
        try await self.task(task, asOf: asOf)
            .counted(as: try await self.task(task, asOf: .distantFuture))
    }
}
