import Postgres
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct PostgresConnectionTests {
    private func connect() async throws -> PostgresConnection {
        try await .connect(
            PostgresConfiguration(connectionString: TemporaryDatabase.connectionString)
        )
    }

    @Test func `every type goes out and comes back as it was`() async throws {
        let connection = try await connect()
        let uuids = [PostgresUUID(high: .max, low: 0), PostgresUUID(high: 1, low: 2)]
        let rows = try await connection.query(
            """
            SELECT
                \(true) AS bool, \(Int16.min) AS int16, \(Int32.max) AS int32,
                \(Int64.min) AS int64, \(0.1) AS double, \("naïve ☂") AS text, \("") AS empty,
                \([0, 255, 1] as [UInt8]) AS bytes, \(uuids[0]) AS uuid,
                \(timestamp: -1) AS instant, \(timestamp: .max) AS infinite,
                \([true, false]) AS bools, \([Int16(3)]) AS int16s, \([Int32(-1), 2]) AS int32s,
                \([Int64.max]) AS int64s, \([0.5, .infinity]) AS doubles,
                \(["", "b,{}\""]) AS texts, \([[1], []] as [[UInt8]]) AS blobs,
                \(uuids) AS uuids, \([] as [Double]) AS nothing,
                \(timestamps: [0, 5]) AS instants, \(nil as Int64?) AS missing
            """
        )
        let row = try rows.single()
        #expect(try row.bool("bool"))
        #expect(try row.int16("int16") == .min)
        #expect(try row.int32("int32") == .max)
        #expect(try row.int64("int64") == .min)
        #expect(try row.double("double") == 0.1)
        #expect(try row.text("text") == "naïve ☂")
        #expect(try row.text("empty") == "")
        #expect(try row.bytes("bytes") == [0, 255, 1])
        #expect(try row.uuid("uuid") == uuids[0])
        #expect(try row.timestamp("instant") == -1)
        #expect(try row.timestamp("infinite") == .max)
        #expect(try row.value("bools") == [true, false])
        #expect(try row.value("int16s") == [Int16(3)])
        #expect(try row.int32Array("int32s") == [-1, 2])
        #expect(try row.int64Array("int64s") == [.max])
        #expect(try row.doubleArray("doubles") == [0.5, .infinity])
        #expect(try row.textArray("texts") == ["", "b,{}\""])
        #expect(try row.bytesArray("blobs") == [[1], []])
        #expect(try row.uuidArray("uuids") == uuids)
        #expect(try row.doubleArray("nothing") == [])
        #expect(
            try row.value("instants", as: [PostgresInstant].self).map(\.microsecondsSince1970)
                == [0, 5]
        )
        #expect(try row.optionalInt64("missing") == nil)
        #expect(try row.isNull("missing"))
        #expect(try row.int64(3) == .min)
    }

    @Test(arguments: [
        "0", "1", "-1", "9999", "10000", "-10000", "123456789012345678", "9223372036854775807",
        "-9223372036854775808", "100000000", "5.0",
    ])
    func `a numeric without a fraction is an integer`(text: String) async throws {
        let connection = try await connect()
        let row = try await connection.query("SELECT \(text)::text::numeric AS n").single()
        let whole = text.split(separator: ".")[0]
        #expect(try row.int64("n") == Int64(whole))
    }

    @Test(arguments: ["9223372036854775808", "0.5", "NaN", "-1e30"])
    func `a numeric that is no Int64 is refused`(text: String) async throws {
        let connection = try await connect()
        let row = try await connection.query("SELECT \(text)::text::numeric AS n").single()
        let error = #expect(throws: PostgresError.self) { try row.int64("n") }
        #expect(error?.kind == .decoding)
    }

    @Test func `a wrong type, a NULL and an unknown column say where they are`() async throws {
        let connection = try await connect()
        let rows = try await connection.query("SELECT \("x") AS a, \(nil as Double?) AS b")
        let row = try rows.single()
        #expect(throws: PostgresError.self) { try row.int64("a") }
        let wrong = #expect(throws: PostgresError.self) { try row.int64("a") }
        #expect(wrong?.message == "Row 0, column \"a\" is text of 1 bytes; it does not fit Int64.")
        let null = #expect(throws: PostgresError.self) { try row.double("b") }
        #expect(null?.message == "Row 0, column \"b\" is NULL; Double was asked for.")
        let unknown = #expect(throws: PostgresError.self) { try row.double("c") }
        #expect(unknown?.message == "There is no column \"c\"; the result has a, b.")
    }

    @Test func `execute counts rows and a script runs several statements`() async throws {
        let connection = try await connect()
        try await connection.executeScript(
            "CREATE TEMP TABLE t (a int); INSERT INTO t VALUES (1), (2); INSERT INTO t VALUES (3);"
        )
        #expect(try await connection.execute("UPDATE t SET a = a + \(Int32(1))") == 3)
        #expect(try await connection.execute("DELETE FROM t WHERE a > \(Int32(2))") == 2)
    }

    @Test func `a server error has its parts and the connection goes on`() async throws {
        let connection = try await connect()
        try await connection.executeScript(
            "CREATE TEMP TABLE t (a int CONSTRAINT t_pk PRIMARY KEY); INSERT INTO t VALUES (1);"
        )
        let error = await #expect(throws: PostgresError.self) {
            try await connection.execute("INSERT INTO t VALUES (\(Int32(1)))")
        }
        #expect(error?.kind == .server)
        #expect(error?.sqlState == .uniqueViolation)
        #expect(error?.constraint == "t_pk")
        #expect(error?.table == "t")
        #expect(error?.sql == "INSERT INTO t VALUES ($1)")
        #expect(error?.parameters == [.int32(1)])
        #expect(try await connection.query("SELECT 1 AS one").single().int("one") == 1)
    }

    @Test func `a statement that comes again is prepared, and survives a changed table`()
        async throws
    {
        let connection = try await connect()
        try await connection.executeScript("CREATE TEMP TABLE t AS SELECT 1 AS a")
        for _ in 0..<3 { _ = try await connection.query("SELECT * FROM t") }
        let prepared = try await connection.query(
            "SELECT count(*) AS n FROM pg_prepared_statements WHERE statement = 'SELECT * FROM t'"
        )
        #expect(try prepared.single().int("n") == 1)
        try await connection.executeScript("ALTER TABLE t ADD COLUMN b int")
        #expect(try await connection.query("SELECT * FROM t").columnNames == ["a", "b"])
        try await connection.executeScript("DEALLOCATE ALL")
        for _ in 0..<3 { _ = try await connection.query("SELECT * FROM t") }
    }

    @Test func `the session is in UTC and UTF-8 with the limits asked for`() async throws {
        var configuration = PostgresConfiguration(
            connectionString: TemporaryDatabase.connectionString
        )
        configuration.statementTimeout = .milliseconds(50)
        let connection = try await PostgresConnection.connect(configuration)
        let row = try await connection.query(
            """
            SELECT current_setting('TimeZone') AS zone,
                current_setting('client_encoding') AS encoding,
                current_setting('application_name') AS application
            """
        ).single()
        #expect(try row.text("zone") == "UTC")
        #expect(try row.text("encoding") == "UTF8")
        #expect(try row.text("application") == "gnomon")
        let error = await #expect(throws: PostgresError.self) {
            try await connection.execute("SELECT pg_sleep(20)")
        }
        #expect(error?.sqlState == .queryCancelled)
    }

    @Test func `cancelling the task cancels the statement, and the next one runs`() async throws {
        let connection = try await connect()
        for _ in 0..<5 {
            let task = Task { try await connection.execute("SELECT pg_sleep(3600)") }
            try await TemporaryDatabase.runs("pg_sleep(3600)")
            task.cancel()
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.kind == .cancelled)
            #expect(try await connection.query("SELECT 1 AS one").single().int("one") == 1)
        }
    }

    @Test func `a task that is cancelled already runs nothing`() async throws {
        let connection = try await connect()
        try await connection.executeScript("CREATE TEMP TABLE t (a int)")
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await connection.execute("INSERT INTO t VALUES (1)")
        }
        task.cancel()
        await #expect(throws: PostgresError.self) { try await task.value }
        #expect(try await connection.query("SELECT count(*) AS n FROM t").single().int("n") == 0)
    }

    @Test func `cancelling never hits the statement after`() async throws {
        let connection = try await connect()
        for round in 0..<200 {
            let task = Task { try? await connection.execute("SELECT pg_sleep(0.0001)") }
            if round % 2 == 0 { await Task.yield() }
            task.cancel()
            _ = await task.value
            #expect(try await connection.query("SELECT 1 AS one").single().int("one") == 1)
        }
    }

    @Test func `a lost connection is a connection error with the server's reason`() async throws {
        let connection = try await connect()
        let other = try await connect()
        let process = await connection.backendProcessID
        try await other.execute("SELECT pg_terminate_backend(\(process))")
        let error = await #expect(throws: PostgresError.self) {
            for _ in 0..<2 { try await connection.execute("SELECT 1") }
        }
        #expect(error?.kind == .connection)
        #expect(error?.isTransient == true)
        #expect(await !connection.isOpen)
    }

    @Test func `no server is a connection error that says where it looked`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(
                PostgresConfiguration(connectionString: "host=/nowhere dbname=x")
            )
        }
        #expect(error?.kind == .connection)
        #expect(error?.sqlState == .unableToConnect)
        #expect(error?.message.contains("/nowhere") == true)
        #expect(error?.description.contains("\n") == false)
    }

    @Test(arguments: [
        "postgres://user:secret@host:port/x", "postgres//user:secret@host/x",
        "host=x password='secret", "postgresql://user:se%cret@host/x", "user:secret@host",
    ])
    func `an address that cannot be read is not repeated in the error`(address: String) async {
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(PostgresConfiguration(connectionString: address))
        }
        #expect(error?.kind == .connection)
        #expect(error?.debugDescription.contains("cret") == false)
        #expect(error?.description.contains("\n") == false)
    }

    @Test func `forty connections block at once, each on a thread of its own`() async throws {
        let holder = try await connect()
        try await holder.execute("SELECT pg_advisory_lock(7)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    try await connect().execute("SELECT pg_advisory_lock_shared(7)")
                }
            }
            // With fewer threads than that, the count would never be reached.
            let waiting: SQL = """
                SELECT count(*) AS n FROM pg_locks
                WHERE locktype = 'advisory' AND objid = 7 AND NOT granted
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            try await eventually("forty wait") {
                try await holder.query(waiting).single().int("n") >= 40
            }
            try await holder.execute("SELECT pg_advisory_unlock(7)")
            try await group.waitForAll()
        }
    }

    @Test func `notifications reach who listens`() async throws {
        let listener = try await connect()
        let sender = try await connect()
        try await listener.listen("news \"quoted\"")
        #expect(try await listener.nextNotification(within: .milliseconds(1)) == nil)
        try await sender.notify("news \"quoted\"", payload: "it's 5")
        let notification = try await listener.nextNotification(within: Hang.limit)
        #expect(
            notification == PostgresNotification(channel: "news \"quoted\"", payload: "it's 5")
        )
    }

    @Test func `a COPY in a query is refused and the connection goes on`() async throws {
        let connection = try await connect()
        try await connection.executeScript("CREATE TEMP TABLE t (a int)")
        for sql in ["COPY t FROM STDIN", "COPY t TO STDOUT"] {
            await #expect(throws: PostgresError.self) {
                try await connection.execute(SQL(unsafe: sql))
            }
            await #expect(throws: PostgresError.self) { try await connection.executeScript(sql) }
        }
        #expect(try await connection.query("SELECT 1 AS one").single().int("one") == 1)
    }
}
