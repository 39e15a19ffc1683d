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
    /// `slices` says whether they are read slice by slice too, `isWatched` whether the champion's cells are.
    func cohorts(
        _ part: LedgerPart,
        slices: Bool = true,
        isWatched: Bool = false,
        _ connection: PostgresConnection
    ) async throws -> [FrozenCohort] {
        let cohorts = try await CohortStore(connection, task: view.task)
            .cohorts(
                part,
                withPairsOf: versions,
                slices: slices,
                watched: isWatched ? versions : []
            )
        guard !isKept, let model else { return cohorts }
        try await FactStore(connection, task: view.task).prepareSession()
        return try await CohortPairs(connection, task: view.task, model: model, without: keepers)
            .complete(cohorts, from: view.released?.rowsFrom ?? .distantPast)
    }
}
