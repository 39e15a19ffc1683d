import Evaluation
import Harness
import Ingest
import Postgres
import Store
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

    @Test func `a model is seen in its last time bucket, however long ago, since a first one`()
        async throws
    {
        let laboratory = try await Laboratory(
            PredictionTask(name: "t", kind: .binary, horizonSeconds: 86_400)
        )
        let days = [
            ("new", "v1", "2024-03-10"), ("new", "v1", "2024-03-12"), ("late", "v1", "2024-02-20"),
            ("old", "v1", "2011-05-01"), ("old", "v1", "2011-05-02"), ("two", "v1", "2019-01-01"),
            ("two", "v2", "2018-12-31"),
        ]
        let rows = days.enumerated().map { number, row in
            "\(number),\(row.2)T05:00:00Z,\(row.2)T05:00:00Z,\(row.0),\(row.1),0.5\n"
        }
        try await laboratory.predictions(
            .text(
                "prediction_id,predicted_at,known_at,model,version,score\n" + rows.joined()
            ),
            backfill: true
        )
        let buckets = try laboratory.task.timeBuckets()
        func number(_ day: String) throws -> Int32 {
            buckets.number(of: try Instant(parsing: "\(day)T00:00:00Z"))
        }
        let range = try number("2018-12-31")...number("2024-03-11")
        let seen = try await laboratory.pool.withConnection { connection in
            let names = try await DictionaryStore(connection).load(laboratory.task)
            var versions: [Name: Set<Int32>] = [:]
            for model in ["new", "late", "old", "two", "none"] as [Name] {
                versions[model] = Set(names.versions(ofModelNamed: model))
            }
            return try await CellStore(connection, task: laboratory.task, buckets: buckets)
                .lastSeen(versions, in: range)
        }
        let expected: [Name: Int32] = [
            "new": try number("2024-03-12"), "late": try number("2024-02-20"),
            "two": try number("2019-01-01"),
        ]
        #expect(seen == expected)
    }
}
