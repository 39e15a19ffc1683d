import Evaluation
import Postgres
import Store

extension ChampionPairs {
    init(_ connection: PostgresConnection, view: TaskView, champion: Name) async throws {
        let keepers = try await PairKeeperStore(connection, task: view.task).all()
        self.init(view, champion: champion, keepers: keepers)
    }

    /// The entries of a part of the ledger, with these pairs.
    ///
    /// - Parameters:
    ///   - part: Which entries.
    ///   - whole: The versions whose cells are needed whole; of others the totals are enough.
    ///   - detail: How much of the pairs is needed.
    ///   - connection: That of the question.
    /// - Returns: The entries.
    /// - Throws: `PostgresError`.
    func cohorts(
        _ part: LedgerPart,
        whole: Set<Int32>,
        _ detail: PairDetail,
        _ connection: PostgresConnection
    ) async throws -> [FrozenCohort] {
        let cohorts = try await CohortStore(connection, task: view.task)
            .cohorts(part, whole: whole, withPairsOf: versions, detail)
        guard !isKept, let model else { return cohorts }
        try await FactStore(connection, task: view.task).prepareSession()
        return try await CohortPairs(connection, task: view.task, model: model, without: keepers)
            .complete(cohorts, from: view.released?.rowsFrom ?? .distantPast)
    }
}
