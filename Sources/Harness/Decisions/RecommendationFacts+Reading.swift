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
                ? try await pairs.cohorts(part, slices: false, isWatched: true, connection)
                : try await store.cohorts(part, watched: pairs.versions)
        }
        acknowledgements = try await AcknowledgementStore(connection)
            .all(of: view.task, asOf: view.present)
        if view.task.baseline == .file {
            baselineFile = try await store.baseline(version: view.task.baselineVersion)
        }
    }
}

/// The cells of a task as they are known by now, over all slices.
struct CurrentCells {
    let cells: [CellKey: ModelCell]
    let contradictory: ContradictionCount
    /// Requests that are missing in the cells.
    let forgotten: Int64

    /// As they are stored, or from the rows for a question about the past.
    init(_ connection: PostgresConnection, view: TaskView) async throws {
        guard view.asOf != nil else {
            let store = CellStore(connection, task: view.task, buckets: view.buckets)
            cells = try await store.cells(slice: TaskDictionary.allSlices, starting: .always)
            contradictory = try await store.contradictions(starting: .always).values.total
            forgotten = 0
            return
        }
        let recomputed = try await RecomputedCells(
            connection,
            view: view,
            interval: .always,
            slice: TaskDictionary.allSlices
        )
        cells = recomputed.cells
        contradictory = recomputed.contradictions
        forgotten = recomputed.forgotten.total
    }
}
