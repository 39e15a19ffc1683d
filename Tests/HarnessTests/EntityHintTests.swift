import Evaluation
import Harness
import Ingest
import TestSupport
import Testing

/// The answer to an upload asks about ids that look like repeats of entities.
@Suite(.temporaryDatabase, .hangLimit)
struct EntityHintTests {
    private static let sentence = EntityHint(prefixes: 40, example: "user-0", days: 20).sentence

    private func file(header: String = "", more: String = "") -> InputSource {
        var text = "prediction_id,predicted_at,model,score\(header)\n"
        for day in 1...20 {
            for row in 0..<40 {
                let digits = day < 10 ? "0\(day)" : "\(day)"
                for model in ["a", "b"] {
                    text += "user-\(row)-\(day),2024-05-\(digits)T12:00:00Z,\(model),0.5\(more)\n"
                }
            }
        }
        return .text(text)
    }

    private func laboratory() async throws -> Laboratory {
        try await Laboratory(
            PredictionTask(
                name: "t",
                kind: .binary,
                horizonSeconds: 86_400,
                sliceKeys: [],
                partitionDays: .week
            )
        )
    }

    @Test func `ids that repeat are asked about, and nothing is done about it`() async throws {
        let laboratory = try await laboratory()
        let report = try await laboratory.predictions(file())
        #expect(report.hints == [Self.sentence])
        #expect(report.counts.accepted == 1_600 && report.counts.rejected == 0)
        let resend = try await laboratory.predictions(file())
        #expect(resend.isResend && resend.hints.isEmpty, "nothing was read")
    }

    @Test func `a dry run asks too`() async throws {
        let laboratory = try await laboratory()
        let report = try await UploadPredictions(
            pool: laboratory.pool,
            task: laboratory.task,
            request: UploadRequest(sources: [file()], isDryRun: true)
        ).run()
        #expect(report.hints == [Self.sentence])
    }

    @Test func `nobody is asked who names entities, or sends labels`() async throws {
        let laboratory = try await laboratory()
        let report = try await laboratory.predictions(file(header: ",entity", more: ",user"))
        #expect(report.hints.isEmpty)
        let labels = try await laboratory.labels(
            .text("prediction_id,observed_at,label\nuser-1-1,2024-05-02T00:00:00Z,1\n")
        )
        #expect(labels.hints.isEmpty)
    }
}
