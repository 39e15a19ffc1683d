import Evaluation
import Harness
import Ingest
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct SilentShadowTests {
    @Test func `a shadow that gets no traffic is named after one bucket`() async throws {
        let laboratory = try await Laboratory(
            PredictionTask(name: "t", kind: .binary, horizonSeconds: 86_400)
        )
        func rows(_ model: String, _ days: ClosedRange<Int>) -> String {
            days.flatMap { day in
                (0..<3).map {
                    "\(day)-\($0),2024-03-\(day < 10 ? "0" : "")\(day)T0\($0):00:00Z,\(model),v1,0.\($0)\n"
                }
            }.joined()
        }
        let header = "prediction_id,predicted_at,model,version,score\n"
        try await laboratory.predictions(
            .text(header + rows("champion", 1...12) + rows("shadow", 1...10))
        )
        let query = RecommendationQuery()
        let said = try await Recommend(
            pool: laboratory.pool,
            task: laboratory.task,
            query: query
        ).run().recommendation
        let sentence =
            "shadow gets no traffic: nothing since 2024-03-11T00:00:00Z, while the champion answers."
        #expect(said.reasons.contains(sentence))
        let compared = try await CompareModels(
            pool: laboratory.pool,
            task: laboratory.task,
            query: ComparisonQuery()
        ).run()
        #expect(compared.comparisons.first?.reasons.contains(sentence) == true)
        #expect(
            compared.comparisons.first?.health.lastSeen
                == (try Instant(parsing: "2024-03-11T00:00:00Z"))
        )
        try await laboratory.predictions(.text(header + rows("shadow", 11...12)))
        let mended = try await Recommend(
            pool: laboratory.pool,
            task: laboratory.task,
            query: query
        ).run().recommendation
        #expect(!mended.reasons.contains { $0.contains("no traffic") })
    }
}
