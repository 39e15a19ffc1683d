import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

@Suite(.temporaryDatabase, .timeLimit(.minutes(1)))
struct InterruptionTests {
    @Test func `an interrupted upload keeps nothing and is 130`() async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        var rows = "prediction_id,predicted_at,model,version,score\n"
        for row in 0..<400_000 { rows += "k\(row),2013-01-01T00:00:00Z,m,v,0.5\n" }
        let path = try program.file("big.csv", rows)
        let running = try program.executable.start(["predictions", "upload", "--task", "t", path])
        // The ledger has the upload from its first statement on; wait until others wait for its gate.
        let connection = try await TemporaryDatabase.connect()
        try await waitUntilUploading(connection)
        running.send(signal: SIGINT)
        let outcome = try running.wait()
        #expect(outcome.status == 130)
        #expect(outcome.errors == "gnomon: Interrupted; nothing was kept.\n")
        let kept = try await connection.query("SELECT count(*) AS n FROM predictions").single()
        #expect(try kept.int64("n") == 0)
        let json = try await program.json("predictions", "upload", "--task", "t", path)
        #expect(json["accepted"] as? Int == 400_000)
    }

    private func waitUntilUploading(_ connection: PostgresConnection) async throws {
        while true {
            let sessions = try await connection.query(
                """
                SELECT count(*) AS n
                FROM pg_stat_activity
                WHERE datname = current_database()
                    AND pid <> pg_backend_pid()
                    AND state LIKE '%in transaction%'
                """
            ).single()
            if try sessions.int64("n") > 0 { return }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
