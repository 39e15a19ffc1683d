import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

/// Labels that wait for their prediction can be listed.
@Suite(.temporaryDatabase, .hangLimit) struct OrphanListTests {
    @Test func `ids without a prediction are listed until it comes`() async throws {
        let program = try Program()
        let labels = try program.file(
            "labels.csv",
            """
            prediction_id,observed_at,label
            b,2013-01-02T00:00:00Z,1
            a,2013-01-02T00:00:00Z,0

            """
        )
        let predictions = try program.file(
            "predictions.csv",
            "prediction_id,predicted_at,model,score\nb,2013-01-01T00:00:00Z,m,0.25\n"
        )
        try await program.output("task", "create", "t", "--kind", "binary")
        let none = try await program.output("labels", "orphans", "--task", "t")
        #expect(none == "Every label of t has its prediction.\n")

        try await program.output("labels", "upload", "--task", "t", labels)
        #expect(try await program.output("labels", "orphans", "--task", "t") == "a\nb\n")
        let csv = try await program.output("labels", "orphans", "--task", "t", "--format", "csv")
        #expect(csv == "prediction_id\na\nb\n")
        let first = try await program.output("labels", "orphans", "--task", "t", "--limit", "1")
        #expect(first.hasPrefix("a\n") && first.contains("--limit"))

        try await program.output("predictions", "upload", "--task", "t", predictions)
        #expect(try await program.output("labels", "orphans", "--task", "t") == "a\n")
    }
}
