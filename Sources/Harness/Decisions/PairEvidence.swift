import Evaluation
import Postgres
import Store

/// The paired sums and rows that comparisons rest on, read once for all shadows.
struct PairEvidence {
    private let view: TaskView
    private let champion: String
    private var pairs: [PairCellKey: PairCell] = [:]
    private var predictions: [String: Int] = [:]
    private var cohorts: [FrozenCohort] = []
    private var rows: [String: PairedRows] = [:]

    init(
        _ connection: PostgresConnection,
        view: TaskView,
        query: ComparisonQuery,
        champion: String,
        shadows: [String]
    ) async throws {
        self.view = view
        self.champion = champion
        let interval = (query.from ?? .distantPast)..<(query.to ?? .distantFuture)
        if query.isExact || query.asOf != nil {
            try await readRows(connection, query, interval, shadows)
        } else {
            let store = CellStore(connection, task: view.task, buckets: view.buckets)
            pairs = try await store.pairs(slice: nil, starting: interval)
            for (key, totals) in try await store.totals(
                slice: TaskDictionary.allSlices,
                starting: interval
            ) {
                count(ModelTotals(kind: view.task.kind, totals).predictions, of: key.version)
            }
        }
        cohorts = try await CohortStore(connection, task: view.task)
            .cohorts(maturedBy: view.present)
            .filter { interval.contains($0.bucketStart) }
    }

    private mutating func readRows(
        _ connection: PostgresConnection,
        _ query: ComparisonQuery,
        _ interval: Range<Instant>,
        _ shadows: [String]
    ) async throws {
        let facts = FactStore(connection, task: view.task)
        try await facts.prepareSession()
        let asOf = query.asOf ?? .distantFuture
        var accumulator = CellAccumulator(
            task: view.task,
            dictionary: view.dictionary,
            buckets: view.buckets,
            asOf: asOf,
            window: interval
        )
        var collector = RowCollector(
            task: view.task,
            dictionary: view.dictionary,
            buckets: view.buckets,
            asOf: asOf,
            present: view.present,
            slice: TaskDictionary.allSlices
        )
        var rows: [String: PairedRows] = [:]
        let versions = view.dictionary.versions
        let champion = champion
        let isBinary = view.task.kind == .binary
        try await FactScan(facts: facts, task: view.task, dictionary: view.dictionary).run(
            asOf: asOf,
            interval: interval
        ) { history in
            accumulator.add(history, sign: 1)
            guard isBinary else { return }
            var scores: [String: RowCollector.Row] = [:]
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
        pairs = accumulator.pairs
        for (key, cell) in accumulator.cells where key.slice == TaskDictionary.allSlices {
            count(ModelTotals(kind: view.task.kind, cell.totals).predictions, of: key.version)
        }
    }

    private mutating func count(_ number: Int, of version: Int32) {
        guard let name = view.dictionary.versions[version]?.modelName else { return }
        predictions[name, default: 0] += number
    }

    func builder(shadow: String, loss: PairedLoss, margin: Double?) -> ComparisonBuilder {
        var builder = ComparisonBuilder(
            task: view.task,
            loss: loss,
            margin: margin,
            shadow: shadow
        )
        builder.championPredictions = predictions[champion] ?? 0
        builder.shadowPredictions = predictions[shadow] ?? 0
        builder.rows = rows[shadow]
        for (key, cell) in pairs {
            guard let isFirst = championIsFirst(key.first, key.second, shadow) else { continue }
            let implies =
                view.task.labelPolicy == .negative
                && CohortBuilder.maturity(of: key.bucket, view.task, view.buckets) <= view.present
            let day = view.buckets.localDay(of: view.buckets.start(ofNumber: key.bucket))
            if key.slice == TaskDictionary.allSlices {
                builder.days[day, default: PairSums(kind: view.task.kind)].add(
                    cell,
                    championIsFirst: isFirst,
                    impliesNegatives: implies
                )
            } else if let slice = view.dictionary.slices[key.slice] {
                builder.slices[[slice.key, slice.value], default: [:]][
                    day,
                    default: PairSums(kind: view.task.kind)
                ].add(cell, championIsFirst: isFirst, impliesNegatives: implies)
            }
        }
        builder.cohorts = cohorts.map { cohort in
            var sums = PairSums(kind: view.task.kind)
            for (pair, cell) in cohort.pairs {
                guard let isFirst = championIsFirst(pair.first, pair.second, shadow) else {
                    continue
                }
                // The policy was applied when the cohort was frozen.
                sums.add(cell, championIsFirst: isFirst, impliesNegatives: false)
            }
            return sums
        }
        return builder
    }

    private func championIsFirst(_ first: Int32, _ second: Int32, _ shadow: String) -> Bool? {
        let names = (
            view.dictionary.versions[first]?.modelName, view.dictionary.versions[second]?.modelName
        )
        if names == (champion, shadow) { return true }
        return names == (shadow, champion) ? false : nil
    }
}
