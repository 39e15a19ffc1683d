import Evaluation
import Postgres
import Store

/// A question whose answer can be had again: matures what is due, then reads one snapshot.
///
/// Asked without an instant, it takes that of the gate as its present: all that was known then is in the snapshot,
/// and what the snapshot has besides is left out. The same question as of that instant has the same answer for
/// ever (rule T7).
struct DecisionQuestion: Sendable {
    let pool: PostgresPool
    let task: PredictionTask
    let asOf: Instant?
    /// The champion whose pairs the answer needs.
    var pairs = PairsWanted.none

    enum PairsWanted: Sendable {
        case none
        /// * `named`: `nil` for the champion of the present.
        case ofChampion(named: String?)
    }

    /// * `body`: Is given the connection that holds the snapshot, and the task as its settings were.
    func answer<Answer: Sendable>(
        _ body: sending (PostgresConnection, TaskView) async throws -> Answer
    ) async throws -> Answer {
        // Behind the gate nothing that is known by now is still on its way.
        let gate = try await pool.withTransaction { try await Gate($0).enter(task) }
        if let asOf, asOf > gate { throw HarnessError.asOfInFuture(asOf.iso8601) }
        let present = asOf ?? gate
        let then = try await pool.withConnection {
            try await TaskStore($0).task(task, asOf: present)
        }
        try await keepPairs(then, present: present)
        try await MatureCohorts(pool: pool, task: then).run(present: present)
        return try await pool.withTransaction(isolation: .repeatableRead) { connection in
            // A writer that was quicker than the snapshot makes the present a past one: settings were read and
            // cohorts matured as of the gate.
            let newest = try await UploadLedger(connection).newestKnownAt(of: task)
            let isOvertaken = newest.map { $0 > gate } ?? false
            let view = try await TaskView(
                connection,
                task: then,
                asOf: asOf ?? (isOvertaken ? gate : nil),
                snapshot: gate
            )
            return try await body(connection, view)
        }
    }

    private func keepPairs(_ then: PredictionTask, present: Instant) async throws {
        guard case .ofChampion(let named) = pairs else { return }
        let (champion, chosen) = try await pool.withConnection { connection in
            let champion = try await KeepPairs.champion(of: then, asOf: present, connection)
            guard let named else { return (champion, champion) }
            return (champion, try await DictionaryStore(connection).models(of: then)[named])
        }
        // Of a name that is not known the question itself will say so.
        guard let chosen else { return }
        try await KeepPairs(pool: pool, task: then).keep(chosen, isChampion: chosen == champion)
    }
}
