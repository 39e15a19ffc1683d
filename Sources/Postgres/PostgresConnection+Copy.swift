import CPostgres

extension PostgresConnection {
    /// Streams rows into a table by `COPY … FROM STDIN (FORMAT binary)`.
    ///
    /// The body runs on the connection's own thread. If it throws, or the task is cancelled, the COPY
    /// is called off: the transaction or the savepoint around it has then failed, and the connection
    /// is ready for its rollback.
    ///
    /// - Parameters:
    ///   - statement: The COPY statement, which can have no parameters; put constants in by
    ///     `\(constant:)` and names by `\(identifier:)`.
    ///   - body: Writes the rows.
    /// - Returns: What the body returns.
    /// - Throws: The body's error, or the server's.
    @discardableResult
    package func copyIn<T: Sendable>(
        _ statement: SQL,
        _ body: sending (inout CopyWriter) throws -> T
    ) async throws -> T {
        try await cancellableResult(statement) { handle in
            Result { try self.copyIn(statement, on: handle, body) }
        }.get()
    }

    /// Streams rows out by `COPY (SELECT …) TO STDOUT (FORMAT binary)`, in bounded memory.
    ///
    /// The body runs on the connection's own thread. If it throws, the COPY is called off as in
    /// `copyIn`; if it returns before the last row, the rest is read and dropped.
    ///
    /// - Parameters:
    ///   - statement: The COPY statement, which can have no parameters; put constants in by
    ///     `\(constant:)` and names by `\(identifier:)`.
    ///   - body: Reads the rows.
    /// - Returns: What the body returns.
    /// - Throws: The body's error, or the server's.
    @discardableResult
    package func copyOut<T: Sendable>(
        _ statement: SQL,
        _ body: sending (inout CopyReader) throws -> T
    ) async throws -> T {
        try await cancellableResult(statement) { handle in
            Result { try self.copyOut(statement, on: handle, body) }
        }.get()
    }

    private func copyIn<T>(
        _ statement: SQL,
        on handle: ConnectionHandle,
        _ body: (inout CopyWriter) throws -> T
    ) throws -> T {
        try start(statement, as: PGRES_COPY_IN, on: handle)
        let buffer = copyBuffer ?? CopyBuffer()
        copyBuffer = buffer.capacity <= CopyBuffer.keptSize ? buffer : nil
        var writer = CopyWriter(handle, buffer: buffer, sql: statement.text)
        let value: T
        do {
            value = try body(&writer)
            try writer.finish()
        } catch {
            PQputCopyEnd(handle.pointer, "the client called it off")
            _ = lastError(on: handle, statement)
            throw error
        }
        guard PQputCopyEnd(handle.pointer, nil) == 1 else {
            throw handle.sessionError(sql: statement.text)
        }
        if let error = lastError(on: handle, statement) { throw error }
        return value
    }

    private func copyOut<T>(
        _ statement: SQL,
        on handle: ConnectionHandle,
        _ body: (inout CopyReader) throws -> T
    ) throws -> T {
        let result = try start(statement, as: PGRES_COPY_OUT, on: handle)
        var reader = CopyReader(
            handle,
            columns: Int(PQnfields(result.pointer)),
            sql: statement.text
        )
        let value: T
        do {
            value = try body(&reader)
        } catch {
            cancel()
            skipCopyData(handle)
            let serverError = lastError(on: handle, statement)
            if let error = error as? PostgresError, error.kind != .decoding {
                throw serverError ?? error
            }
            throw error
        }
        if !reader.isAtEnd { skipCopyData(handle) }
        if let error = lastError(on: handle, statement) { throw error }
        return value
    }

    @discardableResult
    private func start(
        _ statement: SQL,
        as status: ExecStatusType,
        on handle: ConnectionHandle
    ) throws(PostgresError) -> PostgresResult {
        guard statement.parameters.isEmpty else {
            throw PostgresError(
                kind: .protocolViolation,
                message: "A COPY takes no parameters; write \\(constant:) or \\(identifier:).",
                sql: statement.text
            )
        }
        let isSent = PQsendQuery(handle.pointer, statement.text)
        let result = try handle.finish(isSent: isSent, sql: statement)
        if result.status == status, PQbinaryTuples(result.pointer) == 1 { return result }
        if result.isCopy { endCopy(result, on: handle) }
        throw PostgresError(
            kind: .protocolViolation,
            message: "The statement must be a COPY with (FORMAT binary) "
                + (status == PGRES_COPY_IN ? "FROM STDIN." : "TO STDOUT."),
            sql: statement.text
        )
    }

    /// Gets out of a COPY that the client does not want.
    func endCopy(_ result: PostgresResult, on handle: ConnectionHandle) {
        if result.status == PGRES_COPY_IN {
            PQputCopyEnd(handle.pointer, "the client did not expect a COPY")
        } else {
            skipCopyData(handle)
        }
        while handle.nextResult() != nil {}
    }

    private func skipCopyData(_ handle: ConnectionHandle) {
        var row: UnsafeMutablePointer<CChar>?
        while PQgetCopyData(handle.pointer, &row, 0) > 0 { PQfreemem(row) }
    }

    /// Takes what is left of a command, and the error in it.
    private func lastError(on handle: ConnectionHandle, _ statement: SQL) -> PostgresError? {
        var failure: PostgresError?
        while let result = handle.nextResult() {
            if result.isError, failure == nil { failure = handle.error(result, sql: statement) }
            if result.isCopy { endCopy(result, on: handle) }
        }
        return failure
    }
}
