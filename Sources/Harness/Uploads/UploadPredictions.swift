package import Evaluation
package import Ingest
package import Postgres
import Store

/// Takes in predictions: parse, merge with what is stored, append rows and cell deltas, commit once.
package struct UploadPredictions: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let request: UploadRequest

    /// Rows of a chunk: what is held in memory at once.
    package static let chunkRows = 1_000_000
    /// Rows of a slab: what is merged while the server takes in the slab before.
    static let slabRows = 125_000


    package init(pool: PostgresPool, task: PredictionTask, request: UploadRequest) {
        self.pool = pool
        self.task = task
        self.request = request
    }

    /// - Parameter onProgress: Called after every chunk that has been read.
    /// - Returns: What became of the rows; durable and visible when this returns.
    package func run(
        onProgress: (IngestProgress) -> Void = { _ in }
    ) async throws -> UploadReport {
        let session = try await UploadSession(
            pool: pool, task: task, request: request, kind: .predictions)
        if request.isDryRun { return try dryRun(onProgress) }
        if let resend = try await session.resend() { return resend }
        do {
            let report = try await session.inTransaction { connection in
                try await write(session, connection, onProgress)
            }
            try await FoldCells(pool: pool, task: task).runIfWorthwhile()
            return report
        } catch let refusal as StrictRefusal {
            return refusal.report
        }
    }

    private func dryRun(_ onProgress: (IngestProgress) -> Void) throws -> UploadReport {
        var reader = try PredictionReader(
            task: task, options: request.options, sources: request.sources)
        var report = UploadReport(task: task.name)
        report.isDryRun = true
        while let batch = try reader.nextBatch(maximumRows: Self.chunkRows) {
            report.counts.received += Int64(batch.rowsRead)
            report.counts.accepted += Int64(batch.rows.count)
            report.counts.rejected += Int64(batch.rejects.count)
            report.note(batch.rejects)
            onProgress(reader.progress)
        }
        return report
    }

    private func write(
        _ session: UploadSession,
        _ connection: PostgresConnection,
        _ onProgress: (IngestProgress) -> Void
    ) async throws -> UploadReport {
        var reader = try PredictionReader(
            task: task, options: request.options, sources: request.sources)
        let opened = try await session.open(connection)
        var dictionary = try await pool.withConnection { try await DictionaryStore($0).load(task) }
        let facts = FactStore(connection, task: task)
        var knownParts = Set(try await facts.parts().keys)
        let hasOrphans = try await facts.hasOrphans()
        var report = UploadReport(task: task.name)
        var versions: [(version: Int32, model: Int32)] = []
        var sliceSets: [Int32] = []
        var chunk: Int32 = 0
        while let batch = try reader.nextBatch(maximumRows: Self.chunkRows) {
            onProgress(reader.progress)
            report.note(batch.rejects)
            if request.isStrict, report.counts.rejected + Int64(batch.rejects.count) > 0 {
                // Nothing will be kept; read on, so that every reject is shown at once.
                report.counts.received += Int64(batch.rowsRead)
                report.counts.rejected += Int64(batch.rejects.count)
                continue
            }
            try await intern(batch, &versions, &sliceSets, &dictionary)
            let order = KeyOrder.positions(count: batch.rows.count) { batch.rows[$0].key }
            let stored = try await facts.load(
                keys(of: batch, order), parts: Array(knownParts),
                includingOrphans: hasOrphans)
            var merge = PredictionMerge(
                task: task, dictionary: dictionary, versions: versions, sliceSets: sliceSets,
                knownAt: opened.knownAt, facts: stored)
            merge.count(batch)
            var accumulator = session.accumulator(dictionary)
            let parts = try await writeSlabs(
                batch, order, &merge, &accumulator, facts, opened.id, &dictionary)
            try await CellStore(connection, task: task, buckets: session.buckets).append(
                cells: accumulator.cells, pairs: accumulator.pairs, uploadID: opened.id,
                chunk: chunk)
            try await UploadLedger(connection).keep(batch.rejects, uploadID: opened.id)
            knownParts.formUnion(parts)
            report.counts += merge.counts
            chunk += 1
        }
        if request.isStrict, report.counts.rejected > 0 {
            report.isRefused = true
            throw StrictRefusal(report: report)
        }
        try await session.close(opened.id, connection, counts: report.counts, digest: reader.digest)
        return report
    }

    private func keys(
        of batch: PredictionBatch, _ order: [Int32]
    ) -> [(key: PredictionKey, part: Int32)] {
        var keys: [(key: PredictionKey, part: Int32)] = []
        for position in order {
            let key = batch.rows[Int(position)].key
            if keys.last?.key != key { keys.append((key, FactStore.anyPart)) }
        }
        return keys
    }

    /// Finds the numbers of names that the reader has met since the last chunk.
    private func intern(
        _ batch: PredictionBatch,
        _ versions: inout [(version: Int32, model: Int32)],
        _ sliceSets: inout [Int32],
        _ dictionary: inout TaskDictionary
    ) async throws {
        let newModels = batch.models[versions.count...]
        let newSliceSets = batch.sliceSets[sliceSets.count...]
        guard !newModels.isEmpty || !newSliceSets.isEmpty else { return }
        (versions, sliceSets, dictionary) = try await pool.withConnection { connection in
            let store = DictionaryStore(connection)
            var versions = versions
            var sliceSets = sliceSets
            for name in newModels {
                versions.append(try await store.internVersion(
                    model: name.model, version: name.version, task: task))
            }
            for values in newSliceSets {
                sliceSets.append(try await store.internSliceSet(values, task: task))
            }
            return (versions, sliceSets, try await store.load(task))
        }
    }

    // MARK: - Writing

    /// Merges a chunk slab by slab, each while the server takes in the one before.
    ///
    /// - Returns: The partitions that were written to.
    private func writeSlabs(
        _ batch: PredictionBatch,
        _ order: [Int32],
        _ merge: inout PredictionMerge,
        _ accumulator: inout CellAccumulator,
        _ facts: FactStore,
        _ uploadID: Int32,
        _ dictionary: inout TaskDictionary
    ) async throws -> Set<Int32> {
        var parts: Set<Int32> = []
        try await withThrowingTaskGroup(of: Void.self) { writing in
            var start = 0
            while start < order.count {
                let end = Self.slabEnd(batch, order, from: start)
                var addition = merge.merge(batch, order[start..<end], into: &accumulator)
                let newParts = Set(addition.rowsByPart.keys).subtracting(parts)
                let ids = try await prepare(newParts, merge.newModelSets, &dictionary)
                merge.resolve(ids, in: &addition)
                parts.formUnion(newParts)
                try await writing.next()
                let finished = addition
                writing.addTask { try await Self.write(finished, facts, uploadID) }
                start = end
            }
            try await writing.waitForAll()
        }
        return parts
    }

    private static func write(
        _ addition: PredictionMerge.Addition, _ facts: FactStore, _ uploadID: Int32
    ) async throws {
        try await facts.append(
            predictions: addition.rows, scores: addition.scores, uploadID: uploadID)
        try await facts.append(labels: addition.joinedLabels)
        try await facts.removeOrphans(addition.joinedLabels.map(\.key))
        try await facts.recordScattered(addition.scatteredKeys)
        try await facts.recordParts(addition.rowsByPart)
    }

    /// The end of a slab: after `slabRows` rows, and after all rows of a key.
    private static func slabEnd(_ batch: PredictionBatch, _ order: [Int32], from start: Int) -> Int {
        var end = min(order.count, start + slabRows)
        while end < order.count,
            batch.rows[Int(order[end])].key == batch.rows[Int(order[end - 1])].key
        {
            end += 1
        }
        return end
    }

    /// Makes partitions and finds the ids of model sets, on another connection.
    private func prepare(
        _ parts: Set<Int32>, _ modelSets: [[Int32]], _ dictionary: inout TaskDictionary
    ) async throws -> [Int32] {
        let known = Dictionary(
            dictionary.modelSets.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        if parts.isEmpty, modelSets.allSatisfy({ known[$0] != nil }) {
            return modelSets.compactMap { known[$0] }
        }
        let ids = try await pool.withConnection { connection in
            try await PartitionStore(connection).ensure(parts.map { Partition(number: $0) })
            var ids: [Int32] = []
            for versions in modelSets {
                ids.append(try await DictionaryStore(connection).internModelSet(versions, task: task))
            }
            return ids
        }
        for (id, versions) in zip(ids, modelSets) { dictionary.modelSets[id] = versions }
        return ids
    }
}
