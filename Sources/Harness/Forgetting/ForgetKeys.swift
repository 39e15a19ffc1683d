import Evaluation
import Ingest
import Postgres
import Store

/// Deletes the rows of requests, and moves what they added to cells to where the sums of forgotten requests are kept; in
/// a transaction that has entered the gate.
struct ForgetKeys {
    let task: PredictionTask
    private let instant: Instant
    private let facts: FactStore
    private let rows: SubjectRows
    private let dictionary: TaskDictionary
    private let buckets: TimeBuckets
    private let keepers: Set<Int32>

    /// Requests that are held in memory at once.
    private static let slabKeys = 50_000

    init(_ connection: PostgresConnection, task: PredictionTask, at instant: Instant) async throws {
        self.task = task
        self.instant = instant
        facts = FactStore(connection, task: task)
        try await facts.prepareSession()
        rows = try await SubjectRows(connection, task: task)
        dictionary = try await DictionaryStore(connection).load(task, .reserved)
        buckets = try task.timeBuckets()
        keepers = try await PairKeeperStore(connection, task: task).all().models
    }

    func run(_ subjects: ForgetRequests.Subjects) async throws -> ForgettingReport {
        let connection = facts.connection
        var report = ForgettingReport(task: task.name, forgottenAt: instant, isDryRun: false)
        var keys = Set(
            subjects.predictionIDs.map { PredictionKey(taskID: task.id, id: Array($0.utf8)) }
        )
        keys.formUnion(try await rows.keys(ofEntities: subjects.entities, dictionary))
        let sorted = keys.sorted()
        let parts = Array(try await facts.parts().keys)
        var sums = accumulator
        var tally = ForgottenTally(buckets: buckets)
        var names = Set((subjects.predictionIDs + subjects.entities).map { Name($0) })
        for start in stride(from: 0, to: sorted.count, by: Self.slabKeys) {
            let slab = Array(sorted[start..<min(start + Self.slabKeys, sorted.count)])
            report.requests += try await add(slab, parts, &sums, &tally)
            let removed = try await rows.remove(slab)
            try await facts.recordParts(
                removed.predictions.filter { parts.contains($0.key) }.mapValues { -$0 }
            )
            report.predictions += removed.predictions.values.reduce(0, +)
            report.labels += removed.labels
            names.formUnion(removed.ids)
        }
        try await keep(sums, tally)
        let texts = SubjectTexts(connection, task: task)
        report.rejects = try await texts.removeRejects(names)
        report.answers = try await texts.removeAnswers(names)
        return report
    }

    private var accumulator: CellAccumulator {
        CellAccumulator(
            task: task,
            dictionary: dictionary,
            buckets: buckets,
            pairKeepers: keepers
        )
    }

    /// Adds up what requests add to cells.
    ///
    /// - Returns: Of how many anything is held.
    private func add(
        _ keys: [PredictionKey],
        _ parts: [Int32],
        _ sums: inout CellAccumulator,
        _ tally: inout ForgottenTally
    ) async throws -> Int {
        let stored = try await facts.load(
            keys.map { ($0, FactStore.anyPart) },
            parts: parts,
            includingOrphans: true
        )
        let past = try await rows.past(of: keys)
        var cursor = FactCursor(stored, task: task, dictionary: dictionary)
        var history = PredictionHistory(scoresPerPrediction: task.scoresPerPrediction)
        var count = 0
        for key in keys {
            history.removeAll()
            _ = cursor.take(key, into: &history)
            let before = past[key]
            if history.predictions.isEmpty, history.labels.isEmpty, before == nil { continue }
            count += 1
            sums.add(history, sign: 1)
            tally.add(history, before)
        }
        return count
    }

    private func keep(_ sums: CellAccumulator, _ tally: ForgottenTally) async throws {
        let connection = facts.connection
        let store = ForgottenStore(connection, task: task)
        let chunk = try await store.nextChunk()
        let requests = tally.requests(chunk: chunk, forgottenAt: instant)
        guard !requests.isEmpty else { return }
        try await store.record(requests)
        let cells = CellStore(connection, task: task, buckets: buckets)
        try await cells.append(
            cells: sums.cells,
            pairs: sums.pairs,
            contradictions: sums.contradictions,
            uploadID: CellStore.forgotten,
            chunk: chunk
        )
        let zero = accumulator.layout
        try await cells.append(
            cells: Dictionary(
                uniqueKeysWithValues: sums.cells.map { key, cell in
                    let isFine = key.slice == TaskDictionary.allSlices
                    var less = ModelCell(layout: zero, fine: isFine)
                    less.add(cell, sign: -1)
                    return (key, less)
                }
            ),
            pairs: sums.pairs.mapValues { cell in
                var less = PairCell(layout: zero)
                less.add(cell, sign: -1)
                return less
            },
            contradictions: sums.contradictions.mapValues { count in
                var less = ContradictionCount()
                less.add(count, sign: -1)
                return less
            },
            uploadID: try await UploadLedger(connection).nextDeltaID(),
            chunk: 0
        )
        // They could not be frozen again as they are.
        try await CohortStore(connection, task: task).fix(
            starting: Set(requests.map(\.bucketStart))
        )
    }
}

/// Counts forgotten requests by the time buckets of their predictions.
private struct ForgottenTally {
    private let buckets: TimeBuckets
    private var counts: [Place: (count: Int64, from: Instant, until: Instant)] = [:]

    private struct Place: Hashable {
        var bucket: Int32
        var isOrphan: Bool
    }

    init(buckets: TimeBuckets) {
        self.buckets = buckets
    }

    mutating func add(_ history: PredictionHistory, _ past: SubjectRows.Past?) {
        let changes =
            history.predictions.map(\.knownAt) + history.labels.map(\.knownAt)
            + (past?.changedAt ?? [])
        guard let from = changes.min(), let until = changes.max() else { return }
        let times = history.predictions.map(\.predictedAt) + (past?.predictedAt ?? [])
        let observedAt = history.labels.first?.observedAt ?? from
        let places =
            times.isEmpty
            ? [Place(bucket: buckets.number(of: observedAt), isOrphan: true)]
            : times.map { Place(bucket: buckets.number(of: $0), isOrphan: false) }
        for place in Set(places) {
            let counted = counts[place] ?? (0, from, until)
            counts[place] = (
                counted.count + 1, min(counted.from, from), max(counted.until, until)
            )
        }
    }

    func requests(chunk: Int32, forgottenAt instant: Instant) -> [ForgottenRequests] {
        counts.map { place, counted in
            ForgottenRequests(
                bucketStart: buckets.start(ofNumber: place.bucket),
                chunk: chunk,
                count: counted.count,
                knownFrom: counted.from,
                knownUntil: counted.until,
                forgottenAt: instant,
                isOrphan: place.isOrphan
            )
        }
    }
}
