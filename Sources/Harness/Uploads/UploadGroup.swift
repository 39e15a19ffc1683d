package import Evaluation
import Ingest
package import Postgres
import Store

/// Takes in the small uploads of several callers together, and tells each what became of its own rows.
///
/// One transaction costs about as much with a thousand rows as with one. Rows mean what they would mean one
/// upload after the other, in the order of the parts, but for the instant from which they are known: that is
/// the same for all. What becomes of a row depends on that row alone: where rows cannot be written together,
/// they are split until those are left that cannot be written by themselves.
package struct UploadGroup: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let kind: UploadKind
    /// The callers' token, if there is one; a row of the ledger is of one token.
    package let tokenName: Name?

    /// The most rows of a group.
    package static let rowLimit = 1_000

    /// What one caller sends.
    package struct Part: Sendable {
        /// NDJSON, each line with its line feed.
        package var lines: [UInt8]
        package var lineCount: Int

        /// - Parameter lines: NDJSON, each line with its line feed.
        package init(lines: [UInt8]) {
            self.lines = lines
            lineCount = lines.count { $0 == 0x0A }
        }
    }

    /// - Parameters:
    ///   - pool: Lends the connections.
    ///   - task: Of all rows.
    ///   - kind: Predictions or labels, of all rows.
    ///   - tokenName: Of all callers.
    package init(
        pool: PostgresPool,
        task: PredictionTask,
        kind: UploadKind,
        tokenName: Name? = nil
    ) {
        self.pool = pool
        self.task = task
        self.kind = kind
        self.tokenName = tokenName
    }

    /// - Parameter parts: Not more than `rowLimit` lines together.
    /// - Returns: For each part what became of its rows, durable and visible; or why nobody knows, such as that
    ///   the database was lost. Rows that are sent again are duplicates.
    package func run(_ parts: [Part]) async -> [Result<UploadReport, any Error>] {
        let rows = GroupedRows(parts.map(\.lines))
        var shares = SharedOutcome(task: task.name, parts: parts.count)
        await write(rows.all[...], into: &shares)
        return shares.results
    }

    /// Writes rows together, or else in halves.
    private func write(
        _ rows: ArraySlice<GroupedRows.Row>,
        into shares: inout SharedOutcome
    ) async {
        guard !rows.isEmpty else { return }
        if let failure = shares.failure {
            // The database is not there; the rest need not find that out as well.
            shares.fail(rows, because: failure)
            return
        }
        do {
            shares.add(try await whenFree { try await upload(rows) }, of: rows)
        } catch {
            guard let reason = RowRefusal(error)?.reason else {
                shares.fail(rows, because: error)
                return
            }
            guard rows.count == 1 else {
                let middle = rows.startIndex + rows.count / 2
                await write(rows[..<middle], into: &shares)
                await write(rows[middle...], into: &shares)
                return
            }
            do {
                let report = try await whenFree { try await keepRefused(rows, because: reason) }
                shares.add(report, of: rows)
            } catch {
                shares.fail(rows, because: error)
            }
        }
    }

    /// Tries again and again while another writer has the task's gate; in between the connections are free for
    /// other tasks.
    private func whenFree(_ body: () async throws -> UploadReport) async throws -> UploadReport {
        while true {
            do {
                return try await body()
            } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
                try Task.checkCancellation()
            }
        }
    }

    private func upload(_ rows: ArraySlice<GroupedRows.Row>) async throws -> UploadReport {
        switch kind {
        case .predictions:
            try await UploadPredictions(pool: pool, task: task, request: request(rows)).run()
        case .labels, .baseline:
            try await UploadLabels(pool: pool, task: task, request: request(rows)).run()
        }
    }

    private func request(_ rows: ArraySlice<GroupedRows.Row>) -> UploadRequest {
        var options = IngestOptions()
        options.format = .ndjson
        options.judgesRowsAlone = true
        var request = UploadRequest(
            sources: [.bytes(rows.flatMap(\.line), name: GroupedRows.name)],
            options: options
        )
        request.rowsAtOnce = Self.rowLimit
        request.foldsCells = false
        if let tokenName { request.tokenNames = [tokenName] }
        request.isShared = true
        return request
    }

    /// Counts and keeps a row, as one that cannot be written.
    private func keepRefused(
        _ rows: ArraySlice<GroupedRows.Row>,
        because reason: String
    ) async throws -> UploadReport {
        let session = try await UploadSession(
            pool: pool,
            task: task,
            request: request(rows),
            kind: kind
        )
        var report = UploadReport(task: task.name)
        report.note(rows.map { $0.reject(line: 1, because: reason) })
        report.counts.received = 1
        report.counts.rejected = 1
        let refused = report
        return try await session.inTransaction { connection in
            var report = refused
            let upload = try await session.open(connection)
            try await session.keep(report.rejects, of: upload, connection)
            report.counts = try await session.close(
                upload,
                connection,
                names: NewNames(),
                counts: report.counts,
                digest: []
            )
            report.uploadID = upload.id
            return report
        }
    }
}
