import CPostgres
import Logging

/// One session with a PostgreSQL server, on a thread of its own.
///
/// Statements run one after another. Cancelling the task cancels its statement on the server, and
/// the connection stays usable. Several tasks may call, but a transaction belongs to one of them.
package actor PostgresConnection {
    private let executor = ConnectionExecutor()
    private let canceller = StatementCanceller()
    package nonisolated let configuration: PostgresConfiguration
    private var handle: ConnectionHandle?
    private var statements: StatementCache
    var copyBuffer: CopyBuffer?
    var savepointDepth = 0

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    private init(configuration: PostgresConfiguration) {
        self.configuration = configuration
        statements = StatementCache(limit: configuration.preparedStatementLimit)
    }

    /// Opens a session with UTF-8, UTC and the configured limits.
    ///
    /// - Parameter configuration: Where to connect to and how to set the session up.
    /// - Returns: The open connection.
    /// - Throws: A connection error with the reason that libpq gives.
    package static func connect(
        _ configuration: PostgresConfiguration
    ) async throws(PostgresError) -> PostgresConnection {
        let connection = PostgresConnection(configuration: configuration)
        try await connection.open()
        return connection
    }

    // MARK: Statements

    /// Runs a statement and returns its rows.
    ///
    /// A text that comes a second time is prepared; the session keeps as many as configured.
    ///
    /// - Parameter sql: One statement.
    /// - Returns: The rows, all of them in memory: for more than a few thousand use `copyOut`.
    /// - Throws: The server's error; the transaction, if there is one, has then failed.
    package func query(_ sql: SQL) async throws(PostgresError) -> PostgresRows {
        PostgresRows(try await runCancellable(sql), sql: sql.text)
    }

    /// Runs a statement for its effect.
    ///
    /// - Parameter sql: One statement.
    /// - Returns: The number of rows inserted, updated or deleted.
    /// - Throws: The server's error; the transaction, if there is one, has then failed.
    @discardableResult
    package func execute(_ sql: SQL) async throws(PostgresError) -> Int {
        try await runCancellable(sql).affectedRows
    }

    /// Runs several statements separated by semicolons, in one transaction unless they say otherwise.
    ///
    /// - Parameter text: Statements without parameters.
    /// - Throws: The first error.
    package func executeScript(_ text: String) async throws(PostgresError) {
        let sql = SQL(unsafe: text)
        try await cancellable(sql) { handle throws(PostgresError) in
            let result = try handle.finish(isSent: PQsendQuery(handle.pointer, text), sql: sql)
            try self.refuseCopy(result, on: handle, sql: sql)
        }
    }

    // MARK: State

    /// Whether the session is there; a connection that was lost unnoticed counts as open.
    package var isOpen: Bool { handle?.isOpen ?? false }

    /// Ends the session.
    ///
    /// Every later call fails with a connection error.
    package func close() {
        canceller.reset()
        handle = nil
        copyBuffer = nil
    }

    /// Cancels the statement that is running, if there is one; it fails with SQLSTATE 57014.
    package nonisolated func cancel() {
        canceller.cancelCurrent()
    }

    /// The server's number for the session, as in `pg_stat_activity`.
    package var backendProcessID: Int32 {
        handle.map { PQbackendPID($0.pointer) } ?? 0
    }

    /// Whether a transaction is open, failed or not.
    package var isInTransaction: Bool {
        guard let handle else { return false }
        return handle.transactionStatus != PQTRANS_IDLE
    }

    /// Makes the session ready for its next user: ends what was left open, takes in lost sockets.
    func resetForReuse() -> Bool {
        guard let handle, handle.consumePendingInput() else {
            close()
            return false
        }
        if handle.transactionStatus == PQTRANS_IDLE { return true }
        rollBack()
        return handle.isOpen && self.handle != nil
    }
}

// MARK: - Opening

