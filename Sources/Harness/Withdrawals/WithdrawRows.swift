import Evaluation
import Postgres
import Store

/// Takes rows out of what counts, and changes the cells by what that makes of each request; in a transaction that has
/// entered the gate.
struct WithdrawRows {
    let task: PredictionTask
    /// From when on they do not count.
    let instant: Instant
    private let facts: FactStore
    private let cells: CellStore
    private let dictionary: TaskDictionary
    private let buckets: TimeBuckets
    private let keepers: Set<Int32>
    private let cohorts: CohortStore
    private let rowsFrom: Instant
    /// The time buckets whose evidence stays as it is.
    private let settled: Set<Instant>

    /// Requests that are held in memory at once.
    private static let slabKeys: Int32 = 50_000

    init(_ connection: PostgresConnection, task: PredictionTask, at instant: Instant) async throws {
        self.task = task
        self.instant = instant
        facts = FactStore(connection, task: task)
        try await facts.prepareSession()
        buckets = try task.timeBuckets()
        cells = CellStore(connection, task: task, buckets: buckets)
        dictionary = try await DictionaryStore(connection).load(task, .reserved)
        keepers = try await PairKeeperStore(connection, task: task).all().models
        cohorts = CohortStore(connection, task: task)
        rowsFrom =
            try await ReleaseStore(connection, task: task).released()?.rowsFrom ?? .distantPast
        settled = try await cohorts.settledStarts(from: rowsFrom)
    }

    /// Takes the rows back; `receivedAt` is when their upload came.
    ///
    /// - Returns: How many rows there were, as they were told, and how many requests have evidence that stays.
    func run(_ rows: ToldRows, receivedAt: Instant) async throws -> (rows: Int64, late: Int) {
        let connection = facts.connection
        let parts = Array(try await facts.parts().keys)
        let withdrawn = WithdrawnRows(
            connection,
            task: task,
            rows: rows,
            receivedAt: receivedAt,
            withdrawnAt: instant
        )
        let repeats = RepeatStore(connection, task: task)
        var count = try await withdrawn.move(from: parts)
        try await withdrawn.noteCounted()
        count += try await repeats.remove(rows)
        let hasRepeats = try await repeats.hasRepeats()
        let deltaID = try await UploadLedger(connection).nextDeltaID()
        var accumulator = CellAccumulator(
            task: task,
            dictionary: dictionary,
            buckets: buckets,
            pairKeepers: keepers
        )
        var chunk: Int32 = 0
        var late = 0
        var touched: [Int32: Int64] = [:]
        try await withdrawn.openKeys()
        while true {
            let keys = try await withdrawn.nextKeys(limit: Self.slabKeys)
            guard let first = keys.first, let last = keys.last else { break }
            let stored = try await facts.load(
                keys.map { ($0, FactStore.anyPart) },
                parts: parts,
                includingOrphans: true
            )
            var readmission = Readmission(
                task: task,
                dictionary: dictionary,
                stored: stored,
                gone: try await withdrawn.facts(from: first, to: last),
                repeats: hasRepeats ? try await repeats.repeats(of: keys) : [:]
            )
            for key in keys {
                let places = readmission.take(key, into: &accumulator)
                if places.stood.contains(where: { settled.contains(buckets.start(of: $0)) }) {
                    late += 1
                }
                for bucket in Set(places.all.map { buckets.number(of: $0) }) {
                    touched[bucket, default: 0] += 1
                }
            }
            try await write(readmission.again, parts: parts)
            if accumulator.cells.count > UploadPredictions.cellLimit {
                try await append(&accumulator, deltaID, chunk)
                chunk += 1
            }
        }
        try await withdrawn.closeKeys()
        try await append(&accumulator, deltaID, chunk)
        _ = try await cohorts.follow(
            CohortStore.Change(
                rows: matured(touched, ages: try await cohorts.ages()),
                at: instant,
                isLoading: false,
                rowsFrom: rowsFrom
            )
        )
        return (count, late)
    }

    /// The cohorts of time buckets that have matured.
    private func matured(
        _ touched: [Int32: Int64],
        ages: Set<Int64>
    ) -> [CohortKey: Int64] {
        var rows: [CohortKey: Int64] = [:]
        for (bucket, count) in touched {
            for age in ages {
                let key = CohortKey(bucket: bucket, age: age)
                if key.instant(in: buckets) <= instant { rows[key] = count }
            }
        }
        return rows
    }

    /// Writes the rows of requests anew of which repeats have come to count.
    private func write(_ again: Readmission.Again, parts: [Int32]) async throws {
        guard !again.isEmpty else { return }
        try await facts.remove(
            predictionsOf: again.predictionKeys,
            labelsOf: again.labelKeys,
            parts: parts
        )
        try await facts.append(
            predictions: again.predictions,
            order: Array(again.predictions.indices),
            scores: again.scores
        )
        try await facts.append(labels: again.labels)
        try await facts.append(orphans: again.orphans)
        try await facts.recordParts(again.newRows)
        let repeats = RepeatStore(facts.connection, task: task)
        try await repeats.count(
            predictions: again.countedPredictions,
            labels: again.countedLabels,
            from: instant
        )
        try await repeats.place(
            predictions: again.waitingPredictions,
            labels: again.waitingLabels
        )
    }

    private func append(
        _ accumulator: inout CellAccumulator,
        _ deltaID: Int64,
        _ chunk: Int32
    ) async throws {
        try await cells.append(
            cells: accumulator.cells,
            pairs: accumulator.pairs,
            marked: accumulator.marked,
            contradictions: accumulator.contradictions,
            uploadID: deltaID,
            chunk: chunk
        )
        accumulator.removeAll()
    }

    /// Lets the names go that no row uses any more.
    ///
    /// `told` is when the rows were told, by the task's gate.
    func withdrawNames(of withdrawal: Withdrawal, told: Window) async throws {
        let connection = facts.connection
        let rows = ToldRows(uploadID: withdrawal.uploadID, interval: withdrawal.interval)
        let names = try await WithdrawnRows(
            connection,
            task: task,
            rows: rows,
            receivedAt: told.lowerBound,
            withdrawnAt: instant
        ).names(dictionary)
        let store = NameWithdrawals(connection, task: task)
        let brought = try await store.brought(names, during: told)
        guard !brought.isEmpty else { return }
        let used = try await store.firstUses(in: Array(try await facts.parts().keys))
        try await store.withdraw(brought, used: used.byName(dictionary), at: instant)
    }
}
