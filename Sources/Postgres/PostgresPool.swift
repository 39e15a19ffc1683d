import Logging

/// Connections that are opened when needed, lent to one task at a time, and kept.
///
/// A connection that comes back in a transaction is rolled back; temporary tables and settings of the
/// session stay, so that a staging table is made once. What to do is decided by `PoolState`.
///
/// **Who holds a connection never waits for another**: as many tasks as there are connections could each
/// wait for what the others hold, for ever. Whoever needs a second one reserves it, and gets both at once or
/// waits for both with none. A task that holds one and asks again gets what it reserved, or an error, from
/// every pool.
package actor PostgresPool {
    package nonisolated let configuration: PostgresConfiguration
    private let waitLimit: Duration
    private var state: PoolState
    private var connections: [PoolState.ConnectionID: PostgresConnection] = [:]
    private var waiters: [PoolState.RequestID: Waiter] = [:]

    private struct Waiter {
        var continuation: CheckedContinuation<Result<PoolLease, PostgresError>, Never>
        var timer: Task<Void, Never>?
    }

    /// What the running task has been lent.
    @TaskLocal private static var lease: PoolLease?

    /// Makes a pool; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - configuration: Of every connection.
    ///   - maximumConnections: The most that are open at once.
    ///   - waitLimit: The longest wait for a connection when all are lent.
    package init(
        _ configuration: PostgresConfiguration,
        maximumConnections: Int = 8,
        waitLimit: Duration = .seconds(30)
    ) {
        self.configuration = configuration
        self.waitLimit = waitLimit
        state = PoolState(limit: maximumConnections)
    }

    /// Lends a connection to the body, which runs where the caller runs.
    ///
    /// - Parameters:
    ///   - count: How many more the body may borrow in turn, one after the other.
    ///   - body: Uses the connection; must not keep it.
    /// - Returns: What the body returns.
    /// - Throws: The body's error; a connection error where none could be had in time, or where the task
    ///   holds one already and has reserved no other.
    @discardableResult
    package nonisolated func withConnection<T>(
        reserving count: Int = 0,
        _ body: (PostgresConnection) async throws -> T
    ) async throws -> T {
        if let held = Self.lease {
            guard held.pool === self, count == 0 else { throw PostgresError.heldAlready }
            return try await held.withReserved(body)
        }
        let lease = try await liveLease(of: 1 + count)
        let value: T
        do {
            value = try await Self.$lease.withValue(lease) {
                try await body(lease.main)
            }
        } catch {
            await giveBack(lease)
            throw error
        }
        await giveBack(lease)
        return value
    }

    /// Runs the body in a transaction, and again as a whole after a passing failure.
    ///
    /// Passing are SQLSTATE 40001, 40P01, class 08 and a server that shuts down. The body must have no
    /// effect outside the database, since it may run several times.
    ///
    /// - Parameters:
    ///   - isolation: READ COMMITTED unless told otherwise.
    ///   - readOnly: Whether writing fails.
    ///   - count: How many more connections the body may borrow in turn.
    ///   - policy: How often and after what wait.
    ///   - body: The statements.
    /// - Returns: What the last run of the body returns, after its commit.
    /// - Throws: The error of the last run.
    @discardableResult
    package nonisolated func withTransaction<T>(
        isolation: TransactionIsolation = .readCommitted,
        readOnly: Bool = false,
        reserving count: Int = 0,
        retrying policy: RetryPolicy = .standard,
        _ body: (PostgresConnection) async throws -> T
    ) async throws -> T {
        var attempt = 1
        while true {
            do {
                return try await withConnection(reserving: count) { connection in
                    try await connection.withTransaction(
                        isolation: isolation,
                        readOnly: readOnly,
                        body
                    )
                }
            } catch let error as PostgresError {
                let jitter = Double.random(in: 0...1)
                guard
                    let delay = policy.delay(after: error, attempt: attempt, jitter: jitter),
                    !Task.isCancelled
                else { throw error }
                Logger.current.warning(
                    "ran into a passing failure, will retry",
                    metadata: [
                        "postgres.sqlstate": "\(error.sqlState?.rawValue ?? "")",
                        "postgres.attempt": "\(attempt)",
                    ]
                )
                attempt += 1
                try await Task.sleep(for: delay)
            }
        }
    }

    /// Ends the idle connections now and the lent ones when they come back; no more are lent.
    package func close() async {
        var closing: [PostgresConnection] = []
        for action in state.close() {
            if case .close(let id) = action, let connection = connections.removeValue(forKey: id) {
                closing.append(connection)
            } else {
                perform([action])
            }
        }
        for connection in closing { await connection.close() }
    }
}

