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
                knownAt: opened.knownAt)
            var accumulator = session.accumulator(dictionary)
            merge.merge(batch, order: order, facts: stored, into: &accumulator)
            try await append(
                &merge, accumulator, facts, session, opened.id, chunk, &dictionary)
            try await UploadLedger(connection).keep(batch.rejects, uploadID: opened.id)
            knownParts.formUnion(merge.rowsByPart.keys)
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

    private func append(
        _ merge: inout PredictionMerge,
        _ accumulator: CellAccumulator,
        _ facts: FactStore,
        _ session: UploadSession,
        _ uploadID: Int32,
        _ chunk: Int32,
        _ dictionary: inout TaskDictionary
    ) async throws {
        let partitions = merge.rowsByPart.keys.map { Partition(number: $0) }
        let newSets = merge.newModelSets
        let ids = try await pool.withConnection { connection in
            try await PartitionStore(connection).ensure(partitions)
            var ids: [Int32] = []
            for versions in newSets {
                ids.append(try await DictionaryStore(connection).internModelSet(versions, task: task))
            }
            return ids
        }
        for (id, versions) in zip(ids, newSets) { dictionary.modelSets[id] = versions }
        merge.resolve(modelSets: ids)
        try await facts.append(predictions: merge.rows, scores: merge.scores, uploadID: uploadID)
        try await facts.append(labels: merge.joinedLabels)
        try await facts.removeOrphans(merge.joinedLabels.map(\.key))
        try await facts.recordScattered(merge.scatteredKeys)
        try await facts.recordParts(merge.rowsByPart)
        try await CellStore(facts.connection, task: task, buckets: session.buckets).append(
            cells: accumulator.cells, pairs: accumulator.pairs, uploadID: uploadID, chunk: chunk)
    }
}
