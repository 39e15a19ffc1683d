import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct InterruptionTests {
    @Test func `an interrupted upload keeps nothing, is 130 and can be sent again`() async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        let path = try program.file(
            "p.csv",
            "prediction_id,predicted_at,model,version,score\na,2013-01-01T00:00:00Z,m,v,0.5\n"
        )
        let connection = try await TemporaryDatabase.connect()
        // The upload comes as far as the gate, and waits there in its transaction.
        let outcome = try await connection.withTransaction { connection in
            try await connection.execute("LOCK TABLE task_gates IN ACCESS EXCLUSIVE MODE")
            let running = try program.executable.start([
                "predictions", "upload", "--task", "t", path,
            ])
            try await TemporaryDatabase.waiters()
            running.send(signal: SIGINT)
            return try running.wait()
        }
        #expect(outcome.status == 130)
        #expect(outcome.errors == "gnomon: Interrupted; nothing was kept.\n")
        let kept = try await connection.query("SELECT count(*) AS n FROM uploads").single()
        #expect(try kept.int64("n") == 0)
        let json = try await program.json("predictions", "upload", "--task", "t", path)
        #expect(json["accepted"] as? Int == 1)
        await connection.close()
    }
}
