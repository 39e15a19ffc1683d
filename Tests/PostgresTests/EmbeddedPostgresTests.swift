import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

@Suite(.serialized, .hangLimit)
struct EmbeddedPostgresTests {
    @Test func `the first use makes the cluster, the last one stops the server`() async throws {
        try await withDirectory { directory in
            let server = try EmbeddedPostgres(directory: directory, profile: .disposable)
            #expect(try await server.status().exists == false)
            let first = try await server.acquire()
            let second = try await server.acquire()
            #expect(try await server.status().isInUse)
            try await first.release()
            try await first.release()
            #expect(try await version(second.connectionString) >= 140_000)
            try await second.release()
            let status = try await server.status()
            #expect(status.exists && !status.isRunning && !status.isInUse)
        }
    }

    @Test func `what was committed is there the next time`() async throws {
        try await withDirectory { directory in
            let server = try EmbeddedPostgres(directory: directory, profile: .durable)
            try await server.withServer { connectionString in
                let connection = try await connect(connectionString)
                try await connection.executeScript("CREATE TABLE t AS SELECT 42 AS a")
            }
            #expect(try await !server.status().isRunning)
            let value = try await server.withServer { connectionString in
                try await connect(connectionString).query("SELECT a FROM t").single().int("a")
            }
            #expect(value == 42)
        }
    }

    @Test func `only the owner of the socket's directory reaches the server`() async throws {
        try await withDirectory { directory in
            let server = try EmbeddedPostgres(directory: directory, profile: .disposable)
            try await server.withServer { connectionString in
                let row = try await connect(connectionString).query(
                    """
                    SELECT current_setting('listen_addresses') AS addresses,
                        current_setting('unix_socket_directories') AS socket,
                        current_setting('data_directory') AS data
                    """
                ).single()
                #expect(try row.text("addresses") == "")
                for path in [try row.text("socket"), try row.text("data"), directory] {
                    let attributes = try FileManager.default.attributesOfItem(atPath: path)
                    #expect(attributes[.posixPermissions] as? Int == 0o700)
                }
            }
        }
    }

    @Test func `a server that was started stays until it is stopped`() async throws {
        try await withDirectory { directory in
            let server = try EmbeddedPostgres(directory: directory, profile: .disposable)
            #expect(try await server.stop() == .wasNotRunning)
            try await server.start()
            try await server.withServer { _ in }
            let status = try await server.status()
            #expect(status.isRunning && status.isKept && !status.isInUse)
            let lease = try await server.acquire()
            #expect(try await server.stop() == .stillInUse)
            try await lease.release()
            #expect(try await !server.status().isRunning)
            try await server.start()
            #expect(try await server.stop() == .stopped)
        }
    }

    @Test func `eight users at once share one server`() async throws {
        try await withDirectory { directory in
            let server = try EmbeddedPostgres(directory: directory, profile: .disposable)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await server.withServer { _ = try await version($0) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await !server.status().isRunning)
        }
    }

