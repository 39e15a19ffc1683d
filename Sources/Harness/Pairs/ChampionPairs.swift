import Evaluation
import Postgres
import Store

/// Which pairs of a champion are known, and from where.
struct ChampionPairs {
    let view: TaskView
    let champion: Name
    let keepers: PairKeepers

    init(_ connection: PostgresConnection, view: TaskView, champion: Name) async throws {
        self.view = view
        self.champion = champion
        keepers = try await PairKeeperStore(connection, task: view.task).all()
    }

    /// The number of the champion; `nil` where it has no version, and so no predictions.
    var model: Int32? { number(of: champion) }

    var versions: Set<Int32> { Set(view.dictionary.versions(ofModelNamed: champion)) }

    /// Whether cells and cohorts have its pairs with every other model.
    var isKept: Bool { model.map(keepers.contains) ?? true }

    /// The start of the first time bucket of which the pairs with a shadow are known; `distantPast` where all are.
    func knownFrom(_ shadow: Name) -> Instant {
        guard let model, let other = number(of: shadow) else { return .distantPast }
        return keepers.known(model, other) ?? view.released?.rowsFrom ?? .distantPast
    }

    /// The frozen cohorts by the present of the question, with these pairs.
    func cohorts(_ connection: PostgresConnection) async throws -> [FrozenCohort] {
        let cohorts = try await CohortStore(connection, task: view.task)
            .cohorts(frozenBy: view.present, withPairsOf: versions)
        guard !isKept, let model else { return cohorts }
        try await FactStore(connection, task: view.task).prepareSession()
        return try await CohortPairs(connection, task: view.task, model: model, without: keepers)
            .complete(cohorts, from: view.released?.rowsFrom ?? .distantPast)
    }

    private func number(of name: Name) -> Int32? {
        view.dictionary.versions(ofModelNamed: name).first
            .flatMap { view.dictionary.versions[$0]?.model }
    }
}
