import Postgres
import Synchronization
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct PostgresPoolTests {
    private func pool(_ limit: Int, wait: Duration = .seconds(30)) -> PostgresPool {
        PostgresPool(
            PostgresConfiguration(connectionString: TemporaryDatabase.connectionString),
            maximumConnections: limit,
            waitLimit: wait
        )
    }

    @Test func `a hundred tasks share three connections`() async throws {
        let pool = pool(3)
        let processes = try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await pool.withConnection { connection in
                        try await connection.execute("SELECT pg_sleep(0.001)")
                        return await connection.backendProcessID
                    }
                }
            }
            return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
        }
        #expect(processes.count <= 3)
        await pool.close()
    }

    @Test func `a connection left in a transaction comes back clean`() async throws {
        let pool = pool(1)
        try await pool.withConnection {
            try await $0.executeScript("BEGIN; CREATE TABLE x (a int)")
        }
        try await pool.withConnection { connection in
            #expect(await !connection.isInTransaction)
            let row = try await connection.query("SELECT to_regclass('x')::text AS x").single()
            #expect(try row.isNull("x"))
        }
        await pool.close()
    }

    @Test func `a connection that died idle is replaced`() async throws {
        let pool = pool(1)
        let killer = try await PostgresConnection.connect(pool.configuration)
        let first = try await pool.withConnection { await $0.backendProcessID }
        try await killer.execute("SELECT pg_terminate_backend(\(first), 5000)")
        let second = try await pool.withConnection { connection in
            try await connection.execute("SELECT 1")
            return await connection.backendProcessID
        }
        #expect(first != second)
        await pool.close()
    }

    @Test func `a transaction is run again when its backend is killed`() async throws {
        let pool = pool(1)
        let killer = try await PostgresConnection.connect(pool.configuration)
        try await killer.executeScript("CREATE TABLE kills (a int)")
        var attempts = 0
        try await pool.withTransaction { connection in
            attempts += 1
            try await connection.execute("INSERT INTO kills VALUES (1)")
            if attempts < 3 {
                let process = await connection.backendProcessID
                try await killer.execute("SELECT pg_terminate_backend(\(process), 5000)")
            }
            try await connection.execute("SELECT 1")
        }
        #expect(attempts == 3)
        let row = try await killer.query("SELECT count(*) AS n FROM kills").single()
        #expect(try row.int("n") == 1)
        try await killer.executeScript("DROP TABLE kills")
        await pool.close()
    }

    @Test func `transactions that collide are all counted in the end`() async throws {
        let pool = pool(4)
        try await pool.withConnection {
            try await $0.executeScript(
                "DROP TABLE IF EXISTS counters; CREATE TABLE counters (n int); INSERT INTO counters VALUES (0)"
            )
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await pool.withTransaction(
                        isolation: .serializable,
                        retrying: RetryPolicy(maximumAttempts: 100, longestDelay: .milliseconds(50))
                    ) { connection in
                        let n = try await connection.query("SELECT n FROM counters").single()
                            .int("n")
                        try await connection.execute("UPDATE counters SET n = \(Int32(n + 1))")
                    }
                }
            }
            try await group.waitForAll()
        }
        let n = try await pool.withConnection {
            try await $0.query("SELECT n FROM counters").single().int("n")
        }
        #expect(n == 20)
        await pool.close()
    }

    @Test func `other errors end the transaction at once`() async throws {
        let pool = pool(1)
        var attempts = 0
        await #expect(throws: PostgresError.self) {
            try await pool.withTransaction { connection in
                attempts += 1
                try await connection.execute("SELECT 1/0")
            }
        }
        #expect(attempts == 1)
        await pool.close()
    }

    @Test func `who waits too long, is cancelled, or meets a closed pool gets to know`()
        async throws
    {
        let pool = pool(1, wait: .milliseconds(500))
        try await pool.withConnection { _ in
            // Other tasks, since this one holds a connection.
            let waiting = Task.detached { try await pool.withConnection { _ in } }
            let late = await #expect(throws: PostgresError.self) { try await waiting.value }
            #expect(late?.sqlState == .tooManyConnections)
            let task = Task.detached { try await pool.withConnection { _ in } }
            task.cancel()
            let cancelled = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(cancelled?.kind == .cancelled)
        }
        await pool.close()
        await #expect(throws: PostgresError.self) { try await pool.withConnection { _ in } }
    }

    @Test func `who holds a connection gets another only where it reserved one`() async throws {
        let pool = pool(2)
        let other = self.pool(2)
        let refused = await #expect(throws: PostgresError.self) {
            try await pool.withConnection { _ in try await pool.withConnection { _ in } }
        }
        #expect(refused?.message.contains("reserved") == true)
        await #expect(throws: PostgresError.self) {
            try await pool.withTransaction { _ in try await other.withConnection { _ in } }
        }
        await #expect(throws: PostgresError.self) {
            try await pool.withTransaction(reserving: 1) { _ in
                try await pool.withConnection { _ in try await pool.withConnection { _ in } }
            }
        }
        await #expect(throws: PostgresError.self) {
            try await pool.withConnection(reserving: 2) { _ in }
        }
        let processes = try await pool.withTransaction(reserving: 1) { connection in
            let inner = try await pool.withConnection { await $0.backendProcessID }
            let again = try await pool.withConnection { await $0.backendProcessID }
            #expect(inner == again)
            return [await connection.backendProcessID, inner]
        }
        #expect(Set(processes).count == 2)
        await pool.close()
        await other.close()
    }

    @Test func `many more than there are connections, each with a second one, all get done`()
        async throws
    {
        let pool = pool(3)
        try await pool.withConnection { try await $0.executeScript("CREATE TABLE done (n int)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try await pool.withTransaction(reserving: 1) { connection in
                        try await connection.execute("INSERT INTO done VALUES (\(Int32(number)))")
                        try await pool.withConnection { _ = try await $0.query("SELECT 1") }
                    }
                }
            }
            try await group.waitForAll()
        }
        let count = try await pool.withConnection {
            try await $0.query("SELECT count(DISTINCT n) AS n FROM done").single().int("n")
        }
        #expect(count == 200)
        await pool.close()
    }

    @Test func `a reserved connection that was lost has the whole transaction run again`()
        async throws
    {
        let pool = pool(2)
        let killer = try await PostgresConnection.connect(pool.configuration)
        var attempts = 0
        try await pool.withTransaction(reserving: 1) { _ in
            attempts += 1
            let process = try await pool.withConnection { await $0.backendProcessID }
            if attempts == 1 {
                try await killer.execute("SELECT pg_terminate_backend(\(process), 5000)")
            }
            try await pool.withConnection { _ = try await $0.query("SELECT 1") }
        }
        #expect(attempts == 2)
        await pool.close()
    }

    @Test func `no server fails every requester with the reason`() async throws {
        let pool = PostgresPool(
            PostgresConfiguration(connectionString: "host=/nowhere"),
            maximumConnections: 2
        )
        await withTaskGroup(of: String.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    do {
                        try await pool.withConnection { _ in }
                        return ""
                    } catch {
                        return "\(error)"
                    }
                }
            }
            for await message in group { #expect(message.contains("/nowhere")) }
        }
    }
}