    @Test func `a user that was killed is in nobody's way, and the server outlived it`()
        async throws
    {
        try await withDirectory { directory in
            await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String] in
                let server = try EmbeddedPostgres(directory: directory, profile: .disposable)
                let lease = try await server.acquire()
                kill(getpid(), SIGKILL)
                try await lease.release()
            }
            let server = try EmbeddedPostgres(directory: directory, profile: .disposable)
            let left = try await server.status()
            #expect(left.isRunning && !left.isInUse)
            try await server.withServer { _ = try await version($0) }
            #expect(try await !server.status().isRunning)
        }
    }

    @Test func `an interrupt of the terminal does not reach the server`() async throws {
        try await withDirectory { directory in
            let server = try EmbeddedPostgres(directory: directory, profile: .disposable)
            let lease = try await server.acquire()
            let process = try #require(try await server.status().process)
            #expect(getpgid(process) == process)
            #expect(getsid(process) != getsid(0))
            try await lease.release()
        }
    }

    @Test func `the next use recovers what a crash left`() async throws {
        try await withDirectory { directory in
            let server = try EmbeddedPostgres(directory: directory, profile: .durable)
            try await server.start()
            let connection = try await connect(server.connectionString)
            try await connection.executeScript("CREATE TABLE t AS SELECT 42 AS a")
            let process = try #require(try await server.status().process)
            kill(process, SIGKILL)
            try await eventually("the server is gone") { kill(process, 0) != 0 }
            #expect(FileManager.default.fileExists(atPath: "\(directory)/data/postmaster.pid"))
            #expect(try await !server.status().isRunning)
            let value = try await server.withServer { connectionString in
                try await connect(connectionString).query("SELECT a FROM t").single().int("a")
            }
            #expect(value == 42)
            #expect(try await server.stop() == .stopped)
        }
    }

    @Test func `a transaction survives kill -9 of its backend and the restart that follows`()
        async throws
    {
        try await withDirectory { directory in
            let server = try EmbeddedPostgres(directory: directory, profile: .durable)
            try await server.withServer { connectionString in
                let pool = PostgresPool(PostgresConfiguration(connectionString: connectionString))
                try await pool.withConnection {
                    try await $0.executeScript("CREATE TABLE t (a int)")
                }
                var attempts = 0
                try await pool.withTransaction(retrying: .patient) { connection in
                    attempts += 1
                    try await connection.execute("INSERT INTO t VALUES (1)")
                    if attempts == 1 { kill(await connection.backendProcessID, SIGKILL) }
                    try await connection.execute("SELECT pg_sleep(0.1)")
                }
                let rows = try await pool.withTransaction(retrying: .patient) {
                    try await $0.query("SELECT a FROM t").count
                }
                #expect(attempts > 1 && rows == 1)
                await pool.close()
            }
        }
    }

    @Test func `a process number that belongs to another program by now is no server`()
        async throws
    {
        try await withDirectory { directory in
            let server = try EmbeddedPostgres(directory: directory, profile: .disposable)
            try await server.withServer { _ in }
            // The numbers of this test's own process, as if it had got the number of the old server.
            try "\(getpid())\n\(directory)/data\n".write(
                toFile: "\(directory)/data/postmaster.pid",
                atomically: true,
                encoding: .utf8
            )
            #expect(try await !server.status().isRunning)
            try await server.withServer { _ = try await version($0) }
        }
    }

    @Test func `an attempt to make the cluster that was cut off is made again`() async throws {
        try await withDirectory { directory in
            try FileManager.default.createDirectory(
                atPath: "\(directory)/data.unfinished/base",
                withIntermediateDirectories: true
            )
            let server = try EmbeddedPostgres(directory: directory, profile: .disposable)
            try await server.withServer { _ = try await version($0) }
            #expect(!FileManager.default.fileExists(atPath: "\(directory)/data.unfinished"))
        }
    }

    @Test func `a path too long for a socket and with quotes in it works`() async throws {
        try await withDirectory { directory in
            let deep = directory + "/it's \\ long/" + String(repeating: "x", count: 120)
            let server = try EmbeddedPostgres(directory: deep, profile: .disposable)
            let socket = try await server.withServer { connectionString in
                _ = try await version(connectionString)
                return try await connect(connectionString).query(
                    "SELECT current_setting('unix_socket_directories') AS path"
                ).single().text("path")
            }
            #expect(!socket.hasPrefix(directory))
            try await server.withServer { _ = try await version($0) }
            try server.destroy()
            #expect(!FileManager.default.fileExists(atPath: socket))
        }
    }

    @Test func `a socket that was swept away is made again`() async throws {
        try await withDirectory { directory in
            let server = try EmbeddedPostgres(directory: directory, profile: .disposable)
            try await server.start()
            try FileManager.default.removeItem(atPath: "\(directory)/socket")
            try await server.withServer { _ = try await version($0) }
            #expect(try await server.stop() == .stopped)
        }
    }

    @Test func `a cluster of another version says what to install`() async throws {
        try await withDirectory { directory in
            let data = "\(directory)/data"
            try FileManager.default.createDirectory(
                atPath: data,
                withIntermediateDirectories: true
            )
            try "9.6\n".write(toFile: "\(data)/PG_VERSION", atomically: true, encoding: .utf8)
            let server = try EmbeddedPostgres(directory: directory)
            let error = await #expect(throws: EmbeddedPostgresError.self) {
                try await server.acquire()
            }
            #expect(error?.description.contains("Install PostgreSQL 9.6 again") == true)
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func `root is told when the account cannot get there`()
        throws
    {
        let path = "/root/gnomon-test/postgres"
        let error = #expect(throws: EmbeddedPostgresError.self) {
            try EmbeddedPostgres(directory: path)
        }
        #expect(error?.description.contains(path) == true)
    }

    // MARK: -

    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let name = "gnomon-test-" + String(UInt64.random(in: 0 ... .max), radix: 36)
        let directory = "/tmp/\(name)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        do {
            try await body(directory)
        } catch {
            try? EmbeddedPostgres(directory: directory).destroy()
            throw error
        }
    }

    private func connect(_ connectionString: String) async throws -> PostgresConnection {
        try await .connect(PostgresConfiguration(connectionString: connectionString))
    }

    private func version(_ connectionString: String) async throws -> Int {
        let connection = try await connect(connectionString)
        let row = try await connection.query(
            "SELECT current_setting('server_version_num')::int AS version"
        ).single()
        return try row.int("version")
    }
}
