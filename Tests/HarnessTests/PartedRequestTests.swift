import Evaluation
import Harness
import Ingest
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct PartedRequestTests {
    @Test func `a shadow that scored after the interval leaves nothing less than nothing`()
        async throws
    {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        try await laboratory.predictions(
            .text(
                """
                prediction_id,predicted_at,model,version,score
                a,2024-03-01T10:00:00Z,champion,v1,0.5
                a,2024-03-05T10:00:00Z,shadow,v1,0.4
                b,2024-03-01T11:00:00Z,champion,v1,0.5

                """
            )
        )
        let compared = try await CompareModels(
            pool: laboratory.pool,
            task: laboratory.task,
            query: ComparisonQuery(
                champion: "champion",
                shadows: ["shadow"],
                window: .always.before(try Instant(parsing: "2024-03-02T00:00:00Z"))
            )
        ).run()
        let comparison = try #require(compared.comparisons.first)
        #expect(comparison.unlabelledPairs == 1)
        #expect(comparison.championOnly == 1 && comparison.shadowOnly == 0)
    }
}
