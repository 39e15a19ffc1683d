import EmbeddedPostgres
import Foundation
import Migrations
import Postgres
import Synchronization

/// The PostgreSQL server of this test process: started when the first test wants it, gone at its end.
actor TestCluster {
    static let shared = TestCluster()

    private var starting: Task<Running, any Error>?

    struct Running: Sendable {
        var server: EmbeddedPostgres
        var lease: EmbeddedPostgres.Lease
        /// Connections for CREATE and DROP DATABASE.
        var administrators: PostgresPool
        var template: String
    }

    func running() async throws -> Running {
        if let starting { return try await starting.value }
        let task = Task { try await Self.start() }
        starting = task
        return try await task.value
    }

    private static func start() async throws -> Running {
        let directory = "\(root)/\(getpid())-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        await removeLeftovers()
        let server = try EmbeddedPostgres(directory: directory, profile: .disposable)
        toDestroy.withLock { $0 = server }
        atexit { TestCluster.toDestroy.withLock { try? $0?.destroy() } }
        let lease = try await server.acquire()
        let administrators = PostgresPool(
            PostgresConfiguration(
                connectionString: server.connectionString(database: "postgres"),
                applicationName: "tests"
            ),
            maximumConnections: 4,
            waitLimit: .seconds(120)
        )
        return Running(
            server: server,
            lease: lease,
            administrators: administrators,
            template: try await makeTemplate(on: server, administrators)
        )
    }

    /// A database with all migrations applied, which nobody can connect to any more.
    private static func makeTemplate(
        on server: EmbeddedPostgres,
        _ administrators: PostgresPool
    ) async throws -> String {
        let fingerprint = Migration(
            version: 0,
            name: "",
            sql: Migration.all.map(\.checksum).joined()
        ).checksum
        let name = "template_\(fingerprint)"
        try await administrators.withConnection {
            try await $0.execute("CREATE DATABASE \(identifier: name)")
        }
        let connection = try await PostgresConnection.connect(
            PostgresConfiguration(connectionString: server.connectionString(database: name))
        )
        try await Migrator().migrate(connection)
        await connection.close()
        try await administrators.withConnection {
            try await $0.execute(
                "ALTER DATABASE \(identifier: name) IS_TEMPLATE true ALLOW_CONNECTIONS false"
            )
        }
        return name
    }

    // MARK: Cleaning up

    private static let toDestroy = Mutex<EmbeddedPostgres?>(nil)
    private static let root = "/tmp/gnomon-tests-\(getuid())"
    /// A younger directory may be one that is just being made.
    private static let leftoverAge: TimeInterval = 60

    /// Removes the clusters of test processes that were killed; they hold no lock any more.
    private static func removeLeftovers() async {
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: root)) ?? [] {
            let path = "\(root)/\(name)"
            let attributes = try? manager.attributesOfItem(atPath: path)
            guard let date = attributes?[.modificationDate] as? Date,
                Date().timeIntervalSince(date) > leftoverAge,
                let server = try? EmbeddedPostgres(directory: path, profile: .disposable),
                let status = try? await server.status(), !status.isInUse
            else { continue }
            try? server.destroy()
        }
    }
}
