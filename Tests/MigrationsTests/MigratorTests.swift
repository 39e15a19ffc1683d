import Migrations
import Postgres
import TestSupport
import Testing

@Suite(.emptyDatabase, .hangLimit)
struct MigratorTests {
    private let create = Migration(
        version: 1,
        name: "create_things",
        sql: "CREATE TABLE things (a int);"
    )
    private let widen = Migration(
        version: 2,
        name: "widen_things",
        sql: "ALTER TABLE things ADD COLUMN b int; SELECT 1;"
    )

    @Test func `all migrations apply to an empty database, and a second time nothing happens`()
        async throws
    {
        let connection = try await TemporaryDatabase.connect()
        #expect(try await Migrator().migrate(connection) == Migration.all)
        #expect(try await Migrator().migrate(connection) == [])
        #expect(try await Migrator().pending(connection) == [])
        let rows = try await connection.query(
            "SELECT version, name FROM gnomon_migrations ORDER BY version"
        )
        #expect(try rows.map { try $0.text("name") } == Migration.all.map(\.name))
    }

    @Test func `twenty at once are harmless`() async throws {
        let configuration = TemporaryDatabase.configuration
        let applied = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let connection = try await PostgresConnection.connect(configuration)
                    return try await Migrator().migrate(connection).count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(applied == Migration.all.count)
    }

    @Test func `only what is missing is applied`() async throws {
        let connection = try await TemporaryDatabase.connect()
        #expect(try await Migrator(migrations: [create]).migrate(connection) == [create])
        let migrator = Migrator(migrations: [create, widen])
        #expect(try await migrator.pending(connection) == [widen])
        #expect(try await migrator.migrate(connection) == [widen])
    }

    @Test func `a database that is newer than the program is refused`() async throws {
        let connection = try await TemporaryDatabase.connect()
        try await Migrator(migrations: [create, widen]).migrate(connection)
        let error = await #expect(throws: MigrationError.self) {
            try await Migrator(migrations: [create]).migrate(connection)
        }
        #expect(error == .databaseIsNewer(database: 2, program: 1))
        #expect(
            error?.description == """
                The database has the schema of a newer gnomon: it is at migration 2, and this program \
                knows 1. Install the newer gnomon; the schema does not go back.
                """
        )
    }

    @Test func `a migration that was changed after it was applied is refused`() async throws {
        let connection = try await TemporaryDatabase.connect()
        try await Migrator(migrations: [create]).migrate(connection)
        var changed = create
        changed.sql += " -- innocent"
        let migrator = Migrator(migrations: [changed, widen])
        let error = await #expect(throws: MigrationError.self) {
            try await migrator.migrate(connection)
        }
        #expect(error == .changedAfterwards(version: 1, name: "create_things"))
    }

    @Test func `a gap is refused`() async throws {
        let connection = try await TemporaryDatabase.connect()
        let migrator = Migrator(migrations: [create, widen])
        try await migrator.migrate(connection)
        try await connection.execute("DELETE FROM gnomon_migrations WHERE version = 1")
        await #expect(throws: MigrationError.gap(version: 1)) {
            try await migrator.migrate(connection)
        }
    }

    @Test func `a migration that fails leaves nothing of itself, and the lock is free`()
        async throws
    {
        let connection = try await TemporaryDatabase.connect()
        let broken = Migration(
            version: 2,
            name: "break_things",
            sql: "CREATE TABLE half (a int); SELECT 1/0;"
        )
        await #expect(throws: PostgresError.self) {
            try await Migrator(migrations: [create, broken]).migrate(connection)
        }
        let half = try await connection.query("SELECT to_regclass('half') IS NULL AS gone")
        #expect(try half.single().bool("gone"))
        let other = try await TemporaryDatabase.connect()
        let applied = try await Migrator(migrations: [create, widen]).migrate(other)
        #expect(applied == [widen])
    }

    @Test func `the checksum is that of the published algorithm`() {
        // FNV-1a of "foobar", from the authors' test vectors.
        #expect(
            Migration(version: 1, name: "", sql: "foobar").checksum == "85944171f73967e8"
        )
        #expect(Migration(version: 1, name: "", sql: "").checksum == "cbf29ce484222325")
    }
}
