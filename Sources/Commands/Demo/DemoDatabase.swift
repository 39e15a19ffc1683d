import Evaluation
import Harness
import Postgres

/// The database that the demo fills: one of its own in the private server, anew each time.
struct DemoDatabase: Sendable {
    static let name = "gnomon_demo"

    private let location: DatabaseLocation
    private let showsProgress: Bool

    init(_ options: DatabaseOptions) {
        location = options.location
        showsProgress = options.showsProgress
    }

    /// What later commands must give to look at the demo's data.
    var setting: String {
        "export \(DatabaseLocation.variable)=\(DatabaseLocation.embeddedPrefix)\(Self.name)"
    }

    var isEmbedded: Bool {
        if case .embedded = location { true } else { false }
    }

    /// Runs the body with an empty database that has all tables.
    func withPool<T>(_ body: (PostgresPool) async throws -> T) async throws -> T {
        guard isEmbedded else {
            return try await DatabaseSession(location).withPool { pool in
                let tasks = try await FindTasks(pool: pool).all().map(\.name)
                let own = [DemoStory.task, DemoStory.delayTask].map { Name($0) }
                guard !tasks.contains(where: own.contains) else {
                    throw CommandError.demoNeedsEmptyDatabase
                }
                return try await body(pool)
            }
        }
        // The server stays up from the first statement to the last.
        return try await DatabaseSession(location, showsProgress: showsProgress).withServer {
            _,
            url in
            let connection = try await PostgresConnection.connect(
                PostgresConfiguration(connectionString: url)
            )
            let name: SQL = "\(identifier: Self.name)"
            try await connection.execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
            try await connection.execute("CREATE DATABASE \(name)")
            await connection.close()
            return try await DatabaseSession(.embedded(name: Self.name)).withPool(body)
        }
    }
}
