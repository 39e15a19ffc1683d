package import Evaluation
package import Postgres

/// The order of a task's writers, and the instants from which what they add is known.
///
/// Under READ COMMITTED a prediction and its label that commit at the same moment would not see each other,
/// and the pair would be lost for ever; so would two uploads that bring the same id to different partitions.
/// A writer therefore holds its task's gate from its first look at the facts to its commit. Readers do not.
///
/// The gate remembers the last instant that it gave, or that an answer was given as of, and gives later ones only,
/// also where the clock steps back. What an answer as of an instant rests on (rule T7) has therefore been
/// committed when the answer is given, and what comes after it is known later.
package struct Gate: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Waits until no other writer of the task is at work, and keeps them out until the transaction ends.
    ///
    /// - Returns: The instant from which what this writer adds is known: read under the gate, so that the
    ///   order of instants is the order of commits.
    /// - Throws: `StoreError.taskDeleted` where the task has been deleted meanwhile.
    package func enter(_ task: PredictionTask) async throws -> Instant {
        let last = try await lastInstant(of: task, locking: "FOR UPDATE")
        let instant = max(try await connection.now(), last.next)
        _ = try await connection.execute(
            "UPDATE task_gates SET last_instant = \(instant) WHERE task_id = \(task.id)"
        )
        return instant
    }

    /// Enters the gate of the task of a name.
    ///
    /// - Returns: The task as it is under the gate, and the instant from which what this writer adds is known.
    /// - Throws: `StoreError.noSuchTask`; `StoreError.taskDeleted` where the name has become that of another task, or
    ///   of none, meanwhile.
    package func enter(
        taskNamed name: Name
    ) async throws -> (task: PredictionTask, instant: Instant) {
        let store = TaskStore(connection)
        let found = try await store.task(named: name)
        let instant = try await enter(found)
        let task = try await store.task(named: name)
        guard task.id == found.id else { throw StoreError.taskDeleted(name) }
        return (task, instant)
    }

    /// An instant by which all that is known has been committed; `nil` where a writer keeps the gate.
    ///
    /// Only a moment is waited, in a transaction of its own: who asks about the present takes what has been
    /// committed, and does not stand behind a long upload.
    package func quietInstant(of task: PredictionTask) async throws -> Instant? {
        do {
            return try await connection.withTransaction { connection in
                // Nothing is written that could be lost.
                _ = try await connection.execute("SET LOCAL synchronous_commit = off")
                _ = try await connection.execute("SET LOCAL lock_timeout = '50ms'")
                return try await Gate(connection).enter(task)
            }
        } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
            return nil
        }
    }

    /// Waits for the writer that is at work, so that what it is about to commit is seen, and lets those who come
    /// later know later; outside a transaction.
    ///
    /// An instant that is yet to come changes nothing.
    package func settle(_ task: PredictionTask, asOf: Instant) async throws {
        let last = try await lastInstant(of: task, locking: "FOR SHARE")
        guard asOf > last, asOf <= (try await connection.now()) else { return }
        _ = try await connection.execute(
            """
            UPDATE task_gates
            SET last_instant = greatest(last_instant, \(asOf))
            WHERE task_id = \(task.id)
            """
        )
    }

    /// The last instant that was given, as the connection sees it: all that is known by then has been committed.
    package func lastInstant(of task: PredictionTask) async throws -> Instant {
        try await lastInstant(of: task, locking: "")
    }

    /// - Throws: `StoreError.taskDeleted` where the gate has gone with its task.
    private func lastInstant(of task: PredictionTask, locking: SQL) async throws -> Instant {
        let rows = try await connection.query(
            "SELECT last_instant FROM task_gates WHERE task_id = \(task.id) \(locking)"
        )
        guard let row = rows.first else { throw StoreError.taskDeleted(task.name) }
        return try row.instant("last_instant")
    }

    /// The later of the clock and the last instant; nobody is waited for.
    package func present(of task: PredictionTask) async throws -> Instant {
        max(try await connection.now(), try await lastInstant(of: task))
    }
}
