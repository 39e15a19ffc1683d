import Evaluation
import Postgres
import Store

/// What is known by now of a champion and its shadows, over all slices.
struct CurrentCells {
    /// The champion's.
    let cells: [CellKey: ModelCell]
    /// The last time bucket in which each shadow has predictions, where that is since the champion has some.
    let shadowsSeen: [Name: Int32]
    /// Of all models.
    let contradictory: ContradictionCount
    /// Requests that are missing in the cells.
    let forgotten: Int64

    /// As they are stored, or from the rows for a question about the past.
    init(_ connection: PostgresConnection, of pairs: ChampionPairs) async throws {
        let view = pairs.view
        let own = pairs.versions
        let shadows = Dictionary(
            uniqueKeysWithValues: view.shadows(of: pairs.champion).map {
                ($0, Set(view.dictionary.versions(ofModelNamed: $0)))
            }
        )
        guard view.asOf != nil else {
            let store = CellStore(connection, task: view.task, buckets: view.buckets)
            cells = try await store.cells(
                slice: TaskDictionary.allSlices,
                of: own,
                starting: .always
            )
            let numbers = cells.keys.map(\.bucket)
            shadowsSeen =
                if let first = numbers.min(), let last = numbers.max() {
                    try await store.lastSeen(shadows, in: first...last)
                } else { [:] }
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
        cells = recomputed.cells.filter { own.contains($0.key.version) }
        shadowsSeen = recomputed.cells.mapValues(\.totals)
            .lastSeen(shadows, kind: view.task.kind)
        contradictory = recomputed.contradictions
        forgotten = recomputed.forgotten.total
    }
}
