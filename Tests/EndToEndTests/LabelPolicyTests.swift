import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct LabelPolicyTests {
    /// The only window of the only model.
    private func window(
        _ program: Program,
        asOf: String
    ) async throws -> (labelled: Int, implied: Int, pending: Int, overdue: Int, rate: Double?) {
        let json = try await program.json("report", "--task", "t", "--as-of", asOf)
        let model = try #require((json["models"] as? [[String: Any]])?.first)
        let window = try #require((model["windows"] as? [[String: Any]])?.first)
        let metrics = try #require(window["metrics"] as? [String: [String: Any]])
        return (
            try #require(window["labelled"] as? Int), try #require(window["implied"] as? Int),
            try #require(window["pending"] as? Int), try #require(window["overdue"] as? Int),
            metrics["base_rate"]?["value"] as? Double
        )
    }

    @Test func `T9 no label means negative once the day is past the horizon, and unknown before`()
        async throws
    {
        let program = try Program()
        try await program.output(
            "task",
            "create",
            "t",
            "--kind",
            "binary",
            "--horizon",
            "2d",
            "--no-label-means",
            "negative"
        )
        var predictions = "prediction_id,predicted_at,known_at,model,version,score\n"
        for id in ["a", "b", "c", "d"] {
            predictions += "\(id),2013-01-01T12:00:00Z,2013-01-01T12:00:00Z,m,v,0.3\n"
        }
        try await program.output(
            "predictions",
            "upload",
            "--task",
            "t",
            "--backfill",
            program.file("p.csv", predictions)
        )
        try await program.output(
            "labels",
            "upload",
            "--task",
            "t",
            "--backfill",
            program.file(
                "l.csv",
                "prediction_id,observed_at,known_at,label\n"
                    + "a,2013-01-01T20:00:00Z,2013-01-01T20:00:00Z,1\n"
            )
        )
        // The day ends with 1 January, so its last prediction is past the horizon on 4 January.
        let before = try await window(program, asOf: "2013-01-03T23:59:59Z")
        #expect(before == (1, 0, 3, 0, 1))
        let after = try await window(program, asOf: "2013-01-04T00:00:00Z")
        #expect(after == (4, 3, 0, 0, 0.25))

        // Nothing stored depends on the policy or the clock.
        try await program.output("verify", "--task", "t")
        try await program.output("task", "set", "t", "--no-label-means", "pending")
        let pending = try await window(program, asOf: "2013-01-04T00:00:00Z")
        #expect(pending == (1, 0, 0, 3, 1))
        try await program.output("verify", "--task", "t")
    }
}
