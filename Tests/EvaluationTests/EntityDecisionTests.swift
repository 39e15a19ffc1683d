import Evaluation
import Testing

struct EntityDecisionTests {
    private func stream(_ unit: EvidenceUnitRule, _ seed: UInt64) -> EntityStream {
        EntityStream(task: EntityStream.task(unit), seed: seed)
    }

    @Test func `entities that come back fool days, and not entities`() throws {
        var decided: [EvidenceUnit: Int] = [:]
        for seed in 1...8 {
            var stream = stream(.auto, UInt64(seed))
            let days = try stream.gainDays()
            let counted = try stream.comparison(of: days)
            for unit in [EvidenceUnitRule.entity, .day] {
                stream.task = EntityStream.task(unit)
                let comparison = try stream.comparison(of: days)
                let sequence = comparison.sequence
                #expect(sequence.unit.rawValue == unit.rawValue)
                if sequence.decidedAt != nil { decided[sequence.unit, default: 0] += 1 }
                // 10 of 30 entities on each of 70 days.
                #expect(sequence.recurrence.map { (15...30).contains($0) } == true)
                #expect(sequence.designEffect.map { $0 > 1.5 } == true)
                #expect(
                    comparison.reasons.contains { $0.hasPrefix("An entity comes back") }
                        == (unit == .day)
                )
                if unit == .entity { #expect(counted.sequence == sequence) }
            }
        }
        // The models are equally good: each is off for an entity by a draw from the same noise.
        #expect(decided[.day, default: 0] >= 3, "\(decided)")
        #expect(decided[.entity, default: 0] <= 1, "\(decided)")
    }

    @Test func `a comparison says what its unit is, and what its pairs are worth`() throws {
        let entity = try stream(.entity, 3).comparison()
        let sequence = entity.sequence
        #expect(sequence.unit == .entity)
        #expect(sequence.groups.map { (14...30).contains($0) } ?? false)
        #expect(sequence.effectiveGroups.map { (14...30).contains($0) } ?? false)
        #expect(sequence.effectivePairs.map { $0 < 0.2 * 70 * 100 } ?? false)
        #expect(entity.morePairsNeeded != nil)
        #expect(entity.reasons.contains { $0.hasPrefix("Rows of an entity move together") })
        #expect(entity.check == nil)
        let day = try stream(.day, 3).comparison()
        #expect(day.sequence.unit == .day && day.sequence.groups == nil)
        #expect(!day.reasons.contains { $0.hasPrefix("Rows of an entity") })
        #expect(day.check != nil)
    }

    @Test func `a better shadow is found with entities as units`() throws {
        var stream = stream(.entity, 4)
        stream.entities = 400
        stream.noise = (champion: 0.3, shadow: 0.05)
        let comparison = try stream.comparison()
        #expect(comparison.verdict == .promote)
        #expect(comparison.morePairsNeeded == nil)
    }

    @Test func `few entities give no verdict, however many days and rows`() throws {
        var stream = stream(.entity, 5)
        stream.entities = 8
        stream.noise = (champion: 0.3, shadow: 0.01)
        let comparison = try stream.comparison()
        #expect(comparison.verdict == .undecided && comparison.sequence.low == nil)
        #expect(comparison.reasons.first?.hasPrefix("Too few entities") ?? false)
        stream.task = EntityStream.task(.day)
        #expect(try stream.comparison().verdict == .promote)
    }

    @Test func `a prefix of the days has the verdict that it had`() throws {
        let stream = stream(.entity, 6)
        let long = try stream.comparison()
        var short = stream
        short.days = 40
        let then = try short.comparison()
        let prefix = Array(try stream.gainDays().prefix(40))
        #expect(try stream.comparison(of: prefix) == then)
        #expect(then.sequence.cohorts == 40 && long.sequence.cohorts == 70)
    }

    @Test func `areas go by days, and say so`() throws {
        let comparison = try stream(.entity, 7).comparison(.ranking)
        #expect(comparison.sequence.unit == .day && comparison.sequence.low != nil)
        #expect(
            comparison.reasons.contains { $0.contains("areas are compared with days as units") }
        )
    }

    // MARK: - Retraining

    private func recommend(_ stream: EntityStream) throws -> Recommendation {
        var inputs = RetrainingMonitor.Inputs(task: stream.task)
        inputs.days = [(stream.task.horizonSeconds, try stream.evidenceDays())]
        var builder = RecommendationBuilder(.init(monitor: inputs, model: "gbm"))
        return builder.recommendation(asOf: Instant(seconds: 200 * 86_400))
    }

    private func evidence(_ name: String, _ recommendation: Recommendation) -> Evaluation.Evidence?
    {
        recommendation.evidence.first { $0.name == name }
    }

    @Test func `the watch is tempered by the larger dependence`() throws {
        let entity = try recommend(stream(.entity, 8))
        let day = try recommend(stream(.day, 8))
        let (tempered, plain) = (
            try #require(evidence("overdispersion", entity)?.value),
            try #require(evidence("overdispersion", day)?.value)
        )
        #expect(tempered > plain)
        let (wide, narrow) = (
            try #require(evidence("risk_bound", entity)?.value),
            try #require(evidence("risk_bound", day)?.value)
        )
        #expect(wide >= narrow)
        #expect(evidence("baseline_entity_groups", entity)?.state == .ok)
        #expect(evidence("baseline_entity_groups", day) == nil)
        #expect(entity.reasons.contains { $0.hasPrefix("Rows of an entity move together") })
        #expect(entity.verdict == .keep)
    }

    @Test func `harm is found with entities as units`() throws {
        var stream = stream(.entity, 9)
        stream.entities = 300
        stream.breakDay = 45
        stream.days = 90
        let recommendation = try recommend(stream)
        #expect(recommendation.since != nil)
        #expect([.retrain, .recalibrate].contains(recommendation.verdict))
    }

    @Test func `a baseline of few entities is no baseline`() throws {
        var stream = stream(.entity, 10)
        stream.entities = 6
        let recommendation = try recommend(stream)
        #expect(recommendation.verdict == .insufficientEvidence)
        #expect(recommendation.reasons.first?.contains("too few entities") ?? false)
        #expect(evidence("baseline_entity_groups", recommendation)?.state == .missing)
    }
}
