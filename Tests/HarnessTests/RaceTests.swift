import Evaluation
import Foundation
import Harness
import Ingest
import Postgres
import TestSupport
import Testing

/// A prediction and its label that come at the same moment must find each other.
@Suite(.temporaryDatabase, .hangLimit)
struct RaceTests {
    /// `GNOMON_RACE_ROUNDS` raises or lowers the number of rounds.
    static let rounds =
        ProcessInfo.processInfo.environment["GNOMON_RACE_ROUNDS"].flatMap(Int.init) ?? 1000

    @Test func `T3 and T5: predictions and their labels uploaded at once are joined every time`()
        async throws
    {
        let laboratory = try await Laboratory(PredictionTask(name: "race", kind: .binary))
        let other = PostgresPool(TemporaryDatabase.configuration, maximumConnections: 2)
        for round in 0..<Self.rounds {
            let predictions =
                "prediction_id,predicted_at,model,score\n"
                + "race-\(round),2024-03-01T00:00:00Z,gbm,0.25\n"
            let labels = "prediction_id,observed_at,label\nrace-\(round),2024-03-02T00:00:00Z,1\n"
            async let first: UploadReport = laboratory.predictions(.text(predictions))
            async let second: UploadReport = UploadLabels(
                pool: other,
                task: laboratory.task,
                request: UploadRequest(sources: [.text(labels)])
            ).run()
            _ = try await (first, second)
        }
        let window = try #require(try await laboratory.report().models.first?.windows.first)
        #expect(window.predictions == Self.rounds)
        #expect(window.labelled == Self.rounds)
        #expect(try await laboratory.verify().isClean)
    }
}
