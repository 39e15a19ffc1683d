import Evaluation
import Foundation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Rows may go; what they have told stays, and nothing is told wrongly for the lack of them.
@Suite(.temporaryDatabase, .hangLimit)
struct RetentionTests {
    @Test(arguments: 0..<4)
    func `T7: what was known at an instant stays, or is refused`(seed: UInt64) async throws {
        var generator = TestGenerator(seed: seed)
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        let history = RandomHistory(ids: 60, hasTies: false, using: &generator)
        try await laboratory.upload(history.batches(using: &generator))
        let dates = (1...6).flatMap { month in [1, 16].map { "2024-0\(month)-\($0)T00:00:00Z" } }
        let instants = try dates.map { try Instant(parsing: $0.replacing("-1T", with: "-01T")) }
        var before: [Instant?: [String]] = [:]
        for instant in instants + [nil] { before[instant] = try await answers(laboratory, instant) }
        let cells = try await laboratory.cellBytes()
        let release = try await ReleaseRows(pool: laboratory.pool, task: laboratory.task)
            .run(now: Laboratory.expiry)
        #expect(release.rows > 10 && release.partitions > 5)
        let rowsFrom = try #require(release.rowsFrom)
        #expect(rowsFrom == (try Instant(parsing: "2024-03-14T00:00:00Z")))
        try await laboratory.removeRows()
        #expect(try await laboratory.cellBytes() == cells)
        var refused = 0
        for instant in instants + [nil] {
            do {
                #expect(try await answers(laboratory, instant) == before[instant], "\(seed)")
            } catch HarnessError.rowsReleased {
                refused += 1
                #expect(instant != nil, "what the cells tell needs no rows")
            }
        }
        // The last label of a released row comes within two months of the prediction.
        #expect((1..<instants.count).contains(refused))
        let verified = try await laboratory.verify()
        #expect(verified.isClean && verified.rowsFrom == rowsFrom, "\(verified.differences)")
    }

    /// Everything that is asked of cells as of an instant, as text.
    private func answers(_ laboratory: Laboratory, _ instant: Instant?) async throws -> [String] {
        let (pool, task) = (laboratory.pool, laboratory.task)
        var query = ReportQuery(period: .week, byVersion: true, asOf: instant)
        let report: Report
        do {
            report = try await laboratory.report(query)
        } catch HarnessError.noChampion {
            return []
        } catch HarnessError.noPredictionsThen {
            return []
        }
        let slices = try await ReportSlices(pool: pool, task: task, query: query).run()
        query.slice = Slice(key: "country", value: "DE")
        let slice = try await laboratory.report(query)
        let comparison = try await CompareModels(
            pool: pool,
            task: task,
            query: ComparisonQuery(champion: "gbm", shadows: ["net"], asOf: instant)
        ).run()
        let recommendation = try await Recommend(
            pool: pool,
            task: task,
            query: RecommendationQuery(model: "gbm", asOf: instant)
        ).run().recommendation
        // The instant of asking is not what is compared.
        var texts = ["\(report.models)", "\(slices.slices)", "\(slice.models)"]
        texts += [
            "\(comparison.comparisons)", "\(recommendation.verdict) \(recommendation.evidence)",
        ]
        return instant == nil ? Array(texts.prefix(3)) : texts
    }

    @Test(arguments: 0..<10)
    func `T6: labels that come after a release change the cells as if all rows were there`(
        seed: UInt64
    ) async throws {
        var generator = TestGenerator(seed: 100 + seed)
        let history = RandomHistory(ids: 40, hasTies: false, using: &generator)
        let laboratories = [
            try await Laboratory(Laboratory.expiring("short")),
            try await Laboratory(Laboratory.expiring("long", retentionDays: nil)),
        ]
        let predictions = RandomHistory.Batch(rows: history.predictions, isLabels: false)
        let half = history.labels.count / 2
        let early = RandomHistory.Batch(rows: Array(history.labels.prefix(half)), isLabels: true)
        for laboratory in laboratories { try await laboratory.upload([predictions, early]) }
        try await ReleaseRows(pool: laboratories[0].pool, task: laboratories[0].task)
            .run(now: Laboratory.expiry)
        try await laboratories[0].removeRows()
        // Ids of which no row is kept have nothing to join.
        let kept = Set(
            history.predictions.filter { $0.contains(/"predicted_at":"2024-03-(1[4-9]|2)/) }
                .compactMap(Self.id)
        )
        let late = RandomHistory.Batch(
            rows: history.labels.dropFirst(half).filter { Self.id($0).map(kept.contains) == true },
            isLabels: true
        )
        #expect(!late.rows.isEmpty)
        for laboratory in laboratories { try await laboratory.upload([late]) }
        let cells = try await laboratories[0].cellBytes()
        #expect(cells == (try await laboratories[1].cellBytes()))
        let verified = try await laboratories[0].verify()
        #expect(verified.isClean, "\(verified.differences)")
    }

    private static func id(_ row: String) -> String? {
        row.firstMatch(of: /"prediction_id":"([^"]*)"/).map { String($0.output.1) }
    }

    @Test func `the ledger of cohorts is as it was, and can be asked as before`() async throws {
        var generator = TestGenerator(seed: 7)
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(
            RandomHistory(ids: 200, hasTies: false, using: &generator).batches(using: &generator)
        )
        let before = try await sequence(laboratory)
        #expect(before.cohorts > 15)
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(
            now: Laboratory.expiry
        )
        try await laboratory.removeRows()
        #expect(try await sequence(laboratory) == before)
        // A backfill thaws cohorts without labels, where rows are left to freeze them again.
        try await laboratory.labels(
            .text(
                "prediction_id,observed_at,known_at,label\n"
                    + "stranger,2024-01-02T00:00:00Z,2024-01-03T00:00:00Z,1\n"
            ),
            backfill: true
        )
        #expect(try await sequence(laboratory) == before)
    }

    private func sequence(_ laboratory: Laboratory) async throws -> ComparisonSequence {
        let report = try await CompareModels(
            pool: laboratory.pool,
            task: laboratory.task,
            query: ComparisonQuery(champion: "gbm", shadows: ["net"])
        ).run()
        return try #require(report.comparisons.first).sequence
    }

    @Test func `a comparison needs no rows when nothing was predicted for a long time`()
        async throws
    {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        var predictions = "prediction_id,predicted_at,known_at,model,score,latency_ms\n"
        for model in ["gbm", "net"] {
            predictions += "a,2024-01-05T10:00:00Z,2024-01-05T10:00:00Z,\(model),0.25,12\n"
        }
        try await laboratory.predictions(.text(predictions), backfill: true)
        func guardrails(_ asOf: String?) async throws -> ServiceGuardrails? {
            let report = try await CompareModels(
                pool: laboratory.pool,
                task: laboratory.task,
                query: ComparisonQuery(
                    champion: "gbm",
                    asOf: try asOf.map { try Instant(parsing: $0) }
                )
            ).run()
            return try #require(report.comparisons.first).guardrails
        }
        // Whether they are shown depends on the instant and the retention alone, not on what has been removed.
        #expect(try await guardrails(nil) == nil)
        #expect(try await guardrails("2024-02-09T00:00:00Z")?.champion.meanLatency == 12)
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(
            now: Laboratory.expiry
        )
        #expect(try await guardrails(nil) == nil)
        await #expect(throws: HarnessError.self) {
            _ = try await guardrails("2024-02-09T00:00:00Z")
        }
    }
}
