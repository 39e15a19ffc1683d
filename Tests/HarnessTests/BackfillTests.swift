import Evaluation
import Harness
import Ingest
import Store
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct BackfillTests {
    @Test func `T7: labels that are backfilled after a look still reach their cohorts`()
        async throws
    {
        let laboratory = try await Laboratory(
            PredictionTask(name: "late", kind: .binary, horizonSeconds: 86_400)
        )
        var predictions = "prediction_id,predicted_at,known_at,model,score\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        for day in 1...28 {
            let date = "2024-02-\(day < 10 ? "0" : "")\(day)"
            for model in ["champion", "net"] {
                predictions += "id-\(day),\(date)T01:00:00Z,\(date)T01:00:00Z,\(model),0.5\n"
            }
            labels += "id-\(day),\(date)T09:00:00Z,\(date)T09:00:00Z,\(day % 2)\n"
        }
        try await laboratory.predictions(.text(predictions), backfill: true)
        let early = try await compare(laboratory)
        #expect(early.sequence.cohorts == 0 && early.sequence.cohortsWithoutLabels == 28)
        try await laboratory.labels(.text(labels), backfill: true)
        let late = try await compare(laboratory)
        #expect(late.sequence.cohorts == 28 && late.sequence.cohortsWithoutLabels == 0)
        // What has been evidence stays as it was: a correction that is backfilled later changes nothing.
        try await laboratory.labels(
            .text(
                "prediction_id,observed_at,known_at,label\n"
                    + "id-1,2024-02-01T10:00:00Z,2024-02-01T10:00:00Z,0\n"
            ),
            backfill: true
        )
        #expect(try await compare(laboratory).sequence == late.sequence)
        #expect(try await laboratory.verify().isClean)
    }

    private func compare(_ laboratory: Laboratory) async throws -> Comparison {
        let report = try await CompareModels(
            pool: laboratory.pool,
            task: laboratory.task,
            query: ComparisonQuery()
        ).run()
        return try #require(report.comparisons.first)
    }

    @Test func `T4: rows of the future are rejects`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "future", kind: .binary))
        let report = try await laboratory.predictions(
            .text(
                "prediction_id,predicted_at,known_at,model,score\n"
                    + "a,2024-01-01T00:00:00Z,2024-01-01T00:00:00Z,m,0.5\n"
                    + "b,2124-01-01T00:00:00Z,2024-01-01T00:00:00Z,m,0.5\n"
                    + "c,2024-01-01T00:00:00Z,2124-01-01T00:00:00Z,m,0.5\n"
            ),
            backfill: true
        )
        #expect(report.counts.accepted == 1)
        #expect(report.rejects.map(\.field) == ["predicted_at", "known_at"])
        #expect(report.rejects.allSatisfy { $0.reason.contains("future; it is now") })
    }

    @Test func `strict refuses what was once taken in part, and says so truly`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "strict", kind: .binary))
        let csv =
            "prediction_id,predicted_at,model,score\na,2024-01-01T00:00:00Z,m,0.5\n"
            + "b,2024-01-01T00:00:00Z,m,1.5\n"
        let first = try await laboratory.predictions(.text(csv))
        #expect(first.counts.accepted == 1 && first.counts.rejected == 1)
        let strict = try await laboratory.predictions(.text(csv), strict: true)
        #expect(strict.isRefused && !strict.isResend)
        #expect(try await laboratory.report().models.first?.windows.first?.predictions == 1)
    }

    @Test(arguments: ["score", "model", "known_at"])
    func `a slice cannot have the name of a column`(name: String) async throws {
        await #expect(throws: IngestError.self) {
            _ = try await Laboratory(
                PredictionTask(name: "slices", kind: .binary, sliceKeys: [Name(name)])
            )
        }
    }
}
