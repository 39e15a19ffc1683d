import Postgres
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct TransactionTests {
    private struct Stop: Error {}

    private func connect() async throws -> PostgresConnection {
        let connection = try await PostgresConnection.connect(
            PostgresConfiguration(connectionString: TemporaryDatabase.connectionString)
        )
        try await connection.executeScript("CREATE TEMP TABLE t (a int PRIMARY KEY)")
        return connection
    }

    private func count(_ connection: PostgresConnection) async throws -> Int {
        try await connection.query("SELECT count(*) AS n FROM t").single().int("n")
    }

    @Test func `a body that returns is committed and one that throws is rolled back`()
        async throws
    {
        let connection = try await connect()
        let value = try await connection.withTransaction { connection in
            try await connection.execute("INSERT INTO t VALUES (1)")
            return "done"
        }
        #expect(value == "done")
        await #expect(throws: Stop.self) {
            try await connection.withTransaction { connection in
                try await connection.execute("INSERT INTO t VALUES (2)")
                throw Stop()
            }
        }
        #expect(try await count(connection) == 1)
        #expect(await !connection.isInTransaction)
    }

    @Test func `the body changes variables of its caller`() async throws {
        let connection = try await connect()
        var seen: [Int] = []
        try await connection.withTransaction { connection in
            seen.append(try await count(connection))
        }
        #expect(seen == [0])
    }

    @Test func `an error that the body swallows is not committed silently`() async throws {
        let connection = try await connect()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.withTransaction { connection in
                try await connection.execute("INSERT INTO t VALUES (1)")
                _ = try? await connection.execute("SELECT 1/0")
            }
        }
        #expect(error?.sqlState == .inFailedTransaction)
        #expect(try await count(connection) == 0)
    }

    @Test func `a savepoint undoes its own work only`() async throws {
        let connection = try await connect()
        try await connection.withTransaction { connection in
            try await connection.execute("INSERT INTO t VALUES (1)")
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withSavepoint { connection in
                    try await connection.execute("INSERT INTO t VALUES (2)")
                    try await connection.withSavepoint { connection in
                        try await connection.execute("INSERT INTO t VALUES (3)")
                    }
                    try await connection.execute("INSERT INTO t VALUES (1)")
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            try await connection.withSavepoint { connection in
                try await connection.execute("INSERT INTO t VALUES (4)")
            }
        }
        let rows = try await connection.query("SELECT a FROM t ORDER BY a")
        #expect(try rows.map { try $0.int("a") } == [1, 4])
    }

    @Test func `a transaction in a transaction is refused`() async throws {
        let connection = try await connect()
        try await connection.withTransaction { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { _ in }
            }
            #expect(error?.sqlState == .invalidTransactionState)
        }
    }

    @Test func `isolation and access are as asked for`() async throws {
        let connection = try await connect()
        let setting: SQL = """
            SELECT current_setting('transaction_isolation') || ' '
                || current_setting('transaction_read_only') AS mode
            """
        let mode = try await connection.withTransaction(
            isolation: .repeatableRead,
            readOnly: true
        ) { try await $0.query(setting).single().text("mode") }
        #expect(mode == "repeatable read on")
        let usual = try await connection.withTransaction {
            try await $0.query(setting).single().text("mode")
        }
        #expect(usual == "read committed off")
    }

    @Test func `a cancelled transaction is rolled back and the connection goes on`() async throws {
        let connection = try await connect()
        let task = Task {
            try await connection.withTransaction { connection in
                try await connection.execute("INSERT INTO t VALUES (1)")
                try await connection.execute("SELECT pg_sleep(3600)")
            }
        }
        try await TemporaryDatabase.runs("pg_sleep(3600)")
        task.cancel()
        await #expect(throws: PostgresError.self) { try await task.value }
        #expect(try await count(connection) == 0)
    }

    @Test func `a connection lost during COMMIT is an outcome that nobody knows`() async throws {
        let connection = try await connect()
        let killer = try await TemporaryDatabase.connect()
        // A check that is put off to the commit makes the commit slow.
        try await connection.executeScript(
            """
            CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_sleep(20); RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION dawdle();
            """
        )
        let process = await connection.backendProcessID
        let task = Task {
            try await connection.withTransaction {
                try await $0.execute("INSERT INTO t VALUES (1)")
            }
        }
        let waiting: SQL = """
            SELECT 1 FROM pg_stat_activity
            WHERE pid = \(process) AND query = 'COMMIT' AND wait_event = 'PgSleep'
            """
        while try await killer.query(waiting).isEmpty { await Task.yield() }
        try await killer.execute("SELECT pg_terminate_backend(\(process))")
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.kind == .connection)
        #expect(error?.sqlState == .transactionResolutionUnknown)
    }

    @Test func `a transaction that a statement ended is an outcome that nobody knows`() async throws
    {
        let connection = try await connect()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.withTransaction { connection in
                try await connection.execute("INSERT INTO t VALUES (1)")
                try await connection.executeScript("ROLLBACK")
            }
        }
        #expect(error?.sqlState == .transactionResolutionUnknown)
        #expect(error?.isTransient == true)
        #expect(error?.message.contains("no transaction in progress") == true)
        #expect(try await count(connection) == 0)
        // A warning of before does not spoil what comes after.
        _ = try await connection.query("SELECT pg_advisory_unlock(1)")
        try await connection.withTransaction { connection in
            _ = try await connection.query("SELECT pg_advisory_unlock(1)")
            try await connection.execute("INSERT INTO t VALUES (2)")
        }
        #expect(try await count(connection) == 1)
    }
}
