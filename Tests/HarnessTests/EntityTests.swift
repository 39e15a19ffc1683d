import Contract
import Evaluation
import Harness
import Ingest
import Postgres
import Statistics
import Store
import TestSupport
import Testing

/// Entities as units of evidence, and guardrails, from files to answers.
@Suite(.temporaryDatabase, .hangLimit)
struct EntityTests {
    private static let days = 40
    private static let entities = 60

    /// 40 days of 50 requests of entities that come back; known when they were made, labels a day later.
    private func laboratory(_ unit: EvidenceUnitRule, slices: [Name] = []) async throws
        -> Laboratory
    {
        let laboratory = try await Laboratory(
            PredictionTask(
                name: "t",
                kind: .binary,
                horizonSeconds: 2 * 86_400,
                sliceKeys: slices,
                evidenceUnit: unit,
                baseline: .first(cohorts: 30)
            )
        )
        var random = SeededGenerator(seed: 11)
        let shadowNoise = (0..<Self.entities).map { _ in 0.1 * random.nextNormal() }
        let columns =
            "prediction_id,predicted_at,known_at,model,score,entity,status,latency_ms,site\n"
        var champion = columns
        var shadow = columns
        var labels = "prediction_id,observed_at,known_at,label\n"
        for day in 0..<Self.days {
            let made = Instant(seconds: 1_704_110_400 + Int64(day) * 86_400)
            for row in 0..<50 {
                let entity = Int(random.next() % UInt64(Self.entities))
                let (id, at) = ("\(day)-\(row)", made.iso8601)
                let score = 0.3 + 0.4 * Double(entity % 2)
                let other = min(0.99, max(0.01, score + shadowNoise[entity]))
                let isSlow = row % 10 == 0
                let site = row % 2 == 0 ? "north" : "south"
                champion += "\(id),\(at),\(at),gbm,\(score),\"e \(entity)\",ok,10,\(site)\n"
                shadow += "\(id),\(at),\(at),net,\(other),\"e \(entity)\","
                shadow += "\(isSlow ? "TIMEOUT" : "Success"),\(isSlow ? 900 : 20),\(site)\n"
                let known = made.advanced(bySeconds: 86_400).iso8601
                labels += "\(id),\(known),\(known),\(random.nextUniform() < score ? 1 : 0)\n"
            }
        }
        let ignored = slices.isEmpty ? ["site"] : []
        for file in [champion, shadow] {
            try await laboratory.predictions(.text(file), ignore: ignored, backfill: true)
        }
        try await laboratory.labels(.text(labels), backfill: true)
        try await SetRole(pool: laboratory.pool, task: laboratory.task)
            .run(
                model: "gbm",
                role: .champion,
                from: try Instant(parsing: "2024-01-01T00:00:00Z")
            )
        return laboratory
    }

    private func compare(
        _ laboratory: Laboratory,
        asOf: Instant? = nil
    ) async throws -> Comparison {
        let report = try await CompareModels(
            pool: laboratory.pool,
            task: laboratory.task,
            query: ComparisonQuery(asOf: asOf)
        ).run()
        return try #require(report.comparisons.first)
    }

    /// The bytes of all groups in the ledger, in order.
    private func ledger(_ laboratory: Laboratory) async throws -> [[UInt8]] {
        try await laboratory.pool.withConnection { connection in
            let cells = try await connection.query(
                """
                SELECT entities FROM cohort_cells
                ORDER BY bucket_start, age_seconds, model_version_id
                """
            ).map { try $0.bytes(0) }
            let pairs = try await connection.query(
                "SELECT entities FROM cohort_pair_cells ORDER BY bucket_start, slice_id"
            ).map { try $0.bytes(0) }
            return cells + pairs
        }
    }

    @Test func `a comparison of a task with entities goes by entities`() async throws {
        let laboratory = try await laboratory(.entity)
        let sequence = try await compare(laboratory).sequence
        #expect(sequence.unit == .entity && sequence.cohorts == Self.days)
        #expect(sequence.groups.map { (20...60).contains($0) } ?? false)
        #expect(sequence.low != nil && sequence.effectivePairs != nil)
        let recommendation = try await Recommend(
            pool: laboratory.pool,
            task: laboratory.task,
            query: RecommendationQuery()
        ).run().recommendation
        let groups = recommendation.evidence.first { $0.name == "baseline_entity_groups" }
        #expect(groups?.state == .ok)
    }

    @Test func `the unit is counted, and a task that says the day is warned`() async throws {
        var laboratory = try await laboratory(.auto)
        let counted = try await compare(laboratory)
        #expect(counted.sequence.unit == .entity)
        // Half of 60 entities on each day.
        #expect(counted.sequence.recurrence.map { (15...32).contains($0) } == true)
        let change = ChangeTask(pool: laboratory.pool, name: "t")
        laboratory.task = try await change.run { $0.evidenceUnit = .day }
        let declared = try await compare(laboratory)
        #expect(declared.sequence.unit == .day && declared.sequence.groups == nil)
        #expect(declared.sequence.recurrence == counted.sequence.recurrence)
        #expect(declared.sequence.designEffect == counted.sequence.designEffect)
        #expect(declared.reasons.contains { $0.hasPrefix("An entity comes back on about") })
        laboratory.task = try await change.run { $0.evidenceUnit = .entity }
        #expect(try await compare(laboratory).sequence == counted.sequence)
    }

