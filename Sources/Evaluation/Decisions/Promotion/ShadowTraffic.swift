/// What a champion and a shadow predicted day by day, whatever the labels.
package struct ShadowTraffic: Sendable {
    /// One local day with predictions of the champion or of the shadow.
    struct Day: Sendable {
        let start: Instant
        let end: Instant
        /// Predictions of the champion.
        var asked = 0
        /// Requests that both scored.
        var pairs = 0
        var distance = PairDistance()
        var champion: [Int32: ModelCell] = [:]
        var shadow: [Int32: ModelCell] = [:]
    }

    let kind: TaskKind
    /// In order.
    private(set) var days: ArraySlice<Day>

    /// - Parameters:
    ///   - cells: Over all slices, of every model.
    ///   - pairs: Over all slices, of the champion.
    ///   - known: Which pairs those are.
    ///   - shadow: Its name.
    package init(
        cells: [CellKey: ModelCell],
        pairs: [PairCellKey: PairCell],
        of known: ChampionPairs,
        with shadow: Name
    ) {
        let view = known.view
        let kind = view.task.kind
        self.kind = kind
        let sides = PairSides(view.dictionary, champion: known.champion, shadow: shadow)
        let others = Set(view.dictionary.versions(ofModelNamed: shadow))
        let own = known.versions
        let knownFrom = known.knownFrom(shadow)
        var days: [Int32: Day] = [:]
        func change(_ bucket: Int32, _ body: (inout Day) -> Void) {
            let start = view.buckets.start(ofNumber: bucket)
            guard start >= knownFrom else { return }
            let day = view.buckets.localDay(of: start)
            let window = view.buckets.window(ofDay: day)
            body(&days[day, default: Day(start: window.lowerBound, end: window.upperBound)])
        }
        for (key, cell) in cells where key.slice == TaskDictionary.allSlices {
            if own.contains(key.version) {
                change(key.bucket) {
                    $0.asked += ModelTotals(kind: kind, cell.totals).predictions
                    Self.add(cell, of: key.version, to: &$0.champion)
                }
            } else if others.contains(key.version) {
                change(key.bucket) { Self.add(cell, of: key.version, to: &$0.shadow) }
            }
        }
        for (key, cell) in pairs where key.slice == TaskDictionary.allSlices {
            guard let isFirst = sides.championIsFirst(key.pair) else { continue }
            change(key.bucket) {
                var sums = PairSums(kind: kind)
                sums.add(cell, championIsFirst: isFirst, impliesNegatives: false)
                $0.pairs += sums.allPairs
                $0.distance.add(sums.distance)
            }
        }
        self.days = days.values.sorted { $0.start < $1.start }[...]
    }

    private static func add(
        _ cell: ModelCell,
        of version: Int32,
        to cells: inout [Int32: ModelCell]
    ) {
        if cells[version]?.add(cell) == nil { cells[version] = cell }
    }

    /// How far the last days and those that they are held against reach back from the end of the last one that is over.
    package static func reachSeconds(of task: PredictionTask) -> Int64 {
        max(task.horizonSeconds, Int64(Disagreement.recentDays) * 86_400)
            + 2 * Int64(RecentDays.count) * 86_400
    }

    /// The days that were over by an instant.
    func known(by instant: Instant) -> ShadowTraffic {
        var traffic = self
        traffic.days = days.prefix { $0.end <= instant }
        return traffic
    }

    /// The days that end with the last one on which the champion predicted, and reach back so far.
    func last(_ count: Int) -> ArraySlice<Day> {
        guard let newest = days.lastIndex(where: { $0.asked > 0 }) else { return [] }
        let first = days[newest].end.advanced(bySeconds: -86_400 * Int64(count))
        return days[...newest].drop { $0.start < first }
    }

    /// The days that start in an interval.
    func days(from start: Instant, to end: Instant) -> ArraySlice<Day> {
        days.drop { $0.start < start }.prefix { $0.start < end }
    }
}

extension ChampionPairs {
    /// What the champion and each of its shadows predicted day by day.
    ///
    /// - Parameters:
    ///   - cells: Over all slices, of all models.
    ///   - pairs: Over all slices, of the champion.
    /// - Returns: One for each shadow.
    package func traffic(
        cells: [CellKey: ModelCell],
        pairs: [PairCellKey: PairCell]
    ) -> [Name: ShadowTraffic] {
        Dictionary(
            uniqueKeysWithValues: view.shadows(of: champion).map {
                ($0, ShadowTraffic(cells: cells, pairs: pairs, of: self, with: $0))
            }
        )
    }
}

extension Sequence<ShadowTraffic.Day> {
    /// How a model's predictions are distributed over the days.
    func distribution(
        of model: KeyPath<ShadowTraffic.Day, [Int32: ModelCell]>,
        kind: TaskKind
    ) -> PredictionDistribution {
        reduce(into: PredictionDistribution()) { distribution, day in
            for cell in day[keyPath: model].values {
                kind.scoring.addPredictions(of: cell, to: &distribution)
            }
        }
    }

    /// The versions of a model that predicted on the days.
    func versions(of model: KeyPath<ShadowTraffic.Day, [Int32: ModelCell]>) -> Set<Int32> {
        reduce(into: []) { $0.formUnion($1[keyPath: model].keys) }
    }
}
