import Foundation
import Postgres
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct MatureTests {
    @Test func `freezing twice changes nothing, and no answer`() async throws {
        let program = try Program()
        var history = SyntheticHistory.equalModels
        history.days = 30
        try await history.upload(to: program)
        let first = try await program.json("mature", "--task", "story")
        #expect(first["frozen"] as? Int == 30)
        let ledger = try await ledger()
        let answer = try await program.output(
            "compare",
            "--task",
            "story",
            "--as-of",
            "2013-02-10",
            "--format",
            "json"
        )
        let second = try await program.json("mature", "--task", "story")
        #expect(second["frozen"] as? Int == 0)
        #expect(try await self.ledger() == ledger)
        #expect(
            try await program.output(
                "compare",
                "--task",
                "story",
                "--as-of",
                "2013-02-10",
                "--format",
                "json"
            ) == answer
        )
        #expect(
            try await program.output("mature", "--task", "story").contains("Nothing was due")
        )
    }

    /// All of the ledger, but for what was used.
    private func ledger() async throws -> String {
        let connection = try await TemporaryDatabase.connect()
        let digest = try await connection.query(
            """
            SELECT concat_ws(' ',
                (SELECT md5(string_agg(concat_ws(' ', bucket_start, age_seconds, frozen_at), ','
                    ORDER BY bucket_start, age_seconds)) FROM cohorts),
                (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM cohort_cells AS t),
                (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM cohort_pair_cells AS t)
            ) AS digest
            """
        ).single().text("digest")
        await connection.close()
        return digest
    }
}