extension PostgresConnection {
    private func open() throws(PostgresError) {
        if let problem = configuration.connectionStringProblem {
            throw PostgresError(
                kind: .connection,
                sqlState: .unableToConnect,
                message: problem
            )
        }
        let seconds = configuration.connectTimeout.components.seconds
        // What stands before the connection string are defaults for it, what stands behind rules.
        let settings: KeyValuePairs = [
            "connect_timeout": "\(max(2, seconds))",
            "fallback_application_name": configuration.applicationName,
            "keepalives_idle": "30",
            "keepalives_interval": "10",
            "keepalives_count": "3",
            "dbname": configuration.connectionString,
            "client_encoding": "UTF8",
        ]
        let pointer = withCStrings(settings.map(\.key)) { keywords in
            withCStrings(settings.map(\.value)) { values in
                PQconnectdbParams(keywords, values, 1)
            }
        }
        guard let pointer else {
            throw PostgresError(kind: .connection, message: "There is no memory for a connection.")
        }
        let handle = ConnectionHandle(adopting: pointer)
        guard handle.isOpen else {
            var error = handle.sessionError(sql: nil)
            error.sqlState = .unableToConnect
            throw error
        }
        PQsetNoticeReceiver(pointer, takeNotice, Unmanaged.passUnretained(handle).toOpaque())
        let script = setUpScript
        _ = try handle.finish(isSent: PQsendQuery(pointer, script), sql: SQL(unsafe: script))
        self.handle = handle
    }

    private var setUpScript: String {
        var script = "SET TimeZone = 'UTC';"
        if let timeout = configuration.statementTimeout {
            let (seconds, attoseconds) = timeout.components
            let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
            script += "SET statement_timeout = \(max(1, milliseconds));"
        }
        return script
    }
}

/// Hands what the server remarks to the logger of the task whose statement it is, and notes warnings.
private func takeNotice(_ context: UnsafeMutableRawPointer?, _ pointer: OpaquePointer?) {
    guard let context, let pointer else { return }
    func field(_ code: Unicode.Scalar) -> String? {
        PQresultErrorField(pointer, CInt(code.value)).map { String(cString: $0) }
    }
    let isWarning = field("V") == "WARNING"
    if isWarning {
        // The handle owns the session that calls this.
        let handle = Unmanaged<ConnectionHandle>.fromOpaque(context).takeUnretainedValue()
        handle.warning = field("M") ?? ""
    }
    Logger.current.log(
        level: isWarning ? .warning : .debug,
        "received a notice from PostgreSQL",
        metadata: [
            "postgres.severity": "\(field("V") ?? "")", "postgres.sqlstate": "\(field("C") ?? "")",
            "postgres.message": "\(field("M") ?? "")",
        ]
    )
}

/// The strings as libpq takes lists of settings: an array of C strings that ends with NULL.
private func withCStrings<T>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T
) -> T {
    var bytes: [CChar] = []
    let offsets = strings.map { string in
        let offset = bytes.count
        bytes.append(contentsOf: string.utf8CString)
        return offset
    }
    return bytes.withUnsafeBufferPointer { bytes in
        var pointers = offsets.map { bytes.baseAddress?.advanced(by: $0) }
        pointers.append(nil)
        return pointers.withUnsafeBufferPointer { pointers in
            guard let base = pointers.baseAddress else { preconditionFailure("Never empty.") }
            return body(base)
        }
    }
}

// MARK: - Running

extension PostgresConnection {
    /// Runs a statement to its end whatever becomes of the task: for COMMIT and ROLLBACK.
    @discardableResult
    func runToEnd(_ sql: SQL) throws(PostgresError) -> PostgresResult {
        let handle = try openHandle(sql.text)
        handle.warning = nil
        return try handle.finish(isSent: PQsendQuery(handle.pointer, sql.text), sql: sql)
    }

    /// What the server warned of since `runToEnd` was called last.
    var warning: String? { handle?.warning }

    private func runCancellable(_ sql: SQL) async throws(PostgresError) -> PostgresResult {
        try await cancellable(sql) { handle throws(PostgresError) in
            try self.run(sql, on: handle)
        }
    }

    func openHandle(_ sql: String) throws(PostgresError) -> ConnectionHandle {
        if let handle, handle.isOpen { return handle }
        throw PostgresError(
            kind: .connection,
            sqlState: .connectionFailure,
            message: "The connection is closed.",
            sql: sql
        )
    }

    /// Runs `work`, which blocks, so that cancelling the task cancels what the server does for it.
    private func cancellable<T>(
        _ sql: SQL,
        _ work: (ConnectionHandle) throws(PostgresError) -> T
    ) async throws(PostgresError) -> T {
        try await cancellableResult(sql) { (handle) -> Result<T, PostgresError> in
            do throws(PostgresError) {
                return .success(try work(handle))
            } catch {
                return .failure(error)
            }
        }.get()
    }

