import Evaluation
import Postgres
import Store

/// Works out ahead what a model that is fitted anew every week would have lost, so that nobody waits for it who asks about
/// the champion of a live task.
struct KeepRefits: Sendable {
    let pool: PostgresPool
    let task: PredictionTask

    /// - Parameter present: An instant by which all cohorts are made that have matured.
    /// - Returns: How many weeks were worked out.
    /// - Throws: `PostgresError`.
    func run(present: Instant) async throws -> Int {
        let made = try await pool.withTransaction(isolation: .repeatableRead) { connection in
            try await fitted(connection, present: present)
        }
        try await Self.keep(made, of: task, pool)
        return made.count
    }

    /// Keeps what was worked out, for whoever asks next.
    static func keep(
        _ made: [RefitMark: JudgedRefit],
        of task: PredictionTask,
        _ pool: PostgresPool
    ) async throws {
        guard !made.isEmpty else { return }
        try await pool.withTransaction { connection in
            try await RefitStore(connection, task: task).keep(made)
        }
    }

    private func fitted(
        _ connection: PostgresConnection,
        present: Instant
    ) async throws -> [RefitMark: JudgedRefit] {
        let store = CohortStore(connection, task: task)
        let standing = try await store.standing(asOf: present)
        // Of history every upload changes all that comes after it.
        guard standing.liveSince != nil,
            let champion = try await KeepPairs.champion(of: task, asOf: present, connection)
        else { return [:] }
        let part = LedgerPart.inForce(
            present: present,
            toldBy: standing.inForceSince,
            asOf: present
        )
        let dictionary = try await DictionaryStore(connection).load(task)
        let days = EvidenceDay.days(
            try await store.cohorts(part, whole: []),
            age: task.horizonSeconds,
            versions: dictionary.versions(of: [champion]).sorted(),
            task: task,
            buckets: try task.timeBuckets()
        )
        let facts = FactStore(connection, task: task)
        try await facts.prepareSession()
        let released = try await ReleaseStore(connection, task: task).released()
        return try await Refits(facts, dictionary, model: champion, rowsFrom: released?.rowsFrom)
            .weeks(part, days: days, present: present).made
    }
}
