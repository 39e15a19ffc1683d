import Dispatch
import Foundation
import Logging
import Postgres

/// A private PostgreSQL server for this user, on a Unix socket only.
///
/// The cluster lives in one directory of mode 0700, and so does the socket, so that nobody else can
/// reach it; there is no password. Several programs share one server: each holds a shared lock on a
/// file while it uses it, and the last to leave stops it, unless it was started to stay. A lock ends with its
/// holder, so a program that was killed is in nobody's way.
package struct EmbeddedPostgres: Sendable {
    private let cluster: Cluster

    /// Names a cluster, which need not be there yet.
    ///
    /// - Parameters:
    ///   - directory: Where it lives; `nil` for the user's own place.
    ///   - profile: How it treats its disk.
    /// - Throws: Where the caller is root and there is no account to run the server as, or that
    ///   account cannot reach the directory.
    package init(
        directory: String? = nil,
        profile: ServerProfile = .durable
    ) throws(EmbeddedPostgresError) {
        let account = try ServerAccount.needed()
        let base = directory ?? Self.defaultDirectory(account)
        if let account, !account.canReach(base) {
            throw .directoryNotReachable(path: base, user: account.name)
        }
        cluster = Cluster(base: base, profile: profile, account: account)
    }

    package var directory: String { cluster.base }

    /// Where to connect to while the server runs.
    package var connectionString: String { connectionString(database: Self.database) }

    /// The user's place: `$XDG_DATA_HOME/gnomon/postgres`, or `~/.local/share/gnomon/postgres`.
    ///
    /// Root's home is closed to the account that runs the server: then it is `/var/lib/gnomon`.
    private static func defaultDirectory(_ account: ServerAccount?) -> String {
        let environment = ProcessInfo.processInfo.environment
        var data = environment["XDG_DATA_HOME"] ?? ""
        if !data.hasPrefix("/") {
            data = "\(environment["HOME"] ?? NSHomeDirectory())/.local/share"
        }
        let directory = "\(data)/gnomon/postgres"
        if let account, !account.canReach(directory) { return "/var/lib/gnomon/postgres" }
        return directory
    }

    // MARK: Using

    /// A claim on the running server, given up by `release()` or with the program.
    package final class Lease: Sendable {
        package let connectionString: String
        private let server: EmbeddedPostgres
        private let use: Use

        fileprivate init(_ server: EmbeddedPostgres, use: FileLock) {
            connectionString = server.connectionString
            self.server = server
            self.use = Use(use)
        }

        /// Ends the claim and stops the server if it was the last.
        ///
        /// - Throws: Where the server cannot be stopped. A second call does nothing.
        package func release() async throws {
            guard use.end() else { return }
            try await EmbeddedPostgres.blocking { () throws(EmbeddedPostgresError) in
                try self.server.stopIfUnused()
            }
        }
    }

    /// Makes sure that the cluster exists and the server runs, and keeps it running.
    ///
    /// - Returns: The claim; release it when done.
    /// - Throws: `EmbeddedPostgresError`, or the error of the first connection.
    package func acquire() async throws -> Lease {
        let use = try await Self.blocking { () throws(EmbeddedPostgresError) in
            try self.prepare(keep: false)
        }
        do {
            try await waitUntilItAnswers()
        } catch {
            try? await Lease(self, use: use).release()
            throw error
        }
        return Lease(self, use: use)
    }

    /// Runs the body with the server up.
    ///
    /// - Parameter body: Gets the connection string.
    /// - Returns: What the body returns.
    /// - Throws: The body's error, or that of `acquire()`.
    package func withServer<T>(_ body: (String) async throws -> T) async throws -> T {
        let lease = try await acquire()
        let value: T
        do {
            value = try await body(lease.connectionString)
        } catch {
            try? await lease.release()
            throw error
        }
        try await lease.release()
        return value
    }

    // MARK: Keeping

    package struct Status: Hashable, Sendable {
        package var directory: String
        package var exists: Bool
        package var majorVersion: String?
        package var process: Int32?
        /// Whether it stays up when nobody uses it.
        package var isKept: Bool
        /// Whether some program uses it now.
        package var isInUse: Bool
        package var connectionString: String

        package var isRunning: Bool { process != nil }
    }

    package enum StopOutcome: Hashable, Sendable {
        case stopped
        case wasNotRunning
        /// The last program that uses it will stop it.
        case stillInUse
    }

    /// Starts the server so that it stays up until `stop()`.
    package func start() async throws {
        let use = try await Self.blocking { () throws(EmbeddedPostgresError) in
            try self.prepare(keep: true)
        }
        try await waitUntilItAnswers()
        withExtendedLifetime(use) {}
    }

    /// Stops the server, now or when the last program that uses it is done.
    ///
    /// - Returns: Which of both.
    /// - Throws: Where it does not stop.
    package func stop() async throws -> StopOutcome {
        try await Self.blocking { () throws(EmbeddedPostgresError) in
            guard FileSystem.exists(self.directory) else { return .wasNotRunning }
            let wasRunning = try self.underLock { () throws(EmbeddedPostgresError) in
                try FileSystem.remove(self.keepMark)
                return self.cluster.runningProcess != nil
            }
            try self.stopIfUnused()
            guard wasRunning else { return .wasNotRunning }
            return self.cluster.runningProcess == nil ? .stopped : .stillInUse
        }
    }

    package func status() async throws -> Status {
        try await Self.blocking { () throws(EmbeddedPostgresError) in
            Status(
                directory: self.directory,
                exists: self.cluster.exists,
                majorVersion: self.cluster.majorVersion,
                process: self.cluster.runningProcess,
                isKept: FileSystem.exists(self.keepMark),
                isInUse: try self.isInUse,
                connectionString: self.connectionString
            )
        }
    }

    /// Stops the server at once and removes the cluster, without waiting for anybody: for tests.
    package func destroy() throws(EmbeddedPostgresError) {
        if cluster.runningProcess != nil { try cluster.stop(with: cluster.binaries()) }
        let socket = SocketDirectory.current(in: directory)
        try FileSystem.remove(socket)
        try FileSystem.remove(directory)
    }
}

