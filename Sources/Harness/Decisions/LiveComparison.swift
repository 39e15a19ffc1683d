import Evaluation
import Postgres
import Store

/// What is known by now of a champion and its shadows, read once for all of them.
struct LiveComparison {
    private let known: ChampionPairs
    private var view: TaskView { known.view }
    private var champion: Name { known.champion }
    private let interval: Window
    /// The paired cells with each other model, by its number.
    private var pairs: [Int32: [PairCellKey: PairCell]] = [:]
    /// Over all slices.
    private var cells: [CellKey: ModelCell] = [:]
    /// In the window that is asked about, of all models.
    private(set) var contradictory = ContradictionCount()
    /// The requests that are missing.
    private(set) var forgotten: Set<ForgottenRequests> = []
    private var rows: [Name: PairedRows] = [:]
    private var guardrails: [Name: ServiceGuardrails] = [:]

    init(
        _ connection: PostgresConnection,
        view: TaskView,
        query: ComparisonQuery,
        pairs: ChampionPairs,
        shadows: [Name]
    ) async throws {
        known = pairs
        interval = query.window
        if query.isExact || view.asOf != nil || !pairs.isKept {
            try await readRows(connection, query, shadows)
        } else {
            let store = CellStore(connection, task: view.task, buckets: view.buckets)
            take(
                try await store.pairs(slice: nil, of: pairs.versions, starting: interval)
            )
            cells = try await store.cells(slice: TaskDictionary.allSlices, starting: interval)
            contradictory = try await store.contradictions(starting: interval).values.total
        }
        guardrails = try await readGuardrails(connection, shadows)
        forgotten.formUnion(try await missing(connection))
    }

    /// The forgotten requests that guardrails go without, and those that went before the champion kept its pairs.
    private func missing(_ connection: PostgresConnection) async throws -> [ForgottenRequests] {
        let all = try await ForgottenStore(connection, task: view.task).requests()
            .filter { $0.knownFrom <= view.present }
        guard !all.isEmpty else { return [] }
        var keptFrom: Instant?
        if let model = known.model {
            keptFrom = try await PairKeeperStore(connection, task: view.task).recordedAt(of: model)
        }
        return all.filter { requests in
            let hasNoPairs =
                interval.contains(requests.bucketStart)
                && keptFrom.map { requests.forgottenAt < $0 } != false
            return hasNoPairs
                || guardrails.values.contains {
                    $0.from <= requests.bucketStart && requests.bucketStart < $0.to
                }
        }
    }

    private mutating func take(_ cells: [PairCellKey: PairCell]) {
        let own = known.versions
        for (key, cell) in cells {
            let other = own.contains(key.first) ? key.second : key.first
            let model = view.dictionary.versions[other]?.model ?? 0
            pairs[model, default: [:]][key] = cell
        }
    }

    /// Failures and latency on the last day on which the champion or the shadow predicted; none where its rows
    /// need not be kept any more.
    private func readGuardrails(
        _ connection: PostgresConnection,
        _ shadows: [Name]
    ) async throws -> [Name: ServiceGuardrails] {
        var guardrails: [Name: ServiceGuardrails] = [:]
        var championLevels: [Int32: ServiceLevel] = [:]
        for shadow in shadows {
            let lastDays = [champion, shadow].compactMap(lastDay)
            guard let day = lastDays.max(), !isPastRetention(day) else { continue }
            if championLevels[day] == nil {
                championLevels[day] = try await serviceLevel(connection, champion, day)
            }
            let interval = interval(ofDay: day)
            guardrails[shadow] = ServiceGuardrails(
                from: interval.lowerBound,
                to: interval.upperBound,
                champion: championLevels[day] ?? ServiceLevel(),
                shadow: try await serviceLevel(connection, shadow, day)
            )
        }
        return guardrails
    }

    private func isPastRetention(_ day: Int32) -> Bool {
        let partition = Partition(
            of: interval(ofDay: day).lowerBound,
            days: view.task.partitionDays
        )
        return view.task.isPastRetention(partition, at: view.present, view.buckets)
    }

    private func lastDay(of model: Name) -> Int32? {
        view.byBucket(cells, of: model).filter { predictions($0.value) > 0 }.keys.max().map {
            view.buckets.localDay(of: view.buckets.start(ofNumber: $0))
        }
    }

    private func interval(ofDay day: Int32) -> Window {
        Window(
            from: Instant(seconds: view.buckets.startOfDay(day)),
            upTo: Instant(seconds: view.buckets.startOfDay(day + 1))
        )
    }

    private func serviceLevel(
        _ connection: PostgresConnection,
        _ model: Name,
        _ day: Int32
    ) async throws -> ServiceLevel {
        try view.requireRows(of: interval(ofDay: day))
        let versions = Set(view.dictionary.versions(ofModelNamed: model))
        let sets = view.dictionary.modelSets.filter { !versions.isDisjoint(with: $0.value) }
        return try await view.facts(connection).serviceLevel(
            sets: sets.keys.sorted(),
            during: interval(ofDay: day),
            asOf: view.present
        )
    }

    private mutating func readRows(
        _ connection: PostgresConnection,
        _ query: ComparisonQuery,
        _ shadows: [Name]
    ) async throws {
        let asOf = view.asOf ?? .distantFuture
        var collector = RowCollector(
            task: view.task,
            dictionary: view.dictionary,
            buckets: view.buckets,
            asOf: asOf,
            present: view.present,
            slice: TaskDictionary.allSlices
        )
        var rows: [Name: PairedRows] = [:]
        let versions = view.dictionary.versions
        let (champion, interval) = (champion, interval)
        let needsRows = query.isExact && view.task.kind.has(.areas)
        if needsRows { try view.requireRows(of: interval) }
        let recomputed = try await RecomputedCells(
            connection,
            view: view,
            interval: interval,
            pairKeepers: Set([known.model].compactMap { $0 }),
            isExact: query.isExact || !known.isKept
        ) { history in
            guard needsRows else { return }
            var scores: [Name: RowCollector.Row] = [:]
            collector.collect(history) { row in
                if let name = versions[row.version]?.modelName { scores[name] = row }
            }
            guard let ours = scores[champion], interval.contains(ours.predictedAt) else { return }
            for shadow in shadows {
                guard let theirs = scores[shadow] else { continue }
                rows[shadow, default: PairedRows()].add(
                    champion: ours.score,
                    shadow: theirs.score,
                    isPositive: ours.label == 1
                )
            }
        }
        self.rows = rows
        take(recomputed.pairs)
        contradictory = recomputed.contradictions
        forgotten = recomputed.forgotten
        cells = recomputed.cells.filter { $0.key.slice == TaskDictionary.allSlices }
    }

    /// Puts what is known by now beside what the ledger knows.
    func complete(_ builder: inout ComparisonBuilder) {
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
            guard let isFirst = sides.championIsFirst(key.first, key.second) else { continue }
            let implies =
                view.task.labelPolicy == .negative
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
        view.dictionary.versions(ofModelNamed: shadow).first
            .flatMap { view.dictionary.versions[$0]?.model }
            .flatMap { pairs[$0] } ?? [:]
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
