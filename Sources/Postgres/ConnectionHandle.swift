import CPostgres

/// The session of libpq, closed with its last reference.
final class ConnectionHandle: @unchecked Sendable {  // only its connection's queue uses it
    let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQfinish(pointer)
    }

    /// Set by an error with which the server ends the session; libpq learns it with its next read.
    private var isEnded = false

    /// The last warning of the server, from whoever cares for one on.
    var warning: String?

    var isOpen: Bool { !isEnded && PQstatus(pointer) == CONNECTION_OK }

    var transactionStatus: PGTransactionStatusType { PQtransactionStatus(pointer) }

    /// The next result of the command that is under way, or `nil` when it has no more.
    func nextResult() -> PostgresResult? {
        PQgetResult(pointer).map(PostgresResult.init(adopting:))
    }

    /// Runs the command that was sent to its end, or to the start of a COPY.
    ///
    /// - Parameters:
    ///   - isSent: What libpq's send function returned: 1 for success.
    ///   - sql: The statement, for the error.
    /// - Returns: The last result.
    /// - Throws: The first error, which for a lost connection is the one with the server's reason.
    func finish(isSent: CInt, sql: SQL) throws(PostgresError) -> PostgresResult {
        guard isSent == 1 else { throw sessionError(sql: sql.text) }
        var last: PostgresResult?
        var failure: PostgresError?
        while let result = nextResult() {
            if result.isError {
                failure = failure ?? error(result, sql: sql)
            } else {
                last = result
            }
            if result.isCopy { break }
        }
        if let failure { throw failure }
        guard let last else { throw sessionError(sql: sql.text) }
        return last
    }

    func error(_ result: PostgresResult, sql: SQL) -> PostgresError {
        var error = result.error(sql: sql.text, parameters: sql.parameters.map(\.value))
        if let severity = result.field("V"), severity != "ERROR" { isEnded = true }
        // What has no SQLSTATE is libpq's own: it could not write or read, though its status may not say so yet.
        if error.sqlState == nil { isEnded = true }
        if !isOpen {
            error.kind = .connection
            error.sqlState = error.sqlState ?? .connectionFailure
        }
        return error
    }

    /// Takes in what came while nothing ran: remarks, notifications, or the end of the session.
    func consumePendingInput() -> Bool {
        while isOpen, gnomon_wait_readable(PQsocket(pointer), 0) > 0 {
            guard PQconsumeInput(pointer) == 1 else { return false }
        }
        return isOpen
    }

    /// What libpq itself has to say, which mostly is that the connection is lost.
    func sessionError(sql: String?) -> PostgresError {
        let message = String(cString: PQerrorMessage(pointer)).onOneLine
        return PostgresError(
            kind: isOpen ? .protocolViolation : .connection,
            sqlState: isOpen ? nil : .connectionFailure,
            message: message,
            sql: sql
        )
    }
}

extension PostgresResult {
    var isCopy: Bool {
        [PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(status)
    }
}
