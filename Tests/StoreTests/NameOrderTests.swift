import Evaluation
import Migrations
import Postgres
import Store
import TestSupport
import Testing

/// The order of names is that of their bytes, whatever language the database sorts in.
@Suite(.emptyDatabase, .hangLimit)
struct NameOrderTests {
    @Test func `names sort alike in a database of another language`() async throws {
        let administrator = try await TemporaryDatabase.connect()
        let name =
            "\(try await administrator.query("SELECT current_database() AS name").single().text("name"))_icu"
        try await administrator.execute(
            """
            CREATE DATABASE \(identifier: name) TEMPLATE template0
            LOCALE_PROVIDER icu ICU_LOCALE 'de-u-ks-level1' LOCALE 'C.UTF-8'
            """
        )
        let connection = try await PostgresConnection.connect(
            PostgresConfiguration(
                connectionString: TemporaryDatabase.connectionString + " dbname=\(name)",
                applicationName: "tests"
            )
        )
        try await Migrator().migrate(connection)
        let names: [Name] = ["B", "a", "A-1", "A1", "b", "_", "\u{E9}", "e\u{301}", "z"]
        for name in names {
            _ = try await connection.withTransaction {
                try await TaskStore($0).create(PredictionTask(name: name, kind: .binary))
            }
        }
        let sorted = try await connection.query("SELECT name FROM tasks ORDER BY name").map {
            Name(try $0.text(0))
        }
        #expect(sorted != names.sorted(), "the database sorts as a dictionary does")
        #expect(try await TaskStore(connection).all().map(\.name) == names.sorted())
        let task = try await TaskStore(connection).task(named: "e\u{301}")
        #expect(task.name == "e\u{301}")
        await connection.close()
        try await administrator.execute("DROP DATABASE \(identifier: name) WITH (FORCE)")
    }
}
