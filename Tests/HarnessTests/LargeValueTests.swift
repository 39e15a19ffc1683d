import Evaluation
import Harness
import Ingest
import Store
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct LargeValueTests {
    @Test
    func `T4: values that sums could not hold are rejects, and the largest allowed are exact`()
        async throws
    {
        let laboratory = try await Laboratory(PredictionTask(name: "large", kind: .regression))
        let uploaded = try await laboratory.predictions(
            .text(
                "prediction_id,predicted_at,model,value\n"
                    + "a,2024-01-01T00:00:00Z,m,1000000000\nb,2024-01-01T00:00:00Z,m,-1e9\n"
                    + "c,2024-01-01T00:00:00Z,m,1e300\nd,2024-01-01T00:00:00Z,m,-1000000000.5\n"
            )
        )
        #expect(uploaded.counts.accepted == 2 && uploaded.counts.rejected == 2)
        #expect(
            uploaded.rejects.allSatisfy { $0.reason.contains("from -1000000000 to 1000000000") }
        )
        let labels = try await laboratory.labels(
            .text(
                "prediction_id,observed_at,label\na,2024-01-02T00:00:00Z,-1e9\n"
                    + "b,2024-01-02T00:00:00Z,1e9\nc,2024-01-02T00:00:00Z,2e9\n"
            )
        )
        #expect(labels.counts.joined == 2 && labels.counts.rejected == 1)
        let model = try #require(try await laboratory.report().models.first)
        #expect(model.metric("mae")?.value == 2e9)
        #expect(model.metric("rmse")?.value == 2e9)
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `a task that cannot be evaluated cannot be created`() async throws {
        await #expect(throws: HarnessError.closedKind(.multiclass)) {
            _ = try await Laboratory(
                PredictionTask(name: "m", kind: .multiclass, classes: ["a", "b", "c"])
            )
        }
    }
}
