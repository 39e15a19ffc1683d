import Evaluation
import Postgres
import Store

extension LiveComparison {
    private var view: TaskView { known.view }
    private var champion: Name { known.champion }

    init(
        _ connection: PostgresConnection,
        view: TaskView,
        query: ComparisonQuery,
        pairs: ChampionPairs,
        shadows: [Name]
    ) async throws {
        self.init(pairs, interval: query.window)
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

    /// The requests that are missing beside those of the rows.
    private func missing(_ connection: PostgresConnection) async throws -> [ForgottenRequests] {
        let all = try await ForgottenStore(connection, task: view.task).requests()
            .filter { $0.knownFrom <= view.present }
        guard !all.isEmpty else { return [] }
        var keptFrom: Instant?
        if let model = known.model {
            keptFrom = try await PairKeeperStore(connection, task: view.task).recordedAt(of: model)
        }
        return missing(all, keptFrom: keptFrom)
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
            guard let day = lastDay(with: shadow), !isPastRetention(day) else { continue }
            if championLevels[day] == nil {
                championLevels[day] = try await serviceLevel(connection, champion, day)
            }
            let interval = view.buckets.window(ofDay: day)
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
            of: view.buckets.window(ofDay: day).lowerBound,
            days: view.task.partitionDays
        )
        return view.task.isPastRetention(partition, at: view.present, view.buckets)
    }

    private func serviceLevel(
        _ connection: PostgresConnection,
        _ model: Name,
        _ day: Int32
    ) async throws -> ServiceLevel {
        try view.requireRows(of: view.buckets.window(ofDay: day))
        let versions = Set(view.dictionary.versions(ofModelNamed: model))
        let sets = view.dictionary.modelSets.filter { !versions.isDisjoint(with: $0.value) }
        return try await view.facts(connection).serviceLevel(
            sets: sets.keys.sorted(),
            during: view.buckets.window(ofDay: day),
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
}
