package import Evaluation
package import Postgres
import Store

/// The requests on which a champion and a shadow lie farthest apart, with labels or without.
///
/// All rows of the window are read: cells know how far apart both are, and not on which requests.
package struct ListPairs: Sendable {
    package let query: PairQuery
    private let question: Question

    package init(pool: PostgresPool, task: PredictionTask, query: PairQuery) {
        self.query = query
        question = Question(pool: pool, task: task, asOf: query.asOf)
    }

    /// - Returns: The page, and how far apart both are on all requests of the window and the slice.
    /// - Throws: `HarnessError` for a model or slice that there is not, where the shadow is not clear, where nothing is
    ///   decided at a threshold and decisions are asked for, or where the rows are no longer kept.
    package func run() async throws -> PairPage {
        try await question.answer { connection, view in
            let sides = try sides(view)
            if query.decidedDifferently, !view.task.kind.has(.threshold) {
                throw HarnessError.unsupportedKind(
                    view.task.kind,
                    operation: "A decision at a threshold"
                )
            }
            return try await page(connection, view, sides)
        }
    }

    private struct Sides {
        var champion: Name
        var shadow: Name
    }

    private func sides(_ view: TaskView) throws -> Sides {
        let champion = try view.champion(named: query.champion)
        let shadows = view.shadows(of: champion)
        guard let shadow = query.shadow ?? (shadows.count == 1 ? shadows[0] : nil) else {
            throw HarnessError.whichShadow(champion: champion, shadows: shadows)
        }
        try view.check(model: shadow)
        guard shadow != champion else { throw HarnessError.sameModel(champion) }
        return Sides(champion: champion, shadow: shadow)
    }

    private func page(
        _ connection: PostgresConnection,
        _ view: TaskView,
        _ sides: Sides
    ) async throws -> PairPage {
        let (task, dictionary) = (view.task, view.dictionary)
        let window = try view.keptPart(of: query.window)
        let filter = PairFilter(view, sides, window, slice: try view.slice(query.slice))
        let facts = try await view.facts(connection)
        var reader = StandingPredictionReader(view)
        var tally = PairTally(task)
        var found = LargestRows<FoundPair, PredictionPlace>(query.limit)
        try await FactScan(facts: facts, task: task, dictionary: dictionary).runWithKeys(
            asOf: view.asOf ?? .distantFuture,
            interval: window
        ) { key, history in
            guard let pair = filter.pair(reader.rows(of: history)) else { return }
            tally.add(pair)
            if query.decidedDifferently, pair.isDecidedDifferently(of: task) != true { return }
            let place = PredictionPlace(
                predictedAt: pair.anchor.prediction.predictedAt,
                key: key
            )
            found.add(FoundPair(place: place, pair: pair), size: pair.distance, at: place)
        }
        let apart = tally.apart
        try view.check(slice: query.slice, isSeen: apart.requests > 0)
        let rows = found.rows
        let ids = try await facts.predictionIDs(at: rows.map(\.place))
        return PairPage(
            task: task,
            asOf: view.present,
            champion: sides.champion,
            shadow: sides.shadow,
            query: query,
            apart: apart,
            rows: rows.map { $0.shown(dictionary, task, id: ids[$0.place.key] ?? "") },
            forgotten: try await view.forgotten(in: window, connection),
            replay: view.replay
        )
    }

    /// Tells the requests that are asked for from others.
    private struct PairFilter {
        private let champion: Set<Int32>
        private let shadow: Set<Int32>
        private let championSortsFirst: Bool
        private let window: Window
        private let slice: Int32
        private let dictionary: TaskDictionary

        init(_ view: TaskView, _ sides: Sides, _ window: Window, slice: Int32) {
            dictionary = view.dictionary
            champion = Set(dictionary.versions(ofModelNamed: sides.champion))
            shadow = Set(dictionary.versions(ofModelNamed: sides.shadow))
            championSortsFirst = sides.champion < sides.shadow
            self.window = window
            self.slice = slice
        }

        /// The pair of a request of which `rows` stand, one a model; `nil` where it is not asked for.
        func pair(_ rows: [StandingPrediction]) -> RequestPair? {
            guard
                let one = rows.first(where: { champion.contains($0.prediction.modelVersion) }),
                let other = rows.first(where: { shadow.contains($0.prediction.modelVersion) })
            else { return nil }
            let pair = RequestPair(
                champion: one,
                shadow: other,
                championSortsFirst: championSortsFirst
            )
            let anchor = pair.anchor.prediction
            guard window.contains(anchor.predictedAt),
                slice == TaskDictionary.allSlices
                    || dictionary.slicesOfSet[anchor.sliceSet]?.contains(slice) == true
            else { return nil }
            return pair
        }
    }

    /// A request, before it is known under which id it was sent.
    private struct FoundPair {
        var place: PredictionPlace
        var pair: RequestPair

        func shown(
            _ dictionary: TaskDictionary,
            _ task: PredictionTask,
            id: String
        ) -> PairPage.Row {
            func version(_ row: StandingPrediction) -> Name {
                dictionary.versions[row.prediction.modelVersion]?.version ?? ""
            }
            return PairPage.Row(
                predictionID: id,
                championVersion: version(pair.champion),
                shadowVersion: version(pair.shadow),
                slices: dictionary.slices(
                    ofSet: pair.anchor.prediction.sliceSet,
                    keys: task.sliceKeys
                ),
                pair: pair
            )
        }
    }
}