    func cancellableResult<T, Failure: Error>(
        _ sql: SQL,
        _ work: (ConnectionHandle) -> Result<T, Failure>
    ) async throws(PostgresError) -> Result<T, Failure> {
        let handle = try openHandle(sql.text)
        configuration.onStatement?(sql.text)
        let statement = canceller.begin(on: handle.pointer)
        defer { canceller.end() }
        let result: Result<T, Failure>? = await withTaskCancellationHandler {
            unlessCancelled { work(handle) }
        } onCancel: {
            canceller.cancel(statement)
        }
        guard let result else { throw .cancelled(sql: sql.text) }
        return result
    }

    /// A method, so that the closure around it captures the actor and thereby stays on its queue.
    private func unlessCancelled<T>(_ work: () -> T) -> T? {
        Task.isCancelled ? nil : work()
    }

    private func run(
        _ sql: SQL,
        on handle: ConnectionHandle
    ) throws(PostgresError) -> PostgresResult {
        let key = StatementCache.Key(text: sql.text, types: sql.parameters.map(\.type))
        let buffer = ParameterBuffer(sql.parameters)
        let result: PostgresResult
        switch statements.use(key) {
        case .runOnce:
            result = try runUnprepared(sql, buffer, on: handle)
        case .runPrepared(let name):
            result = try runPrepared(name, key, sql, buffer, on: handle)
        case .prepare(let name, let dropped):
            try prepare(name, key, sql, buffer, dropping: dropped, on: handle)
            result = try runPrepared(name, key, sql, buffer, on: handle)
        }
        try refuseCopy(result, on: handle, sql: sql)
        return result
    }

    private func runUnprepared(
        _ sql: SQL,
        _ buffer: ParameterBuffer,
        on handle: ConnectionHandle
    ) throws(PostgresError) -> PostgresResult {
        let isSent = buffer.withPointers { values, lengths, formats in
            PQsendQueryParams(
                handle.pointer,
                sql.text,
                CInt(formats.count),
                buffer.types,
                values,
                lengths,
                formats,
                1
            )
        }
        return try handle.finish(isSent: isSent, sql: sql)
    }

    private func prepare(
        _ name: String,
        _ key: StatementCache.Key,
        _ sql: SQL,
        _ buffer: ParameterBuffer,
        dropping dropped: String?,
        on handle: ConnectionHandle
    ) throws(PostgresError) {
        if let dropped {
            let drop: SQL = "DEALLOCATE \(identifier: dropped)"
            // It fails only in a failed transaction, where what follows fails too, with the reason.
            _ = try? handle.finish(isSent: PQsendQuery(handle.pointer, drop.text), sql: drop)
        }
        let isSent = PQsendPrepare(
            handle.pointer,
            name,
            sql.text,
            CInt(buffer.types.count),
            buffer.types
        )
        do {
            _ = try handle.finish(isSent: isSent, sql: sql)
        } catch {
            statements.forget(key)
            throw error
        }
    }

    private func runPrepared(
        _ name: String,
        _ key: StatementCache.Key,
        _ sql: SQL,
        _ buffer: ParameterBuffer,
        on handle: ConnectionHandle
    ) throws(PostgresError) -> PostgresResult {
        let isSent = buffer.withPointers { values, lengths, formats in
            PQsendQueryPrepared(
                handle.pointer,
                name,
                CInt(formats.count),
                values,
                lengths,
                formats,
                1
            )
        }
        do {
            return try handle.finish(isSent: isSent, sql: sql)
        } catch {
            // A table was changed under the plan, or somebody deallocated it.
            let isStale =
                error.sqlState == .featureNotSupported
                || error.sqlState == .invalidStatementName
            guard isStale else { throw error }
            statements.forget(key)
            guard handle.transactionStatus == PQTRANS_IDLE else { throw error }
            return try runUnprepared(sql, buffer, on: handle)
        }
    }

    /// Gets out of a COPY that was started by a call that cannot serve it.
    private func refuseCopy(
        _ result: PostgresResult,
        on handle: ConnectionHandle,
        sql: SQL
    ) throws(PostgresError) {
        guard result.isCopy else { return }
        endCopy(result, on: handle)
        throw PostgresError(
            kind: .protocolViolation,
            message: "COPY goes through copyIn and copyOut only.",
            sql: sql.text
        )
    }
}