// MARK: - Leases

extension PostgresPool {
    /// A connection that was lost while it was idle is replaced; one that is new is as it is.
    private nonisolated func liveLease(of count: Int) async throws(PostgresError) -> PoolLease {
        while true {
            let lease = try await lease(of: count)
            if await lease.isLive() { return lease }
            await giveBack(lease)
        }
    }

    private func lease(of count: Int) async throws(PostgresError) -> PoolLease {
        guard count <= state.limit else { throw .poolIsTooSmall(for: count) }
        let (id, actions) = state.request(count)
        let result: Result<PoolLease, PostgresError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiters[id] = Waiter(continuation: continuation)
                perform(actions)
                if Task.isCancelled { giveUp(id, with: .cancelled()) }
                startTimer(id)
            }
        } onCancel: {
            Task { await self.giveUp(id, with: .cancelled()) }
        }
        return try result.get()
    }

    private func giveBack(_ lease: PoolLease) async {
        for member in lease.members {
            let isUsable = await member.connection.resetForReuse()
            perform(state.returned(member.id, isUsable: isUsable))
        }
    }

    private func startTimer(_ id: PoolState.RequestID) {
        guard waiters[id] != nil else { return }
        let limit = waitLimit
        waiters[id]?.timer = Task { [weak self] in
            try? await Task.sleep(for: limit)
            guard !Task.isCancelled else { return }
            await self?.giveUp(id, with: .noFreeConnection(after: limit))
        }
    }

    private func giveUp(_ id: PoolState.RequestID, with error: PostgresError) {
        guard let actions = state.abandon(id) else { return }
        answer(id, with: .failure(error))
        perform(actions)
    }

    private func answer(_ id: PoolState.RequestID, with result: Result<PoolLease, PostgresError>) {
        let waiter = waiters.removeValue(forKey: id)
        waiter?.timer?.cancel()
        waiter?.continuation.resume(returning: result)
    }

    private func perform(_ actions: [PoolState.Action], because error: PostgresError? = nil) {
        for action in actions {
            switch action {
            case .connect(let id):
                Task { await self.connect(id) }
            case .grant(let request, let ids):
                let members = ids.compactMap { id in
                    connections[id].map { PoolLease.Member(id: id, connection: $0) }
                }
                answer(request, with: .success(PoolLease(of: self, members: members)))
            case .fail(let request, .closed):
                answer(request, with: .failure(.poolIsClosed))
            case .fail(let request, .noConnection):
                answer(request, with: .failure(error ?? .poolIsClosed))
            case .close(let id):
                guard let connection = connections.removeValue(forKey: id) else { continue }
                Task { await connection.close() }
            }
        }
    }

    private func connect(_ id: PoolState.ConnectionID) async {
        do throws(PostgresError) {
            connections[id] = try await PostgresConnection.connect(configuration)
            perform(state.connected(id))
        } catch {
            perform(state.connectFailed(id), because: error)
        }
    }
}

extension PostgresError {
    fileprivate static let poolIsClosed = PostgresError(
        kind: .protocolViolation,
        message: "The connection pool is closed."
    )

    fileprivate static func poolIsTooSmall(for count: Int) -> PostgresError {
        PostgresError(
            kind: .protocolViolation,
            message: "The pool has fewer than the \(count) connections that are wanted at once."
        )
    }

    fileprivate static func noFreeConnection(after limit: Duration) -> PostgresError {
        PostgresError(
            kind: .protocolViolation,
            sqlState: .tooManyConnections,
            message: "All connections were in use for \(limit)."
        )
    }
}
