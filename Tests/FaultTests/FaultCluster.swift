import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

/// A PostgreSQL server that a test may hurt, since no other test is on it.
actor FaultCluster {
    nonisolated let server: EmbeddedPostgres
    /// For looking on, and for making and dropping databases.
    nonisolated let administrators: PostgresPool
    private var lease: EmbeddedPostgres.Lease?
    private var count = 0

    private init(directory: String) throws {
        server = try EmbeddedPostgres(directory: directory, profile: .disposable)
        administrators = PostgresPool(
            PostgresConfiguration(
                connectionString: server.connectionString(database: "postgres"),
                applicationName: "tests"
            ),
            maximumConnections: 2
        )
    }

    /// Runs the body with a new server, which has the database `faults` with the task.
    static func with(_ body: (FaultCluster) async throws -> Void) async throws {
        let name = "fault-\(getpid())-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
        // Beside the clusters of other tests, so that the next run removes what a killed one left.
        let cluster = try FaultCluster(directory: "/tmp/gnomon-tests-\(getuid())/\(name)")
        do {
            try await cluster.start()
            try await cluster.makeCommitsDurable()
            try await cluster.makeTask()
            try await body(cluster)
        } catch {
            try? cluster.server.destroy()
            throw error
        }
        try cluster.server.destroy()
    }

    func start() async throws {
        lease = try await server.acquire()
    }

    /// Stops the server at once, as a power failure of its machine would.
    func stopImmediately() async throws {
        try await lease?.release()
        lease = nil
        #expect(try await !server.status().isRunning)
    }

    /// What was answered must outlive the crash of a backend, which a disposable server does not promise.
    private func makeCommitsDurable() async throws {
        try await administrators.withConnection { connection in
            try await connection.execute("ALTER SYSTEM SET synchronous_commit = on")
            _ = try await connection.query("SELECT pg_reload_conf()")
        }
        let database = database(named: "postgres")
        try await eventually("the server had read its settings again") {
            let connection = try await database.connect()
            let row = try await connection.query("SHOW synchronous_commit").single()
            let isOn = try row.text(0) == "on"
            await connection.close()
            return isOn
        }
    }

    private func makeTask() async throws {
        try await administrators.withConnection { connection in
            try await connection.execute("CREATE DATABASE \(identifier: Self.template)")
        }
        let gnomon = try Gnomon(database: database(named: Self.template))
        try await gnomon.succeed("migrate")
        let settings = "--kind binary --bucket day --slices country --horizon 2d"
        let words = "task create \(Gnomon.task) \(settings)".split(separator: " ")
        try await gnomon.succeed(words.map(String.init))
    }

    // MARK: Databases

    /// The database of the task without any upload.
    static let template = "faults"

    nonisolated func database(named name: String) -> FaultDatabase {
        FaultDatabase(name: name, connectionString: server.connectionString(database: name))
    }

    /// Copies a database to which nobody is connected.
    func clone(_ template: String, tablespace: String = "pg_default") async throws -> FaultDatabase
    {
        count += 1
        let name = "copy_\(count)"
        try await waitUntilItAnswers()
        try await administrators.withConnection { connection in
            try await connection.execute(
                """
                CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template)
                TABLESPACE \(identifier: tablespace)
                """
            )
        }
        return database(named: name)
    }

    func drop(_ database: FaultDatabase) async throws {
        try await waitUntilItAnswers()
        try await administrators.withConnection { connection in
            try await connection.execute("DROP DATABASE \(identifier: database.name) WITH (FORCE)")
        }
    }

    /// Sits out the recovery after a backend was killed, which ends every connection.
    func waitUntilItAnswers() async throws {
        try await eventually("the server answers") {
            let answer = try? await administrators.withConnection {
                try await $0.query("SELECT 1 AS answer").count
            }
            return answer == 1
        }
    }
}
