import Evaluation
import Ingest
import Postgres
import Store

/// What both kinds of upload share: resends, the transaction, the ledger.
struct UploadSession: Sendable {
    let pool: PostgresPool
    let task: PredictionTask
    let request: UploadRequest
    let kind: UploadKind
    let buckets: TimeBuckets
    private let fingerprint: [UInt8]
    private let released: ReleasedRows?

    init(
        pool: PostgresPool,
        task: PredictionTask,
        request: UploadRequest,
        kind: UploadKind
    ) async throws {
        self.pool = pool
        self.task = task
        self.kind = kind
        buckets = try task.timeBuckets()
        if request.isShared {
            fingerprint = []
        } else {
            let version = try await pool.withConnection {
                try await TaskStore($0).settingsVersion(of: task)
            }
            fingerprint = request.fingerprint(settingsVersion: version)
        }
        var dated = request
        (dated.options.present, released) = try await pool.withConnection { connection in
            (
                try await connection.now(),
                try await ReleaseStore(connection, task: task).released()
            )
        }
        dated.options.rowsFrom = released?.rowsFrom
        self.request = dated
    }

    /// The answer to a resend, if the very same input was uploaded before.
    ///
    /// What had rejects is read again under `--strict`, and refused: that answer is about this upload.
    func resend() async throws -> UploadReport? {
        guard !request.isShared, request.isReplayable, try await hasUploads() else {
            return nil
        }
        let digest = try SourceDigest.compute(of: request.sources) + fingerprint
        let answer = try await pool.withConnection { try await earlier(digest, $0) }
        if request.isStrict, let answer, answer.counts.rejected > 0 { return nil }
        return answer
    }

    private func earlier(
        _ digest: [UInt8],
        _ connection: PostgresConnection
    ) async throws -> UploadReport? {
        let ledger = UploadLedger(connection)
        guard let earlier = try await ledger.find(task, kind: kind, digest: digest) else {
            return nil
        }
        var report = UploadReport(task: task.name)
        report.uploadID = earlier.uploadID
        report.counts = earlier.counts.asResend
        report.rejects = try await ledger.rejects(
            task,
            uploadID: earlier.uploadID,
            limit: UploadReport.rejectLimit
        )
        report.isResend = true
        return report
    }

    private func hasUploads() async throws -> Bool {
        try await pool.withConnection { try await UploadLedger($0).hasUploads(task, kind: kind) }
    }

    /// Runs the upload in one transaction; again after a passing failure, where the input can be read again.
    ///
    /// Names and partitions are written beside it, on a connection that is reserved with its own.
    func inTransaction(
        _ body: (PostgresConnection) async throws -> UploadReport
    ) async throws -> UploadReport {
        let policy = request.isReplayable ? RetryPolicy.standard : RetryPolicy(maximumAttempts: 1)
        do {
            return try await pool.withTransaction(reserving: 1, retrying: policy, body)
        } catch let resend as Resend {
            return resend.report
        }
    }

    /// Enters the gate and opens the ledger.
    ///
    /// - Throws: `HarnessError.taskChanged` where the task is no longer the one that was looked up, or has let
    ///   go of rows meanwhile.
    func open(_ connection: PostgresConnection) async throws -> OpenUpload {
        // A small write that waits for a long one gives its connections back now and then, for other tasks.
        if request.isShared { try await connection.execute("SET LOCAL lock_timeout = '1s'") }
        let knownAt = try await Gate(connection).enter(task)
        if request.isShared { try await connection.execute("SET LOCAL lock_timeout = 0") }
        // Settings change under the gate as well; rows read by old ones would spoil the cells.
        guard try await TaskStore(connection).task(named: task.name) == task,
            try await ReleaseStore(connection, task: task).released() == released
        else { throw HarnessError.taskChanged(task.name) }
        try await FactStore(connection, task: task).prepareSession()
        let ledger = UploadLedger(connection)
        if request.isShared {
            return try await ledger.openShared(
                task,
                kind: kind,
                knownAt: knownAt,
                tokenNames: request.tokenNames
            )
        }
        return try await ledger.open(
            task,
            kind: kind,
            digest: fingerprint,
            knownAt: knownAt,
            isBackfill: request.options.isBackfill,
            tokenNames: request.tokenNames
        )
    }

    /// Keeps rejects, so that they can be listed and sent again.
    func keep(
        _ rejects: [Reject],
        of upload: OpenUpload,
        _ connection: PostgresConnection
    ) async throws {
        try await UploadLedger(connection).keep(
            rejects,
            uploadID: upload.id,
            after: upload.earlierRows
        )
    }

    /// Writes the counts and contradictions to the ledger, and records the names that are used for the first time.
    ///
    /// - Returns: The counts, with what came after the evidence that it belongs to had been used.
    /// - Throws: `Resend`, for `inTransaction`, where the ledger has the same input after all: standard
    ///   input cannot be looked up before it is read, and while this upload waited at the gate another
    ///   may have committed it, such as the backend of an uploader that was killed in its COMMIT.
    func close(
        _ upload: OpenUpload,
        _ connection: PostgresConnection,
        names: NewNames,
        counts: UploadCounts,
        contradictions: ContradictionTally = ContradictionTally(),
        inTime: InTimeRows? = nil,
        digest: [UInt8]
    ) async throws -> UploadCounts {
        let ledger = UploadLedger(connection)
        try await DictionaryStore(connection).record(names, at: upload.knownAt)
        try await ledger.record(contradictions, of: upload.id, to: task)
        if request.isShared {
            try await ledger.add(counts, to: upload.id)
            return counts
        }
        let digest = digest + fingerprint
        if let report = try await earlier(digest, connection) { throw Resend(report: report) }
        var counts = counts
        counts.afterUse = try await CohortStore(connection, task: task).follow(
            CohortStore.Change(
                rows: inTime?.rows ?? [:],
                at: upload.knownAt,
                isLoading: true,
                rowsFrom: released?.rowsFrom ?? .distantPast
            )
        )
        try await ledger.close(upload.id, counts: counts, digest: digest)
        return counts
    }

    func accumulator(_ dictionary: TaskDictionary, _ keepers: PairKeepers) -> CellAccumulator {
        CellAccumulator(
            task: task,
            dictionary: dictionary,
            buckets: buckets,
            pairKeepers: keepers.models
        )
    }
}

/// Ends the transaction of a strict upload that had rejects.
struct StrictRefusal: Error {
    let report: UploadReport
}

/// Ends the transaction of an upload whose input the ledger has already.
private struct Resend: Error {
    let report: UploadReport
}
