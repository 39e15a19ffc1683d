package import Evaluation
import Harness
package import Postgres

/// What a question is answered with: connections to the database, and who asks.
package struct Desk: Sendable {
    package var readers: PostgresPool
    /// For decisions, which freeze cohorts that are due and so wait for uploads.
    package var deciders: PostgresPool
    package var writers: PostgresPool
    package var author: String
    /// The tasks that the one who asks may see; `nil` for all.
    package var tasks: Set<Name>?
    /// Whether a person reads the answer, who wants less of it.
    package var isForTable: Bool

    package init(
        readers: PostgresPool,
        deciders: PostgresPool,
        writers: PostgresPool,
        author: String,
        tasks: Set<Name>?,
        isForTable: Bool
    ) {
        self.readers = readers
        self.deciders = deciders
        self.writers = writers
        self.author = author
        self.tasks = tasks
        self.isForTable = isForTable
    }

    /// A desk whose connections are one pool, and which may see everything.
    package init(pool: PostgresPool, author: String, isForTable: Bool) {
        self.init(
            readers: pool,
            deciders: pool,
            writers: pool,
            author: author,
            tasks: nil,
            isForTable: isForTable
        )
    }

    /// The task as it is in the database at this moment.
    func task(named name: Name) async throws -> PredictionTask {
        try await FindTasks(pool: readers).task(named: name)
    }
}
