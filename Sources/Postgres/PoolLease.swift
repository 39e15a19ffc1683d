import Synchronization

/// Connections that a task was lent together: one to work with, and those that it reserved.
final class PoolLease: Sendable {
    struct Member: Sendable {
        var id: PoolState.ConnectionID
        var connection: PostgresConnection
    }

    let pool: PostgresPool
    let members: [Member]
    /// Those that nobody uses at the moment.
    private let reserved: Mutex<[PostgresConnection]>

    /// - Parameters:
    ///   - pool: Which lent them.
    ///   - members: At least one.
    init(of pool: PostgresPool, members: [Member]) {
        precondition(!members.isEmpty, "A lease has a connection.")
        self.pool = pool
        self.members = members
        reserved = Mutex(members.dropFirst().map(\.connection))
    }

    /// The one to work with.
    var main: PostgresConnection { members[0].connection }

    /// Whether all of them are there and ready.
    func isLive() async -> Bool {
        for member in members {
            guard await member.connection.resetForReuse() else { return false }
        }
        return true
    }

    /// Lends one of those that were reserved; never waits.
    ///
    /// - Parameter body: Uses the connection; must not keep it.
    /// - Returns: What the body returns.
    /// - Throws: The body's error; a connection error where all are in use, or this one was lost.
    func withReserved<T>(_ body: (PostgresConnection) async throws -> T) async throws -> T {
        guard let connection = reserved.withLock({ $0.popLast() }) else {
            throw PostgresError.heldAlready
        }
        defer { reserved.withLock { $0.append(connection) } }
        guard await connection.resetForReuse() else { throw PostgresError.reservedIsLost }
        let value: T
        do {
            value = try await body(connection)
        } catch {
            _ = await connection.resetForReuse()
            throw error
        }
        _ = await connection.resetForReuse()
        return value
    }
}

extension PostgresError {
    static let heldAlready = PostgresError(
        kind: .protocolViolation,
        message: "A connection was asked for by a task that holds one and has reserved no other."
    )

    fileprivate static let reservedIsLost = PostgresError(
        kind: .connection,
        sqlState: .connectionFailure,
        message: "The connection that was reserved is lost."
    )
}
