package import Evaluation
package import Ingest
package import Postgres
import Store

/// Takes in predictions: parse, merge with what is stored, append rows and cell deltas, commit once.
package struct UploadPredictions: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let request: UploadRequest

    /// Rows of a chunk: what is parsed at once, while the chunk before is merged and written.
    package static let chunkRows = 500_000
    /// Rows of the first chunk; each is twice the one before, so that the server has to do from early on.
    static let firstChunkRows = 50_000
    /// Rows of a slab: what is merged at once, while the server takes in the slab before.
    static let slabRows = 50_000
    /// Cells are written when there are more of them than this, and at the end.
    static let cellLimit = 4_096

    package init(pool: PostgresPool, task: PredictionTask, request: UploadRequest) {
        self.pool = pool
        self.task = task
        self.request = request
    }

    /// Takes in the predictions; `onProgress` is called after every chunk that has been read.
    ///
    /// - Returns: What became of the rows; durable and visible when this returns.
    package func run(
        onProgress: (IngestProgress) -> Void = { _ in }
    ) async throws -> UploadReport {
        let session = try await UploadSession(
            pool: pool,
            task: task,
            request: request,
            kind: .predictions
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
        var reader = try PredictionReader(
            task: task,
            options: request.options,
            sources: request.sources
        )
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
        report.note(reader.entityHint)
        return report
    }

    private func write(
        _ session: UploadSession,
        _ connection: PostgresConnection,
        _ onProgress: (IngestProgress) -> Void
    ) async throws -> UploadReport {
        let source = try PredictionSource(task: task, request: session.request)
        let opened = try await session.open(connection)
        var report = UploadReport(task: task.name)
        var writer = try await PredictionWriter(
            session: session,
            connection: connection,
            upload: opened
        )
        try await withThrowingTaskGroup(of: Void.self) { writing in
            var rows = min(Self.firstChunkRows, request.rowsAtOnce)
            var current = try await source.next(maximumRows: rows)
            while let sorted = current {
                let batch = sorted.batch
                rows = min(2 * rows, Self.chunkRows, request.rowsAtOnce)
                let next = rows
                async let upcoming = source.next(maximumRows: next)
                onProgress(sorted.progress)
                report.note(batch.rejects)
                if request.isStrict, report.counts.rejected + Int64(batch.rejects.count) > 0 {
                    // Nothing will be kept; read on, so that every reject is shown at once.
                    report.counts.received += Int64(batch.rowsRead)
                    report.counts.rejected += Int64(batch.rejects.count)
                } else {
                    report.note(try await writer.write(sorted, &writing))
                    report.counts = writer.counts
                }
                current = try await upcoming
            }
            try await writing.waitForAll()
        }
        // Who sends few rows at a time is not asked the same thing again and again.
        if !request.isShared { report.note(await source.entityHint) }
        if request.isStrict, report.counts.rejected > 0 {
            report.isRefused = true
            throw StrictRefusal(report: report)
        }
        try await writer.finish()
        report.lines = writer.lines
        report.note(writer.contradictions)
        report.uploadID = opened.id
        report.counts = try await session.close(
            opened,
            connection,
            names: writer.newNames,
            counts: report.counts,
            contradictions: writer.contradictions,
            inTime: writer.inTime,
            digest: await source.digest
        )
        return report
    }
}
