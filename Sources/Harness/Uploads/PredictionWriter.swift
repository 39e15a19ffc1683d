import Evaluation
import Ingest
import Postgres
import Store

/// Merges the batches of one upload with what is stored, and writes what they add.
struct PredictionWriter {
    private let session: UploadSession
    private let facts: FactStore
    private let upload: OpenUpload
    private let hasOrphans: Bool
    /// Whether the task had predictions before this upload, so that every key has to be looked up.
    private let hadPredictions: Bool
    private var parts: Set<Int32>
    private var names: UploadNames
    private var merge: PredictionMerge
    private var accumulator: CellAccumulator
    /// Whether no model keeps its pairs yet, and none has rows that it would have to be paired in.
    private var needsPairKeeper: Bool
    private let knownAt: Instant
    private var chunk: Int32 = 0

    init(
        session: UploadSession,
        connection: PostgresConnection,
        upload: OpenUpload
    ) async throws {
        self.session = session
        self.upload = upload
        facts = FactStore(connection, task: session.task)
        names = UploadNames(
            try await session.pool.withConnection {
                try await DictionaryStore($0).load(session.task)
            }
        )
        parts = Set(try await facts.parts().keys)
        hadPredictions = !parts.isEmpty
        hasOrphans = try await facts.hasOrphans()
        merge = PredictionMerge(
            task: session.task,
            names: names,
            upload: upload,
            inTime: InTimeRows(
                ages: try await CohortStore(connection, task: session.task).ages(),
                buckets: session.buckets,
                toldAt: upload.knownAt
            )
        )
        if session.request.isShared { merge.lines = LineTally() }
        let keepers = try await PairKeeperStore(connection, task: session.task).all()
        accumulator = session.accumulator(names.dictionary, keepers)
        knownAt = upload.knownAt
        needsPairKeeper = keepers.isEmpty
        if needsPairKeeper { needsPairKeeper = try await !facts.hadPredictions() }
    }

    /// The names that are used for the first time.
    var newNames: NewNames { names.new }
    var counts: UploadCounts { merge.counts }
    var contradictions: ContradictionTally { merge.contradictions }
    var inTime: InTimeRows { merge.inTime }
    var lines: LineTally? { merge.lines }

    /// Merges a batch, and hands what it adds to the group, which writes it while the next one is read.
    ///
    /// - Returns: The first rows that could be read, but not be kept beside what is stored.
    mutating func write(
        _ sorted: SortedPredictions,
        _ writing: inout ThrowingTaskGroup<Void, any Error>
    ) async throws -> [Reject] {
        let task = session.task
        let (batch, order) = (sorted.batch, sorted.order)
        try await names.learn(batch, task: task, pool: session.pool)
        let lookups = keysToLookUp(sorted)
        var stored = Facts()
        if !lookups.isEmpty {
            // Savepoints of the look-up and rows on their way must not mix.
            try await writing.waitForAll()
            stored = try await facts.load(
                lookups,
                parts: Array(parts),
                includingOrphans: hasOrphans
            )
        }
        merge.prepare(names, facts: stored)
        accumulator.dictionary = names.dictionary
        try await recordPairKeeper()
        merge.count(batch)
        // Slabs in ascending order of keys: an index that grows at its end grows fastest.
        var start = 0
        while start < order.count {
            let end = Self.slabEnd(batch, order, from: start)
            var addition = merge.merge(batch, order[start..<end], into: &accumulator)
            let ids = try await names.learn(merge.newModelSets, task: task, pool: session.pool)
            merge.resolve(ids, in: &addition)
            try await makePartitions(Set(addition.rowsByPart.keys))
            try await writing.waitForAll()
            let (facts, finished) = (facts, addition)
            writing.addTask { try await Self.append(finished, facts) }
            start = end
        }
        let refused = RefusedRows(merge.takeRefused(), of: batch, task: task)
        if !batch.rejects.isEmpty || !refused.isEmpty {
            try await writing.waitForAll()
            try await session.keep(batch.rejects, of: upload, facts.connection)
            try await refused.keep(of: upload, by: session, facts.connection)
        }
        if accumulator.cells.count > UploadPredictions.cellLimit {
            try await writing.waitForAll()
            try await finish()
        }
        return refused.first
    }

    /// With the first rows of a task its champion begins to keep its pairs; where none is named, the model that
    /// was known first.
    private mutating func recordPairKeeper() async throws {
        guard needsPairKeeper, let first = names.versions.first?.model else { return }
        let champion = try await KeepPairs.champion(
            of: session.task,
            asOf: knownAt,
            facts.connection
        )
        try await PairKeeperStore(facts.connection, task: session.task)
            .record(champion ?? first, rowsFrom: nil, at: knownAt)
        accumulator.pairKeepers = [champion ?? first]
        needsPairKeeper = false
    }

    /// The end of a slab: after `slabRows` rows, and after all rows of a key.
    private static func slabEnd(
        _ batch: PredictionBatch,
        _ order: [Int32],
        from start: Int
    ) -> Int {
        var end = min(order.count, start + UploadPredictions.slabRows)
        while end < order.count,
            batch.rows[Int(order[end])].key == batch.rows[Int(order[end - 1])].key
        {
            end += 1
        }
        return end
    }

    /// Writes the cells that have been added up.
    mutating func finish() async throws {
        try await CellStore(facts.connection, task: session.task, buckets: session.buckets).append(
            cells: accumulator.cells,
            pairs: accumulator.pairs,
            marked: accumulator.marked,
            contradictions: accumulator.contradictions,
            uploadID: upload.deltaID,
            chunk: chunk
        )
        accumulator.removeAll()
        chunk += 1
    }

    /// The keys of which something may be stored: all of them, unless the task was empty before this upload.
    private func keysToLookUp(
        _ sorted: SortedPredictions
    ) -> [(key: PredictionKey, part: Int32)] {
        guard hadPredictions || hasOrphans else {
            return sorted.seenBefore.map { ($0, FactStore.anyPart) }
        }
        var keys: [(key: PredictionKey, part: Int32)] = []
        for position in sorted.order {
            let key = sorted.batch.rows[Int(position)].key
            if keys.last?.key != key { keys.append((key, FactStore.anyPart)) }
        }
        return keys
    }

    private mutating func makePartitions(_ wanted: Set<Int32>) async throws {
        let new = wanted.subtracting(parts)
        guard !new.isEmpty else { return }
        try await session.pool.withConnection {
            try await PartitionStore($0).ensure(new.map { Partition(number: $0) })
        }
        parts.formUnion(new)
    }

    private static func append(
        _ addition: PredictionMerge.Addition,
        _ facts: FactStore
    ) async throws {
        try await facts.append(
            predictions: addition.rows,
            order: addition.copyOrder,
            scores: addition.scores
        )
        try await RepeatStore(facts.connection, task: facts.task)
            .append(predictions: addition.repeats, scores: addition.repeatedScores)
        try await facts.append(labels: addition.joinedLabels)
        try await facts.removeOrphans(addition.joinedLabels)
        try await facts.recordScattered(addition.scatteredKeys)
        try await facts.recordParts(addition.rowsByPart)
    }
}
