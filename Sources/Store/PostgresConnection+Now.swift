package import Evaluation
package import Postgres

extension PostgresConnection {
    /// What time it is, by the clock that the connection was given.
    ///
    /// What a task knows, and what a question about it takes as its present, comes from the task's `Gate`, which
    /// never steps back.
    package nonisolated func now() async throws -> Instant {
        Instant(microseconds: try await microsecondsSince1970())
    }
}
