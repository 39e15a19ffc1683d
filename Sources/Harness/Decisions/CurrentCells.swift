import Evaluation
import Postgres
import Store

/// What is known by now of a champion and its shadows, over all slices.
struct CurrentCells {
    /// The champion's.
    let cells: [CellKey: ModelCell]
    /// The last time bucket in which each shadow has predictions, where that is since the champion has some.
    let shadowsSeen: [Name: Int32]
    /// What the champion and each shadow predicted, as far back as it is held against the last days.
    let traffic: [Name: ShadowTraffic]
    /// Of all models.
    let contradictory: ContradictionCount
    /// Requests that are missing in the cells.
    let forgotten: Int64

    /// As they are stored, or from the rows for a question about the past.
    ///
    /// `since` is how far back the traffic is wanted; `nil` for as far as it is held against the last days.
    init(
        _ connection: PostgresConnection,
        of pairs: ChampionPairs,
        trafficSince: Instant? = nil
    ) async throws {
        let view = pairs.view
        let own = pairs.versions
        let shadows = Dictionary(
            uniqueKeysWithValues: view.shadows(of: pairs.champion).map {
                ($0, Set(view.dictionary.versions(ofModelNamed: $0)))
            }
        )
        guard view.asOf != nil || !pairs.isKept else {
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
            traffic = try await Self.traffic(store, pairs, cells, since: trafficSince)
            contradictory = try await store.contradictions(starting: .always).values.total
            forgotten = 0
            return
        }
        let recomputed = try await RecomputedCells(
            connection,
            view: view,
            interval: .always,
            pairKeepers: Set([pairs.model].compactMap { $0 }),
            slice: TaskDictionary.allSlices
        )
        traffic = pairs.traffic(cells: recomputed.cells, pairs: recomputed.pairs)
        cells = recomputed.cells.filter { own.contains($0.key.version) }
        shadowsSeen = recomputed.cells.mapValues(\.totals)
            .lastSeen(shadows, kind: view.task.kind)
        contradictory = recomputed.contradictions
        forgotten = recomputed.forgotten.total
    }

    private static func traffic(
        _ store: CellStore,
        _ pairs: ChampionPairs,
        _ own: [CellKey: ModelCell],
        since: Instant?
    ) async throws -> [Name: ShadowTraffic] {
        let view = pairs.view
        // Traffic tells of days that are over.
        let days = Set(
            own.keys.map { view.buckets.localDay(of: view.buckets.start(ofNumber: $0.bucket)) }
        )
        let ended = days.map { view.buckets.window(ofDay: $0).upperBound }
        guard let newest = ended.filter({ $0 <= view.present }).max() else { return [:] }
        let start =
            since ?? newest.advanced(bySeconds: -ShadowTraffic.reachSeconds(of: view.task))
        let recent = Window(from: start, upTo: .distantFuture)
        let others = Set(
            view.shadows(of: pairs.champion).flatMap(view.dictionary.versions(ofModelNamed:))
        )
        let first = view.buckets.number(of: start)
        let cells = try await store.cells(
            slice: TaskDictionary.allSlices,
            of: others,
            starting: recent
        )
        return pairs.traffic(
            cells: cells.merging(own.filter { $0.key.bucket >= first }) { $1 },
            pairs: try await store.pairs(
                slice: TaskDictionary.allSlices,
                of: pairs.versions,
                starting: recent
            )
        )
    }
}
