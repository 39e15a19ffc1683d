import Evaluation
import Migrations
import Postgres
import Store
import TestSupport
import Testing

@Suite(.emptyDatabase, .hangLimit)
struct PartitionStoreTests {
    private func connect(to schema: String) async throws -> PostgresConnection {
        try await .connect(
            PostgresConfiguration(
                connectionString: TemporaryDatabase.connectionString
                    + " options='-csearch_path=\(schema)'",
                applicationName: "tests"
            )
        )
    }

    private func partitions(_ connection: PostgresConnection) async throws -> [String] {
        try await connection.query(
            """
            SELECT pg_inherits.inhrelid::regclass::text AS name
            FROM pg_inherits
            WHERE pg_inherits.inhparent IN ('predictions'::regclass, 'labels'::regclass)
            ORDER BY pg_inherits.inhrelid::regclass::text COLLATE "C"
            """
        ).map { try $0.text("name") }
    }

    @Test func `two schemas of a database each have the partitions of their own tables`()
        async throws
    {
        let first = Partition(number: 5)
        let both: Set = [first, Partition(number: -3)]
        let administrator = try await TemporaryDatabase.connect()
        var connections: [PostgresConnection] = []
        for schema in ["one", "two"] {
            _ = try await administrator.execute("CREATE SCHEMA \(identifier: schema)")
            let connection = try await connect(to: schema)
            try await Migrator().migrate(connection)
            connections.append(connection)
        }
        try await PartitionStore(connections[0]).ensure(both)
        #expect(try await PartitionStore(connections[0]).existing() == both)
        #expect(try await PartitionStore(connections[1]).existing() == [])
        try await PartitionStore(connections[1]).ensure([first])
        #expect(try await PartitionStore(connections[1]).existing() == [first])
        #expect(
            try await partitions(connections[0])
                == ["labels_n3", "labels_p5", "predictions_n3", "predictions_p5"]
        )
        #expect(try await partitions(connections[1]) == ["labels_p5", "predictions_p5"])
    }

    @Test func `partitions stand beside their tables, whatever schema comes first`() async throws {
        let administrator = try await TemporaryDatabase.connect()
        for schema in ["front", "home"] {
            _ = try await administrator.execute("CREATE SCHEMA \(identifier: schema)")
        }
        try await Migrator().migrate(try await connect(to: "home"))
        let connection = try await connect(to: "front,home")
        let partition = Partition(number: 5)
        try await PartitionStore(connection).ensure([partition])
        #expect(try await PartitionStore(connection).existing() == [partition])
        let home = try await connect(to: "home")
        #expect(try await partitions(home) == ["labels_p5", "predictions_p5"])
        // A table of the same name that comes first in the path is none of them.
        _ = try await administrator.execute("CREATE TABLE front.labels_p9 (a integer)")
        #expect(try await PartitionStore(connection).existing() == [partition])
    }
}
