/// What is known by now of a champion and its shadows.
package struct LiveComparison: Sendable {
    package let known: ChampionPairs
    package let interval: Window
    /// The paired cells with each other model, by its number.
    private var pairs: [Int32: [PairCellKey: PairCell]] = [:]
    /// Over all slices.
    package var cells: [CellKey: ModelCell] = [:]
    /// In the window that is asked about, of all models.
    package var contradictory = ContradictionCount()
    /// The requests that are missing.
    package var forgotten: Set<ForgottenRequests> = []
    package var rows: [Name: PairedRows] = [:]
    package var guardrails: [Name: ServiceGuardrails] = [:]
    private var view: TaskView { known.view }
    private var champion: Name { known.champion }

    package init(_ known: ChampionPairs, interval: Window) {
        self.known = known
        self.interval = interval
    }

    package mutating func take(_ cells: [PairCellKey: PairCell]) {
        let own = known.versions
        for (key, cell) in cells {
            let other = own.contains(key.first) ? key.second : key.first
            let model = view.dictionary.versions[other]?.model ?? 0
            pairs[model, default: [:]][key] = cell
        }
    }

    /// The last local day on which the champion or a shadow predicted.
    package func lastDay(with shadow: Name) -> Int32? {
        [champion, shadow].compactMap(lastDay(of:)).max()
    }

    private func lastDay(of model: Name) -> Int32? {
        view.byBucket(cells, of: model).filter { predictions($0.value) > 0 }.keys.max().map {
            view.buckets.localDay(of: view.buckets.start(ofNumber: $0))
        }
    }

    /// Of forgotten requests those that guardrails go without, and those that went before the champion kept its pairs.
    ///
    /// `keptFrom` is when the champion was recorded as one whose pairs are kept; `nil` where it never was.
    package func missing(
        _ all: [ForgottenRequests],
        keptFrom: Instant?
    ) -> [ForgottenRequests] {
        all.filter { requests in
            let hasNoPairs =
                interval.contains(requests.bucketStart)
                && keptFrom.map { requests.forgottenAt < $0 } != false
            return hasNoPairs
                || guardrails.values.contains {
                    $0.from <= requests.bucketStart && requests.bucketStart < $0.to
                }
        }
    }

    /// What the champion and a shadow predicted day by day.
    package func traffic(with shadow: Name) -> ShadowTraffic {
        ShadowTraffic(cells: cells, pairs: pairs(with: shadow), of: known, with: shadow)
    }

    /// Puts what is known by now beside what the ledger knows.
    package func complete(_ builder: inout ComparisonBuilder) {
        let sides = PairSides(view.dictionary, champion: champion, shadow: builder.shadow)
        let zero = PairSums(kind: view.task.kind)
        var health = ShadowHealthBuilder(
            task: view.task,
            buckets: view.buckets,
            present: view.present
        )
        let knownFrom = known.knownFrom(builder.shadow)
        func isKnown(_ bucket: Int32) -> Bool {
            view.buckets.start(ofNumber: bucket) >= knownFrom
        }
        for (key, cell) in pairs(with: builder.shadow) where isKnown(key.bucket) {
            guard let isFirst = sides.championIsFirst(key.pair) else { continue }
            let implies =
                view.task.silentLabel != nil
                && CohortBuilder.maturity(of: key.bucket, view.task, view.buckets) <= view.present
            let day = view.buckets.localDay(of: view.buckets.start(ofNumber: key.bucket))
            if key.slice == TaskDictionary.allSlices {
                builder.days[day, default: zero].add(
                    cell,
                    championIsFirst: isFirst,
                    impliesNegatives: implies
                )
                health.pairs[key.bucket, default: zero].add(
                    cell,
                    championIsFirst: isFirst,
                    impliesNegatives: false
                )
            } else if let slice = view.dictionary.slices[key.slice] {
                builder.slices[slice, default: [:]][day, default: zero].add(
                    cell,
                    championIsFirst: isFirst,
                    impliesNegatives: implies
                )
            }
        }
        health.champion = view.byBucket(cells, of: champion)
        health.shadow = view.byBucket(cells, of: builder.shadow)
        let unknown = health.champion.keys.filter { !isKnown($0) }
        if unknown.contains(where: { health.shadow[$0] != nil }) { builder.pairsFrom = knownFrom }
        health.champion = health.champion.filter { isKnown($0.key) }
        health.shadow = health.shadow.filter { isKnown($0.key) }
        builder.championPredictions = predictions(health.champion)
        builder.shadowPredictions = predictions(health.shadow)
        builder.rows = rows[builder.shadow]
        builder.guardrails = guardrails[builder.shadow]
        builder.health = health.build(shadowName: builder.shadow)
    }

    private func pairs(with shadow: Name) -> [PairCellKey: PairCell] {
        view.dictionary.model(named: shadow).flatMap { pairs[$0] } ?? [:]
    }

    private func predictions(_ cells: [Int32: ModelCell]) -> Int {
        cells.values.reduce(0) {
            $0 + predictions($1)
        }
    }

    private func predictions(_ cell: ModelCell) -> Int {
        ModelTotals(kind: view.task.kind, cell.totals).predictions
    }
}
