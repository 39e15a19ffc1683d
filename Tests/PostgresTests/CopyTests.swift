import Postgres
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct CopyTests {
    private struct Stop: Error {}

    private func connect() async throws -> PostgresConnection {
        let connection = try await PostgresConnection.connect(
            PostgresConfiguration(connectionString: TemporaryDatabase.connectionString)
        )
        try await connection.executeScript("CREATE TEMP TABLE t (a bigint PRIMARY KEY, b text)")
        return connection
    }

    @Test func `every type goes in and comes out as it was`() async throws {
        let connection = try await connect()
        try await connection.executeScript(
            """
            CREATE TEMP TABLE every_type (
                b bool, i2 smallint, i4 integer, i8 bigint, d double precision, u uuid,
                ts timestamptz, t text, by bytea, da double precision[], ia bigint[],
                i4a integer[], ta text[], nothing text)
            """
        )
        try await connection.copyIn("COPY every_type FROM STDIN (FORMAT binary)") { writer in
            try writer.startRow(fields: 14)
            writer.bool(true)
            writer.int16(.min)
            writer.int32(.max)
            writer.int64(.min)
            writer.double(0.1)
            writer.uuid(high: 0x0123_4567_89ab_cdef, low: .max)
            writer.timestamp(microsecondsSince1970: -1)
            writer.text("naïve ☂")
            writer.bytes([0, 255] as [UInt8])
            writer.doubleArray([1, 2.5])
            writer.int64Array([])
            writer.int32Array([7])
            writer.textArray(["", "x"])
            writer.null()
        }
        let row = try await connection.query("SELECT * FROM every_type").single()
        #expect(try row.bool("b"))
        #expect(try row.uuid("u") == PostgresUUID(high: 0x0123_4567_89ab_cdef, low: .max))
        #expect(try row.timestamp("ts") == -1)
        #expect(try row.doubleArray("da") == [1, 2.5])
        #expect(try row.int64Array("ia") == [])
        #expect(try row.textArray("ta") == ["", "x"])
        let rows = try await connection.copyOut(
            "COPY (SELECT * FROM every_type) TO STDOUT (FORMAT binary)"
        ) { reader in
            var rows = 0
            while try reader.nextRow() {
                rows += 1
                #expect(try reader.bool(0))
                #expect(try reader.int16(1) == .min)
                #expect(try reader.int32(2) == .max)
                #expect(try reader.int64(3) == .min)
                #expect(try reader.double(4) == 0.1)
                #expect(try reader.uuid(5).low == .max)
                #expect(try reader.timestamp(6) == -1)
                #expect(try reader.text(7) == "naïve ☂")
                #expect(try reader.bytes(8) == [0, 255])
                #expect(try reader.withBytes(8) { $0.byteCount } == 2)
                #expect(try reader.doubleArray(9) == [1, 2.5])
                var integers: [Int64] = [5]
                try reader.int64Array(10, into: &integers)
                #expect(integers == [])
                var small: [Int32] = []
                try reader.int32Array(11, into: &small)
                #expect(small == [7])
                #expect(try reader.textArray(12) == ["", "x"])
                #expect(reader.isNull(13) && !reader.isNull(12))
            }
            return rows
        }
        #expect(rows == 1)
    }

    @Test func `many rows go through in pieces`() async throws {
        let connection = try await connect()
        let count = 100_000
        let written = try await connection.copyIn("COPY t (a, b) FROM STDIN (FORMAT binary)") {
            writer in
            for row in 0..<count {
                try writer.startRow(fields: 2)
                writer.int64(Int64(row))
                writer.text("row \(row)")
            }
            return writer.rowCount
        }
        #expect(written == count)
        let sum = try await connection.copyOut(
            "COPY (SELECT a, b FROM t WHERE a < \(constant: count)) TO STDOUT (FORMAT binary)"
        ) { reader in
            var sum: Int64 = 0
            while try reader.nextRow() { sum += try reader.int64(0) }
            return sum
        }
        #expect(sum == Int64(count) * Int64(count - 1) / 2)
    }

    @Test func `a row larger than the buffer goes through`() async throws {
        let connection = try await connect()
        let large = String(repeating: "x", count: 3_000_000)
        for key in 0..<3 {
            try await connection.copyIn("COPY t FROM STDIN (FORMAT binary)") { writer in
                try writer.startRow(fields: 2)
                writer.int64(Int64(key))
                writer.text(large)
            }
        }
        let lengths = try await connection.copyOut(
            "COPY (SELECT b FROM t) TO STDOUT (FORMAT binary)"
        ) { reader in
            var lengths: [Int] = []
            while try reader.nextRow() { lengths.append(try reader.withBytes(0) { $0.byteCount }) }
            return lengths
        }
        #expect(lengths == [3_000_000, 3_000_000, 3_000_000])
    }

    @Test func `no rows are no rows`() async throws {
        let connection = try await connect()
        try await connection.copyIn("COPY t FROM STDIN (FORMAT binary)") { _ in }
        let rows = try await connection.copyOut("COPY (SELECT * FROM t) TO STDOUT (FORMAT binary)")
        {
            reader in
            var rows = 0
            while try reader.nextRow() { rows += 1 }
            return rows
        }
        #expect(rows == 0)
    }

    @Test func `a body that throws calls the COPY off, and the savepoint saves the transaction`()
        async throws
    {
        let connection = try await connect()
        try await connection.withTransaction { connection in
            try await connection.execute("INSERT INTO t VALUES (1, 'kept')")
            await #expect(throws: Stop.self) {
                try await connection.withSavepoint { connection in
                    try await connection.copyIn("COPY t FROM STDIN (FORMAT binary)") { writer in
                        for row in 0..<100_000 {
                            try writer.startRow(fields: 2)
                            writer.int64(Int64(row + 2))
                            writer.null()
                        }
                        throw Stop()
                    }
                }
            }
        }
        let row = try await connection.query("SELECT count(*) AS n FROM t").single()
        #expect(try row.int("n") == 1)
    }

    @Test func `a duplicate key is the server's error, and the COPY can be done again`()
        async throws
    {
        let connection = try await connect()
        try await connection.withTransaction { connection in
            try await connection.execute("INSERT INTO t VALUES (5, 'there')")
            let copy: @Sendable (inout CopyWriter, Int) throws -> Void = { writer, first in
                for row in first..<first + 50_000 {
                    try writer.startRow(fields: 2)
                    writer.int64(Int64(row))
                    writer.text("x")
                }
            }
            for _ in 0..<2 {
                let error = await #expect(throws: PostgresError.self) {
                    try await connection.withSavepoint { connection in
                        try await connection.copyIn("COPY t FROM STDIN (FORMAT binary)") {
                            try copy(&$0, 0)
                        }
                    }
                }
                #expect(error?.sqlState == .uniqueViolation)
                #expect(error?.description.contains("(5)") == false)
            }
            try await connection.copyIn("COPY t FROM STDIN (FORMAT binary)") { try copy(&$0, 10) }
        }
        let row = try await connection.query("SELECT count(*) AS n FROM t").single()
        #expect(try row.int("n") == 50_001)
    }

    @Test func `too few or too many fields are found before the server sees them`() async throws {
        let connection = try await connect()
        let few = await #expect(throws: PostgresError.self) {
            try await connection.copyIn("COPY t FROM STDIN (FORMAT binary)") { writer in
                try writer.startRow(fields: 2)
                writer.int64(1)
                try writer.startRow(fields: 2)
            }
        }
        #expect(few?.message == "Row 0 of the COPY has 1 fields too few.")
        let many = await #expect(throws: PostgresError.self) {
            try await connection.copyIn("COPY t FROM STDIN (FORMAT binary)") { writer in
                try writer.startRow(fields: 1)
                writer.int64(1)
                writer.null()
            }
        }
        #expect(many?.message == "Row 0 of the COPY has 1 fields too many.")
        #expect(try await connection.query("SELECT 1 AS one").single().int("one") == 1)
    }

    @Test func `a reader that throws or stops early leaves a usable connection`() async throws {
        let connection = try await connect()
        let sql: SQL = """
            COPY (SELECT generate_series(1, 1000000)::bigint) TO STDOUT (FORMAT binary)
            """
        await #expect(throws: Stop.self) {
            try await connection.copyOut(sql) { reader in
                _ = try reader.nextRow()
                throw Stop()
            }
        }
        let first = try await connection.copyOut(sql) { reader in
            _ = try reader.nextRow()
            return try reader.int64(0)
        }
        #expect(first == 1)
        let wrong = await #expect(throws: PostgresError.self) {
            try await connection.copyOut(sql) { reader in
                _ = try reader.nextRow()
                _ = try reader.int16(0)
            }
        }
        #expect(
            wrong?.message == "Row 0, column 0 of the COPY has 8 bytes; it cannot be read as int16."
        )
        #expect(try await connection.query("SELECT 1 AS one").single().int("one") == 1)
    }

    @Test func `an error in the middle of reading is the server's`() async throws {
        let connection = try await connect()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.copyOut(
                "COPY (SELECT 1 / (5000 - n) FROM generate_series(1, 9000) AS n) TO STDOUT (FORMAT binary)"
            ) { reader in
                while try reader.nextRow() {}
            }
        }
        #expect(error?.sqlState?.rawValue == "22012")
        #expect(try await connection.query("SELECT 1 AS one").single().int("one") == 1)
    }

    @Test func `cancelling stops a COPY in either direction`() async throws {
        let connection = try await connect()
        let reading = Task {
            try await connection.copyOut(
                "COPY (SELECT pg_sleep(3600)::text FROM generate_series(1, 100)) TO STDOUT (FORMAT binary)"
            ) { reader in
                while try reader.nextRow() {}
            }
        }
        try await TemporaryDatabase.runs("COPY ")
        reading.cancel()
        let readError = await #expect(throws: PostgresError.self) { try await reading.value }
        #expect(readError?.kind == .cancelled)
        let writing = Task {
            try await connection.copyIn("COPY t FROM STDIN (FORMAT binary)") { writer in
                var key: Int64 = 0
                while true {
                    try writer.startRow(fields: 2)
                    writer.int64(key)
                    writer.text("x")
                    key += 1
                }
            }
        }
        try await TemporaryDatabase.runs("COPY ")
        writing.cancel()
        let writeError = await #expect(throws: PostgresError.self) { try await writing.value }
        #expect(writeError?.kind == .cancelled)
        #expect(try await connection.query("SELECT count(*) AS n FROM t").single().int("n") == 0)
    }

    @Test func `parameters, text format and the wrong direction are refused`() async throws {
        let connection = try await connect()
        let statements: [SQL] = [
            "COPY (SELECT \(1)) TO STDOUT (FORMAT binary)", "COPY t FROM STDIN", "SELECT 1",
            "COPY t TO STDOUT (FORMAT binary)",
        ]
        for statement in statements {
            let error = await #expect(throws: PostgresError.self) {
                try await connection.copyIn(statement) { _ in }
            }
            #expect(error?.kind == .protocolViolation)
        }
        #expect(try await connection.query("SELECT 1 AS one").single().int("one") == 1)
    }
}
