import Postgres

extension TemporaryDatabase {
    /// Brings a story into the database of the test case: the first who wants it tells it, and others get a copy.
    ///
    /// A database in which something stands already, or to which somebody else is connected, is told the story in any case.
    ///
    /// - Parameters:
    ///   - key: Tells the story apart from others.
    ///   - tell: Brings it in.
    /// - Throws: What telling throws; `PostgresError`.
    package static func hear(_ key: String, tell: () async throws -> Void) async throws {
        guard let name, try await isUntouched() else { return try await tell() }
        let cluster = try await TestCluster.shared.running()
        switch await Stories.shared.begin(key) {
        case .told(let story): try await cluster.copy(story, to: name)
        case .untold:
            do {
                try await tell()
                let story = "story_of_\(name)"
                try await cluster.copy(name, to: story)
                await Stories.shared.end(key, story)
            } catch {
                await Stories.shared.end(key, nil)
                throw error
            }
        }
    }

    private static func isUntouched() async throws -> Bool {
        let connection = try await connect()
        let isUntouched = try await connection.query(
            """
            SELECT NOT EXISTS (SELECT FROM changes) AND NOT EXISTS (
                SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
            ) AS is_untouched
            """
        ).single().bool("is_untouched")
        await connection.close()
        return isUntouched
    }
}

extension TestCluster.Running {
    /// Makes a database what another one is.
    fileprivate func copy(_ original: String, to name: String) async throws {
        try await administrators.withConnection {
            try await $0.execute("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
            try await $0.execute(
                "CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: original)"
            )
        }
    }
}

/// The stories that have been told in this test process.
private actor Stories {
    static let shared = Stories()

    enum Beginning {
        case untold
        /// It stands in a database.
        case told(String)
    }

    private var told: [String: String] = [:]
    private var listeners: [String: [CheckedContinuation<Void, Never>]] = [:]

    /// Waits where somebody is telling it; who is told that it is untold tells it, and ends it.
    func begin(_ key: String) async -> Beginning {
        while true {
            if let database = told[key] { return .told(database) }
            guard listeners[key] != nil else {
                listeners[key] = []
                return .untold
            }
            await withCheckedContinuation { listeners[key]?.append($0) }
        }
    }

    /// The story stands in a database now; in none where it could not be told, and another one has to.
    func end(_ key: String, _ database: String?) {
        told[key] = database
        for listener in listeners.removeValue(forKey: key) ?? [] { listener.resume() }
    }
}
