import Evaluation
import Postgres
import Store

/// Uses the ledger of cohorts for an answer: what the answer rests on stays as it is from then on.
struct UseLedger: Sendable {
    let pool: PostgresPool
    let task: PredictionTask
    let present: Instant

    /// Under the gate: how the ledger stands, where all entries are made that have reached their age.
    ///
    /// - Returns: `nil` where some are still to be made; then none are used.
    func ifMade(
        _ connection: PostgresConnection,
        at now: Instant
    ) async throws -> LedgerStanding? {
        let due = try await MatureCohorts(pool: pool, task: task).due(connection, present: present)
        guard due.isEmpty else { return nil }
        return try await CohortStore(connection, task: task).use(
            present: present,
            at: now,
            createdAt: try await TaskStore(connection).createdAt(of: task)
        )
    }

    /// Makes what is to be made, until nothing comes between that and the use.
    func run() async throws -> LedgerStanding {
        while true {
            try await MatureCohorts(pool: pool, task: task).run(present: present)
            let standing = try await pool.withTransaction { connection in
                try await ifMade(connection, at: try await Gate(connection).enter(task))
            }
            if let standing { return standing }
        }
    }
}
