package import EmbeddedPostgres
import Foundation
package import Postgres
import Synchronization
package import Testing

/// The database that belongs to the test case that runs.
package enum TemporaryDatabase {
    @TaskLocal static var current: String?
    @TaskLocal static var name: String?

    /// How to connect to it. Pass the string on to detached tasks, which lose the task's own values.
    package static var connectionString: String {
        guard let current else {
            preconditionFailure("The test needs the trait .temporaryDatabase or .emptyDatabase.")
        }
        return current
    }

    package static var configuration: PostgresConfiguration {
        PostgresConfiguration(connectionString: connectionString, applicationName: "tests")
    }

    package static func connect() async throws(PostgresError) -> PostgresConnection {
        try await .connect(configuration)
    }

    /// The server that the test databases are on, whose programs fit it.
    package static func server() async throws -> EmbeddedPostgres {
        try await TestCluster.shared.running().server
    }
}

/// Gives each test case a database of its own, dropped afterwards.
package struct TemporaryDatabaseTrait: TestTrait, SuiteTrait, TestScoping {
    fileprivate var isMigrated: Bool

    package var isRecursive: Bool { true }

    package func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
        testCase == nil ? nil : self
    }

    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        // Swift Testing runs all cases at once; the server has connections for some.
        try await Self.turns.withTurn {
            let cluster = try await TestCluster.shared.running()
            let name = "test_\(Self.count.add(1, ordering: .relaxed).newValue)"
            let template = isMigrated ? cluster.template : "template1"
            try await cluster.administrators.withConnection {
                try await $0.execute(
                    "CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template)"
                )
            }
            let outcome: Result<Void, any Error>
            do {
                // Who waits for a connection on a busy machine has lost nothing.
                let connectionString =
                    cluster.server.connectionString(database: name) + " connect_timeout=600"
                try await TemporaryDatabase.$current.withValue(connectionString) {
                    try await TemporaryDatabase.$name.withValue(isMigrated ? name : nil) {
                        try await function()
                    }
                }
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            try await cluster.administrators.withConnection {
                try await $0.execute("DROP DATABASE \(identifier: name) WITH (FORCE)")
            }
            try outcome.get()
        }
    }

    private static let count = Atomic<Int>(0)
    private static let turns = Turns(2 * ProcessInfo.processInfo.activeProcessorCount)
}

extension Trait where Self == TemporaryDatabaseTrait {
    /// A clone of a database with all migrations applied.
    package static var temporaryDatabase: Self { Self(isMigrated: true) }

    /// A database with nothing in it.
    package static var emptyDatabase: Self { Self(isMigrated: false) }
}