    @Test func `T6: cohorts that are frozen again have the same bytes`() async throws {
        let laboratory = try await laboratory(.entity, slices: ["site"])
        _ = try await compare(laboratory)
        let first = try await ledger(laboratory)
        // Two models, and one pair in all, north and south, which have no groups of their own.
        #expect(first.count == 5 * Self.days && first.count { !$0.isEmpty } == 3 * Self.days)
        try await laboratory.pool.withTransaction { connection in
            _ = try await connection.execute("DELETE FROM cohort_pair_cells")
            _ = try await connection.execute("DELETE FROM cohort_cells")
            _ = try await connection.execute("DELETE FROM cohorts")
        }
        let slices = try await compare(laboratory).slices
        #expect(try await ledger(laboratory) == first)
        #expect(slices.count == 2 && slices.allSatisfy { $0.low != nil })
    }

    @Test func `T7: a comparison as of an instant stays what it was after corrections`()
        async throws
    {
        let laboratory = try await laboratory(.entity)
        let instant = try Instant(parsing: "2024-02-05T00:00:00Z")
        let then = try await compare(laboratory, asOf: instant)
        #expect(then.sequence.cohorts == 33 && then.sequence.low != nil)
        try await laboratory.labels(
            .text(
                "prediction_id,observed_at,label\n"
                    + (0..<Self.days).map { "\($0)-1,2024-06-01T00:00:00Z,1\n" }.joined()
            )
        )
        let again = try await compare(laboratory, asOf: instant)
        #expect(again == then)
    }

    @Test func `a baseline file brings its entities along`() async throws {
        let laboratory = try await Laboratory(
            PredictionTask(name: "t", kind: .binary, evidenceUnit: .entity)
        )
        var file = "prediction_id,predicted_at,score,entity,label\n"
        for row in 0..<600 {
            let day = 1 + row % 28
            file += "\(row),2024-01-\(day < 10 ? "0" : "")\(day)T00:00:00Z,0.4,e\(row % 5),"
            file += "\(row % 3 == 0 ? 1 : 0)\n"
        }
        _ = try await UploadBaseline(
            pool: laboratory.pool,
            task: laboratory.task,
            sources: [.text(file)],
            mapping: ColumnMapping()
        ).run()
        let baseline = try await laboratory.pool.withConnection { connection in
            let task = try await TaskStore(connection).task(named: "t")
            return try await CohortStore(connection, task: task).baseline()
        }
        var sum = EntitySums.losses
        for day in baseline { sum.add(day.cell.entities) }
        #expect(sum.counts.reduce(0, +) == 600)
        #expect((2...5).contains(sum.counts.count { $0 > 0 }))
    }

    // MARK: - Guardrails

    @Test func `failures and latency of the last day stand beside the comparison`() async throws {
        let laboratory = try await laboratory(.day)
        let comparison = try await compare(laboratory)
        let guardrails = try #require(comparison.guardrails)
        #expect(guardrails.from.iso8601.hasPrefix("2024-02-09T00:00:00"))
        #expect(guardrails.to == guardrails.from.advanced(bySeconds: 86_400))
        #expect(
            guardrails.champion
                == ServiceLevel(
                    predictions: 50,
                    withStatus: 50,
                    withLatency: 50,
                    meanLatency: 10,
                    p95Latency: 10
                )
        )
        #expect(
            guardrails.shadow
                == ServiceLevel(
                    predictions: 50,
                    withStatus: 50,
                    failures: 5,
                    withLatency: 50,
                    meanLatency: 108,
                    p95Latency: 900
                )
        )
        #expect(comparison.reasons.count { $0.hasPrefix("net fails on 10.0 %") } == 1)
        #expect(comparison.reasons.count { $0.hasPrefix("net is slow") } == 1)
        // As of an instant, the last day is that of then.
        let then = try await compare(
            laboratory,
            asOf: try Instant(parsing: "2024-02-05T00:00:00Z")
        )
        #expect(then.guardrails?.from.iso8601.hasPrefix("2024-02-04T00:00:00") ?? false)
    }

    @Test func `rows without status and latency say nothing of either`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        let at = #""predicted_at":"2024-01-01T00:00:00Z""#
        try await laboratory.predictions(
            .text(
                #"{"prediction_id":"a",\#(at),"model":"gbm","score":0.5,"decision":"x","status":""}"#
                    + "\n" + #"{"prediction_id":"a",\#(at),"model":"net","score":0.5}"# + "\n",
                name: "test.ndjson"
            )
        )
        try await SetRole(pool: laboratory.pool, task: laboratory.task)
            .run(model: "gbm", role: .champion, from: nil)
        let guardrails = try #require(try await compare(laboratory).guardrails)
        for level in [guardrails.champion, guardrails.shadow] {
            #expect(level == ServiceLevel(predictions: 1))
            #expect(level.failureRate == nil && level.latencyReason != nil)
        }
    }
}
