package import Evaluation
import Ingest
package import Postgres
package import Store

/// Takes in the small uploads of several callers together, and tells each what became of its own rows.
///
/// One transaction costs about as much with a thousand rows as with one. Rows mean what they would mean one
/// upload after the other, in the order of the parts, but for the instant from which they are known: that is
/// the same for all.
package struct UploadGroup: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let kind: UploadKind

    /// The most rows of a group.
    package static let rowLimit = 1_000

    /// What one caller sends.
    package struct Part: Sendable {
        /// NDJSON, each line with its line feed.
        package var lines: [UInt8]
        package var lineCount: Int
        /// The caller's token, if there is one.
        package var tokenName: Name?

        /// - Parameters:
        ///   - lines: NDJSON, each line with its line feed.
        ///   - tokenName: The caller's token, if there is one.
        package init(lines: [UInt8], tokenName: Name? = nil) {
            self.lines = lines
            self.tokenName = tokenName
            lineCount = lines.count { $0 == 0x0A }
        }
    }

    /// - Parameters:
    ///   - pool: Lends the connections.
    ///   - task: Of all rows.
    ///   - kind: Predictions or labels, of all rows.
    package init(pool: PostgresPool, task: PredictionTask, kind: UploadKind) {
        self.pool = pool
        self.task = task
        self.kind = kind
    }

    /// - Parameter parts: Not more than `rowLimit` lines together.
    /// - Returns: For each part what became of its rows; durable and visible when this returns.
    /// - Throws: `PostgresError`; `IngestError` where a part cannot be read as a whole, and then nothing of
    ///   any part is kept.
    package func run(_ parts: [Part]) async throws -> [UploadReport] {
        var options = IngestOptions()
        options.format = .ndjson
        options.judgesRowsAlone = true
        var request = UploadRequest(
            sources: [.bytes(parts.flatMap(\.lines), name: "the body")],
            options: options
        )
        request.rowsAtOnce = Self.rowLimit
        request.foldsCells = false
        request.tokenNames = Set(parts.compactMap(\.tokenName))
        var generator = SystemRandomNumberGenerator()
        request.shareID = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let report =
            switch kind {
            case .predictions:
                try await UploadPredictions(pool: pool, task: task, request: request).run()
            case .labels, .baseline:
                try await UploadLabels(pool: pool, task: task, request: request).run()
            }
        return shares(of: report, among: parts)
    }

    private func shares(of report: UploadReport, among parts: [Part]) -> [UploadReport] {
        var shares = parts.map { _ in UploadReport(task: task.name) }
        var starts: [Int64] = []
        var owners: [Int] = []
        for (index, part) in parts.enumerated() {
            starts.append(Int64(owners.count))
            owners += repeatElement(index, count: part.lineCount)
        }
        for (line, counts) in report.lines?.counts ?? [:] {
            let part = owners[Int(line) - 1]
            shares[part].counts += counts
            shares[part].counts.received += counts.accepted + counts.duplicate + counts.conflict
        }
        for reject in report.rejects {
            let part = owners[Int(reject.line) - 1]
            var own = reject
            own.line -= starts[part]
            shares[part].rejects.append(own)
            shares[part].counts.rejected += 1
            shares[part].counts.received += 1
        }
        return shares
    }
}
