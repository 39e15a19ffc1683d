import CPostgres

package enum TransactionIsolation: String, Sendable {
    case readCommitted = "READ COMMITTED"
    case repeatableRead = "REPEATABLE READ"
    case serializable = "SERIALIZABLE"
}

extension PostgresConnection {
    /// Runs the body in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// The body runs where the caller runs. It must use this connection, and no task but its own and its children may.
    /// Cancellation stops the statements of the body, but never COMMIT or ROLLBACK.
    ///
    /// - Parameters:
    ///   - isolation: READ COMMITTED unless told otherwise.
    ///   - readOnly: Whether writing fails.
    ///   - body: The statements.
    /// - Returns: What the body returns, after the commit.
    /// - Throws: The body's error, or the server's. SQLSTATE 08007 where the connection was lost
    ///   during COMMIT, or the server warned of something, so that nobody knows; 25P02 where the body
    ///   swallowed the error of a statement.
    @discardableResult
    package nonisolated func withTransaction<T>(
        isolation: TransactionIsolation = .readCommitted,
        readOnly: Bool = false,
        _ body: (PostgresConnection) async throws -> T
    ) async throws -> T {
        try await begin(isolation, readOnly: readOnly)
        let value: T
        do {
            value = try await body(self)
        } catch {
            await rollBack()
            throw error
        }
        try await commit()
        return value
    }

    /// Runs the body in a savepoint of the open transaction: if it throws, only its own work is undone.
    ///
    /// - Parameter body: The statements.
    /// - Returns: What the body returns.
    /// - Throws: The body's error, or the server's; the transaction can go on after either, unless
    ///   the connection is lost.
    @discardableResult
    package nonisolated func withSavepoint<T>(
        _ body: (PostgresConnection) async throws -> T
    ) async throws -> T {
        let name = try await setSavepoint()
        let value: T
        do {
            value = try await body(self)
        } catch {
            try? await endSavepoint(name, undoing: true)
            throw error
        }
        try await endSavepoint(name, undoing: false)
        return value
    }

    private func begin(
        _ isolation: TransactionIsolation,
        readOnly: Bool
    ) throws(PostgresError) {
        guard !isInTransaction else {
            throw PostgresError(
                kind: .protocolViolation,
                sqlState: .invalidTransactionState,
                message: "A transaction is open already; nest with withSavepoint."
            )
        }
        guard !Task.isCancelled else { throw .cancelled() }
        let access = readOnly ? "READ ONLY" : "READ WRITE"
        savepointDepth = 0
        try runToEnd(
            SQL(unsafe: "BEGIN ISOLATION LEVEL \(isolation.rawValue) \(access)")
        )
    }

    /// Succeeds only where the server says without reserve that it committed.
    ///
    /// A warning may say that there was no transaction to commit, since a statement of the body had ended it,
    /// or that the wait for a standby was called off. Neither tells what is kept and what outlives the server.
    private func commit() throws(PostgresError) {
        let result: PostgresResult
        do {
            result = try runToEnd("COMMIT")
        } catch {
            guard error.kind == .connection else {
                rollBack()
                throw error
            }
            var unknown = error
            unknown.sqlState = .transactionResolutionUnknown
            throw unknown
        }
        guard result.commandTag == "COMMIT" else {
            throw PostgresError(
                kind: .server,
                sqlState: .inFailedTransaction,
                message: "The transaction was rolled back: a statement in it had failed."
            )
        }
        if let warning {
            throw PostgresError(
                kind: .server,
                sqlState: .transactionResolutionUnknown,
                message:
                    "The server ended COMMIT with a warning, so that nobody knows what is kept: "
                    + warning
            )
        }
    }

    /// A connection on which even this fails is of no further use.
    func rollBack() {
        guard isInTransaction else { return }
        if (try? runToEnd("ROLLBACK")) == nil { close() }
    }

    private func setSavepoint() throws(PostgresError) -> String {
        let name = "savepoint_\(savepointDepth + 1)"
        try runToEnd("SAVEPOINT \(identifier: name)")
        savepointDepth += 1
        return name
    }

    private func endSavepoint(_ name: String, undoing: Bool) throws(PostgresError) {
        savepointDepth -= 1
        if !undoing {
            do {
                try runToEnd("RELEASE SAVEPOINT \(identifier: name)")
                return
            } catch  where error.kind == .connection {
                throw error
            } catch {
                // A statement in the savepoint had failed and the body said nothing.
                try undoSavepoint(name)
                throw error
            }
        }
        try undoSavepoint(name)
    }

    private func undoSavepoint(_ name: String) throws(PostgresError) {
        try runToEnd("ROLLBACK TO SAVEPOINT \(identifier: name)")
        try runToEnd("RELEASE SAVEPOINT \(identifier: name)")
    }
}
