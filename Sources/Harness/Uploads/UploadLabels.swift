package import Evaluation
package import Ingest
package import Postgres
import Store

/// Takes in labels: parse, find their predictions, append revisions and cell deltas, commit once.
package struct UploadLabels: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let request: UploadRequest

    /// Rows of a chunk: what is held in memory at once, with the stored rows of their keys.
    package static let chunkRows = 250_000

    package init(pool: PostgresPool, task: PredictionTask, request: UploadRequest) {
        self.pool = pool
        self.task = task
        self.request = request
    }

    /// Takes in the labels; `onProgress` is called after every chunk that has been read.
    ///
    /// - Returns: What became of the rows; durable and visible when this returns.
    package func run(
        onProgress: (IngestProgress) -> Void = { _ in }
    ) async throws -> UploadReport {
        let session = try await UploadSession(
            pool: pool,
            task: task,
            request: request,
            kind: .labels
        )
        if request.isDryRun { return try dryRun(session.request, onProgress) }
        if let resend = try await session.resend() { return resend }
        do {
            let report = try await session.inTransaction { connection in
                try await write(session, connection, onProgress)
            }
            guard request.foldsCells else { return report }
            // The rows are durable: folding can wait for the next upload.
            _ = try? await FoldCells(pool: pool, task: task).runIfWorthwhile()
            return report
        } catch let refusal as StrictRefusal {
            return refusal.report
        }
    }

    private func dryRun(
        _ request: UploadRequest,
        _ onProgress: (IngestProgress) -> Void
    ) throws -> UploadReport {
        var reader = try LabelReader(task: task, options: request.options, sources: request.sources)
        var report = UploadReport(task: task.name)
        report.isDryRun = true
        while let batch = try reader.nextBatch(
            maximumRows: min(Self.chunkRows, request.rowsAtOnce)
        ) {
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
        let source = try LabelSource(task: task, request: session.request)
        let opened = try await session.open(connection)
        let dictionary = try await pool.withConnection { try await DictionaryStore($0).load(task) }
        let facts = FactStore(connection, task: task)
        let lookup = LabelLookup(
            facts: facts,
            task: task,
            parts: Array(try await facts.parts().keys),
            scattered: Set(try await facts.scatteredKeys())
        )
        var report = UploadReport(task: task.name)
        if request.isShared { report.lines = LineTally() }
        var contradictions = ContradictionTally()
        var inTime = InTimeRows(
            ages: try await CohortStore(connection, task: task).ages(),
            buckets: session.buckets,
            toldAt: opened.knownAt
        )
        var sources: [Int32] = []
        let keepers = try await PairKeeperStore(connection, task: task).all()
        var accumulator = session.accumulator(dictionary, keepers)
        var chunk: Int32 = 0
        let rows = min(Self.chunkRows, request.rowsAtOnce)
        while let (batch, progress) = try await source.next(maximumRows: rows) {
            onProgress(progress)
            report.note(batch.rejects)
            if request.isStrict, report.counts.rejected + Int64(batch.rejects.count) > 0 {
                report.counts.received += Int64(batch.rowsRead)
                report.counts.rejected += Int64(batch.rejects.count)
                continue
            }
            for name in batch.sources[sources.count...] {
                sources.append(
                    try await pool.withConnection {
                        try await DictionaryStore($0).internSource(name, task: task)
                    }
                )
            }
            var named = dictionary
            for (id, name) in zip(sources, batch.sources) { named.sources[id] = name }
            let order = KeyOrder.positions(count: batch.rows.count) { batch.rows[$0].key }
            let stored = try await lookup.load(batch, order)
            var merge = LabelMerge(
                task: task,
                dictionary: named,
                sources: sources,
                upload: opened,
                inTime: inTime
            )
            merge.lines = report.lines
            accumulator.dictionary = named
            merge.merge(batch, order: order, facts: stored, into: &accumulator)
            try await facts.append(labels: merge.joined)
            try await facts.append(orphans: merge.orphans)
            try await RepeatStore(connection, task: task).append(labels: merge.repeats)
            if accumulator.cells.count > UploadPredictions.cellLimit {
                try await write(&accumulator, session, connection, opened.deltaID, chunk)
                chunk += 1
            }
            try await session.keep(batch.rejects, of: opened, connection)
            let refused = RefusedRows(merge.refused, of: batch, task: task)
            report.note(refused.first)
            try await refused.keep(of: opened, by: session, connection)
            report.counts += merge.counts
            contradictions += merge.contradictions
            report.lines = merge.lines
            inTime = merge.inTime
        }
        if request.isStrict, report.counts.rejected > 0 {
            report.isRefused = true
            throw StrictRefusal(report: report)
        }
        try await write(&accumulator, session, connection, opened.deltaID, chunk)
        var names = NewNames()
        report.note(contradictions)
        names.sources = Set(sources).filter { dictionary.sources[$0] == nil }
        report.uploadID = opened.id
        report.counts = try await session.close(
            opened,
            connection,
            names: names,
            counts: report.counts,
            contradictions: contradictions,
            inTime: inTime,
            digest: await source.digest
        )
        return report
    }

    /// Writes the cells that have been added up.
    private func write(
        _ accumulator: inout CellAccumulator,
        _ session: UploadSession,
        _ connection: PostgresConnection,
        _ deltaID: Int64,
        _ chunk: Int32
    ) async throws {
        try await CellStore(connection, task: task, buckets: session.buckets).append(
            cells: accumulator.cells,
            pairs: accumulator.pairs,
            contradictions: accumulator.contradictions,
            uploadID: deltaID,
            chunk: chunk
        )
        accumulator.removeAll()
    }
}