// MARK: - Under the lock

extension EmbeddedPostgres {
    private static let database = "gnomon"
    private var usersFile: String { "\(directory)/users.lock" }
    private var lockFile: String { "\(directory)/cluster.lock" }
    private var keepMark: String { "\(directory)/keep_running" }

    /// Runs the body while nobody else creates, starts or stops the cluster.
    private func underLock<T>(
        _ body: () throws(EmbeddedPostgresError) -> T
    ) throws(EmbeddedPostgresError) -> T {
        let lock = try FileLock(lockFile, .exclusive)
        defer { withExtendedLifetime(lock) {} }
        return try body()
    }

    /// Creates and starts what is missing, and claims the server.
    private func prepare(keep: Bool) throws(EmbeddedPostgresError) -> FileLock {
        try FileSystem.makePrivateDirectory(directory, owner: cluster.account)
        return try underLock { () throws(EmbeddedPostgresError) in
            let use = try FileLock(usersFile, .shared)
            if cluster.runningProcess == nil || !socketIsThere { try createAndStart() }
            if keep { try FileSystem.write("", to: keepMark) }
            return use
        }
    }

    private func createAndStart() throws(EmbeddedPostgresError) {
        let binaries = try cluster.binaries()
        if !cluster.exists {
            try cluster.create(with: binaries)
            Logger.current.notice(
                "created the private database",
                metadata: [
                    "postgres.directory": "\(directory)",
                    "postgres.version": "\(binaries.majorVersion)",
                ]
            )
        }
        // A server whose socket was swept away is of no use to anybody.
        if cluster.runningProcess != nil { try cluster.stop(with: binaries) }
        try cluster.start(with: binaries)
    }

    private func stopIfUnused() throws(EmbeddedPostgresError) {
        try underLock { () throws(EmbeddedPostgresError) in
            guard !FileSystem.exists(keepMark), cluster.runningProcess != nil,
                let alone = try FileLock.tryExclusive(usersFile)
            else { return }
            defer { withExtendedLifetime(alone) {} }
            try cluster.stop(with: cluster.binaries())
        }
    }

    private var isInUse: Bool {
        get throws(EmbeddedPostgresError) {
            guard FileSystem.exists(directory) else { return false }
            // Under the cluster's lock, so that a look is not taken for a user.
            guard let lock = try FileLock.tryExclusive(lockFile) else { return true }
            defer { withExtendedLifetime(lock) {} }
            return try FileLock.tryExclusive(usersFile) == nil
        }
    }

    private var socketIsThere: Bool {
        FileSystem.exists("\(SocketDirectory.current(in: directory))/\(SocketDirectory.socketName)")
    }

    /// Runs what blocks on a thread that may.
    fileprivate static func blocking<T: Sendable>(
        _ work: @escaping @Sendable () throws(EmbeddedPostgresError) -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                do {
                    continuation.resume(returning: try work())
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}

// MARK: - Connecting

extension EmbeddedPostgres {
    private static let answerLimit: Duration = .seconds(300)
    private static let answerInterval: Duration = .milliseconds(100)

    /// Waits through a recovery, and makes the database where it is missing.
    private func waitUntilItAnswers() async throws {
        let deadline = ContinuousClock.now + Self.answerLimit
        while true {
            do throws(PostgresError) {
                try await connect(to: Self.database).close()
                return
            } catch {
                if error.message.contains("database \"\(Self.database)\" does not exist") {
                    return try await createDatabase()
                }
                guard error.kind == .connection, ContinuousClock.now < deadline else {
                    throw EmbeddedPostgresError.serverDidNotAnswer(
                        seconds: Int(Self.answerLimit.components.seconds),
                        reason: "\(error)"
                    )
                }
            }
            try await Task.sleep(for: Self.answerInterval)
        }
    }

    private func createDatabase() async throws {
        let connection = try await connect(to: "postgres")
        do throws(PostgresError) {
            try await connection.execute("CREATE DATABASE \(identifier: Self.database)")
        } catch {
            // Another program may have been faster.
            let raced: Set<SQLState?> = [.duplicateDatabase, .uniqueViolation]
            guard raced.contains(error.sqlState) else { throw error }
        }
        await connection.close()
    }

    private func connect(
        to database: String
    ) async throws(PostgresError) -> PostgresConnection {
        try await .connect(
            PostgresConfiguration(connectionString: connectionString(database: database))
        )
    }

    /// Where to connect to for one of the server's databases.
    ///
    /// - Parameter database: Its name.
    /// - Returns: A conninfo string without a password.
    package func connectionString(database: String) -> String {
        let host = SocketDirectory.current(in: directory)
            .replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        return "host='\(host)' port=5432 user=\(Cluster.superuser) dbname=\(database)"
    }
}
