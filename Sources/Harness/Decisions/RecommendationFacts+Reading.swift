import Evaluation
import Postgres
import Store

extension RecommendationFacts {
    /// Reads what a recommendation is concluded from: a part of the ledger.
    ///
    /// `hasShadows` says whether shadows are compared.
    init(
        _ connection: PostgresConnection,
        part: LedgerPart,
        view: TaskView,
        model: Name,
        hasShadows: Bool
    ) async throws {
        let store = CohortStore(connection, task: view.task)
        let pairs = try await ChampionPairs(connection, view: view, champion: model)
        self.init(pairs)
        if view.ledger?.isLoading != true {
            cohorts =
                hasShadows
                ? try await pairs.cohorts(part, whole: pairs.versions, .sums, connection)
                : try await store.cohorts(part, whole: pairs.versions)
        }
        acknowledgements = try await AcknowledgementStore(connection)
            .all(of: view.task, asOf: view.present)
        if view.task.baseline == .file {
            baselineFile = try await store.baseline(version: view.task.baselineVersion)
        }
    }
}
