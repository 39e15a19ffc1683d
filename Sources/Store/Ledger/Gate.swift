package import Evaluation
package import Postgres

/// The order of a task's writers.
///
/// Under READ COMMITTED a prediction and its label that commit at the same moment would not see each other,
/// and the pair would be lost for ever; so would two uploads that bring the same id to different partitions.
/// A writer therefore holds its task's gate from its first look at the facts to its commit. Readers do not.
package struct Gate: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Waits until no other writer of the task is at work, and keeps them out until the transaction ends.
    ///
    /// - Returns: The instant from which what this writer adds is known: read under the gate, so that the
    ///   order of instants is the order of commits.
    package func enter(_ task: PredictionTask) async throws -> Instant {
        _ = try await connection.query(
            "SELECT task_id FROM task_gates WHERE task_id = \(task.id) FOR UPDATE"
        )
        let row = try await connection.query("SELECT clock_timestamp() AS now").single()
        return try row.instant("now")
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

    /// Waits for the writer that is at work, so that what it is about to commit is seen (rule T7: a number
    /// as of an instant is the same for ever, so nothing known by then may still be on its way).
    package func waitForWriters(of task: PredictionTask) async throws {
        _ = try await connection.query(
            "SELECT task_id FROM task_gates WHERE task_id = \(task.id) FOR SHARE"
        )
    }
}

/// The database server's clock.
package struct ServerClock: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    package func now() async throws -> Instant {
        try await connection.query("SELECT clock_timestamp() AS now").single().instant("now")
    }
}
