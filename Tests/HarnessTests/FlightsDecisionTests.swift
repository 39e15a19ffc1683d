import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// What a year of flights would have been decided by, day by day.
@Suite(.temporaryDatabase, .hangLimit)
struct FlightsDecisionTests {
    @Test func `the seasons of a year do not ask for retraining`() async throws {
        let laboratory = try await Laboratory.flights()
        let query = RecommendationQuery(hasShadows: true)
        let steps = try await Recommend(
            pool: laboratory.pool,
            task: laboratory.task,
            query: query
        ).walk(
            try Window(
                from: Instant(parsing: "2013-03-15T00:00:00Z"),
                to: Instant(parsing: "2014-02-01T00:00:00Z")
            )
        )
        #expect(steps.map(\.recommendation.verdict) == [.insufficientEvidence, .keep])
        let first = try #require(steps.last?.recommendation.asOf)
        #expect(first > (try Instant(parsing: "2013-05-14T00:00:00Z")))
        #expect(first < (try Instant(parsing: "2013-05-19T00:00:00Z")))
    }

    @Test
    func
        `the shadow's gain is decided with days as units, and the t of rows is shown as what it is`()
        async throws
    {
        let laboratory = try await Laboratory.flights()
        let summer = try await laboratory.compare("2013-07-01")
        #expect(summer.verdict == .promote)
        let decided = try #require(summer.sequence.decidedAt)
        #expect(decided > (try Instant(parsing: "2013-05-01T00:00:00Z")))
        #expect(decided < (try Instant(parsing: "2013-06-15T00:00:00Z")))
        #expect(summer.sequence.firstDecision?.until == nil)
        #expect(summer.reasons.contains { $0.hasPrefix("Rows of a day move together") })

        let december = try await laboratory.compare("2013-12-01")
        #expect(december.verdict == .promote && december.sequence.decidedAt == decided)

        // December was another season: the mean gain stays positive, and is no longer certain.
        let year = try await laboratory.compare("2014-01-10")
        #expect(year.verdict == .undecided)
        #expect(try #require(year.sequence.mean) > 0.007)
        #expect(year.sequence.firstDecision?.from == decided)
        #expect(year.sequence.firstDecision?.until != nil)
        #expect(abs(try #require(year.tests.rowT) - 8.628_089_5) < 1e-6)
        #expect(try #require(year.tests.dayT) < 3.5)
        #expect(try #require(year.sequence.effectivePairs) < 5000)
    }

    @Test func `T7: what was decided is decided again, whatever is corrected later`() async throws {
        let laboratory = try await Laboratory.flights()
        let dates = ["2013-04-20", "2013-06-07", "2013-09-30", "2014-01-05"]
        var recommendations: [Recommendation] = []
        var comparisons: [Comparison] = []
        for date in dates {
            recommendations.append(try await laboratory.recommend(date))
            comparisons.append(try await laboratory.compare(date))
        }
        // Every label of a day is turned around.
        let turned = try await laboratory.pool.withConnection { connection in
            try await connection.query(
                """
                SELECT predictions.prediction_id, labels.value
                FROM predictions
                JOIN labels USING (key, part)
                WHERE predictions.predicted_at >= '2013-06-01' AND predictions.predicted_at < '2013-06-03'
                """
            ).map { row in
                "\(try row.text(0)),2013-06-30T00:00:00Z,\(try row.double(1) == 1 ? 0 : 1)\n"
            }
        }
        #expect(turned.count > 100)
        let corrected = try await laboratory.labels(
            .text("prediction_id,observed_at,label\n" + Set(turned).joined())
        )
        #expect(corrected.counts.corrected > 50)
        for (index, date) in dates.enumerated() {
            #expect(try await laboratory.recommend(date) == recommendations[index])
            #expect(try await laboratory.compare(date) == comparisons[index])
        }
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `corrections show beside the ledger and do not change it`() async throws {
        let laboratory = try await Laboratory.flights()
        let query = RecommendationQuery()
        let operation = Recommend(pool: laboratory.pool, task: laboratory.task, query: query)
        let before = try await operation.run().recommendation
        let ids = try await laboratory.pool.withConnection { connection in
            try await connection.query(
                "SELECT DISTINCT prediction_id FROM predictions ORDER BY prediction_id"
            ).map { try $0.text(0) }
        }
        let rows = ids.map { "\($0),2014-06-01T00:00:00Z,1\n" }.joined()
        try await laboratory.labels(.text("prediction_id,observed_at,label\n" + rows))
        let after = try await operation.run().recommendation
        func value(_ name: String, _ recommendation: Recommendation) -> Double? {
            recommendation.evidence.first { $0.name == name }?.value
        }
        #expect(value("risk_log_e_value", after) == value("risk_log_e_value", before))
        #expect(value("restated_log_e_value", after) != value("restated_log_e_value", before))
        #expect(try #require(value("late_labels", after)) > 300)
    }
}
