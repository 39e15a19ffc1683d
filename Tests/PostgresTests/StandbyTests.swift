import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

/// A server that waits for a standby which is not there.
@Suite(.hangLimit)
struct StandbyTests {
    @Test func `a commit whose wait for the standby is called off is no success`() async throws {
        let name = "standby-\(getpid())-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
        // Beside the clusters of other tests, so that the next run removes what a killed one left.
        let server = try EmbeddedPostgres(
            directory: "/tmp/gnomon-tests-\(getuid())/\(name)",
            profile: .disposable
        )
        let outcome = await callOff(on: server)
        try server.destroy()
        try outcome.get()
    }

    private func callOff(on server: EmbeddedPostgres) async -> Result<Void, any Error> {
        do {
            let configuration = PostgresConfiguration(
                connectionString: server.connectionString(database: "postgres")
            )
            let first = try await server.acquire()
            let preparing = try await PostgresConnection.connect(configuration)
            // A server that feeds no standbys, as a private one is, waits for none.
            for setting in [
                "max_wal_senders = 1", "wal_level = replica",
                "synchronous_standby_names = 'nobody'",
            ] {
                try await preparing.execute(SQL(unsafe: "ALTER SYSTEM SET \(setting)"))
            }
            await preparing.close()
            try await first.release()
            let lease = try await server.acquire()
            // A disposable server commits without waiting for anything, unless it is told to.
            let watcher = try await PostgresConnection.connect(configuration)
            try await watcher.executeScript("CREATE TABLE t (a int)")
            let connection = try await PostgresConnection.connect(configuration)
            try await connection.executeScript("SET synchronous_commit = on")
            let process = await connection.backendProcessID
            let writing = Task {
                try await connection.withTransaction {
                    try await $0.execute("INSERT INTO t VALUES (1)")
                }
            }
            let waiting: SQL = """
                SELECT 1 FROM pg_stat_activity WHERE pid = \(process) AND wait_event = 'SyncRep'
                """
            while try await watcher.query(waiting).isEmpty { await Task.yield() }
            _ = try await watcher.query("SELECT pg_cancel_backend(\(process))")
            let error = await #expect(throws: PostgresError.self) { try await writing.value }
            #expect(error?.sqlState == .transactionResolutionUnknown)
            #expect(error?.message.contains("synchronous replication") == true)
            #expect(try await watcher.query("SELECT a FROM t").count == 1)
            await connection.close()
            await watcher.close()
            try await lease.release()
            return .success(())
        } catch {
            return .failure(error)
        }
    }
}
