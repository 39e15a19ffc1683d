import Evaluation
import Harness
import Postgres
import Store
import TestSupport
import Testing

/// Pairs are kept of champions, and what is kept does not depend on when it was begun.
@Suite(.temporaryDatabase, .hangLimit)
struct PairKeeperTests {
    @Test func `fifty shadows have a paired cell each in a time bucket and a slice`()
        async throws
    {
        let laboratory = try await Laboratory(Laboratory.parade("t"))
        let models = ["champion"] + (1...50).map { Name("shadow-\($0)") }
        try await laboratory.upload(models: models, days: 0..<2, requests: 2)
        _ = try await laboratory.compare()
        let counts = try await laboratory.pool.withConnection { connection in
            try await connection.query(
                """
                SELECT count(*) AS cell_count
                FROM pair_cells
                WHERE upload_id = (SELECT min(upload_id) FROM pair_cells)
                GROUP BY bucket_start, slice_id
                UNION ALL
                SELECT count(*)
                FROM cohort_pair_cells
                GROUP BY bucket_start, slice_id
                """
            ).map { try $0.int(0) }
        }
        #expect(counts.count == 2 * 2 * 3)
        #expect(counts.allSatisfy { $0 == 50 })
        #expect(try await laboratory.verify().pairs == 2 * 3 * 50)
        #expect(try await laboratory.verify().isClean)
    }

    /// One order of uploads, roles, questions and folding against another.
    @Test(arguments: [EvidenceUnitRule.day, .entity])
    func `T3 and T6: pairs are the same whenever a model became champion`(
        unit: EvidenceUnitRule
    ) async throws {
        let models: [Name] = ["a", "b", "c", "d"]
        let early = try await Laboratory(Laboratory.parade("early", unit: unit))
        // A row of each model first, so that roles can be given before there is anything to pair.
        try await early.upload(models: models, days: 0..<1, requests: 1)
        for model: Name in ["b", "d"] {
            try await early.setRole(model)
            _ = try await early.compare()
        }
        for days in [1..<9, 9..<17, 17..<30] { try await early.upload(models: models, days: days) }
        _ = try await early.compare()

        let late = try await Laboratory(Laboratory.parade("late", unit: unit))
        for days in [17..<30, 0..<1, 1..<17] {
            // The same rows in other uploads: the models one by one.
            for share: Set<Name> in [["c"], ["a", "d"], ["b"]] {
                try await late.upload(
                    models: models.map { share.contains($0) ? $0 : "" },
                    days: days,
                    requests: days == 0..<1 ? 1 : 3
                )
            }
        }
        try await late.setRole("d")
        _ = try await late.compare()
        try await FoldCells(pool: late.pool, task: late.task).run()
        try await late.setRole("b")
        _ = try await late.compare()
        try await late.setRole("d")
        for laboratory in [early, late] {
            _ = try await laboratory.compare(ComparisonQuery(champion: "a"))
            let verified = try await laboratory.verify()
            #expect(verified.isClean, "\(verified.differences)")
        }
        #expect(try await early.pairKeepers() == ["a", "b", "d"])
        // The first model of a task keeps its pairs as well.
        #expect(try await late.pairKeepers() == ["a", "b", "c", "d"])
        let one = try await early.pairTexts()
        let other = try await late.pairTexts()
        // The pairs of c are all with models that keep theirs in both.
        #expect(one == other)
        #expect(one.keys.contains { $0.hasPrefix("evidence") })
        for champion in models {
            let query = ComparisonQuery(champion: champion)
            let here = try await early.compare(query).comparisons
            #expect(try await late.compare(query).comparisons == here)
        }
    }

    @Test func `a role alone builds nothing, and the first question about it all`() async throws {
        let laboratory = try await Laboratory(Laboratory.parade("t"))
        try await laboratory.upload(models: ["champion", "x", "y"], days: 0..<10)
        #expect(try await laboratory.pairKeepers() == ["champion"])
        _ = try await laboratory.compare()
        try await laboratory.setRole("x")
        #expect(try await laboratory.pairKeepers() == ["champion"])
        #expect(try await laboratory.verify().isClean)
        let report = try await laboratory.compare()
        #expect(report.champion == "x" && report.comparisons.map(\.shadow) == ["champion", "y"])
        #expect(report.comparisons.allSatisfy { $0.pairs == 30 && $0.sequence.cohorts == 10 })
        #expect(try await laboratory.pairKeepers() == ["champion", "x"])
        // From then on uploads add to them.
        try await laboratory.upload(models: ["champion", "x", "y"], days: 10..<12)
        #expect(try await laboratory.compare().comparisons.allSatisfy { $0.pairs == 36 })
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `questions make few models keep their pairs, and the rest is told from rows`()
        async throws
    {
        let laboratory = try await Laboratory(Laboratory.parade("t"))
        let models = (1...12).map { Name("m\($0)") }
        try await laboratory.upload(models: models, days: 0..<8)
        var told: [Name: [Comparison]] = [:]
        for model in models {
            told[model] = try await laboratory.compare(ComparisonQuery(champion: model)).comparisons
        }
        #expect(try await laboratory.pairKeepers().count == KeepPairs.modelLimit)
        let kept = try await laboratory.pairKeepers()
        let unkept = try #require(models.first { !kept.contains($0) })
        // A champion keeps its pairs however many do.
        try await laboratory.setRole(unkept)
        let report = try await laboratory.compare()
        #expect(try await laboratory.pairKeepers().contains(unkept))
        // The model that was taken for the champion until then is compared with it now as well.
        let before = Self.numbers(try #require(told[unkept]))
        #expect(Self.numbers(report.comparisons).filter { before.keys.contains($0.key) } == before)
        #expect(before.count == models.count - 2)
        #expect(report.comparisons.allSatisfy { $0.sequence.cohorts == 8 && $0.pairs == 24 })
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `T8: pairs whose rows are gone are null with the reason, and known from then on`()
        async throws
    {
        let laboratory = try await Laboratory(Laboratory.parade("t", retentionDays: 10))
        try await laboratory.upload(models: ["champion", "x", "y"], days: 0..<40)
        let before = try await laboratory.compare().comparisons
        let release = try await ReleaseRows(pool: laboratory.pool, task: laboratory.task)
            .run(now: Instant(seconds: 1_704_067_200 + 40 * 86_400))
        let rowsFrom = try #require(release.rowsFrom)
        #expect(release.partitions > 1)
        // What was kept stays.
        #expect(try await laboratory.compare().comparisons == before)
        try await laboratory.setRole("x")
        let report = try await laboratory.compare()
        let known = try #require(report.comparisons.first { $0.shadow == "champion" })
        #expect(known.pairs == 120 && known.metrics.allSatisfy { $0.gain != nil })
        let unknown = try #require(report.comparisons.first { $0.shadow == "y" })
        #expect(unknown.metrics.allSatisfy { $0.gain == nil && $0.champion == nil })
        #expect(
            unknown.metrics.first?.reason == .unknownPairs
        )
        #expect(
            unknown.reasons.contains(
                "The pairs with y are known from \(rowsFrom.iso8601) on: older rows were gone when their pairs "
                    + "were first asked for. Ask from then on."
            )
        )
        #expect(unknown.tests.dayT == nil && unknown.tests.mcNemarMidP == nil)
        let later = try #require(
            try await laboratory.compare(ComparisonQuery(window: Window.always.after(rowsFrom)))
                .comparisons.first {
                    $0.shadow == "y"
                }
        )
        #expect(later.metrics.allSatisfy { $0.gain != nil })
        #expect(later.pairs == unknown.pairs && later.pairs < 120 && later.pairs > 20)
        #expect(later.sequence.cohorts == unknown.sequence.cohorts)
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `T7: a question about the past is answered alike before and after pairs are kept`()
        async throws
    {
        let laboratory = try await Laboratory(Laboratory.parade("t"))
        try await laboratory.upload(models: ["champion", "x", "y"], days: 0..<20)
        let asOf = Instant(seconds: 1_704_067_200 + 16 * 86_400)
        let query = ComparisonQuery(champion: "x", asOf: asOf)
        let first = try await laboratory.compare(query).comparisons
        #expect(first.allSatisfy { $0.pairs > 40 && $0.sequence.cohorts > 8 })
        try await laboratory.setRole("x")
        try await laboratory.upload(models: ["champion", "x", "y"], days: 20..<25)
        _ = try await laboratory.compare()
        let before = Self.numbers(first)
        let after = Self.numbers(try await laboratory.compare(query).comparisons)
        #expect(
            after.filter { before.keys.contains($0.key) } == before && before.keys.contains("y")
        )
    }

    /// What does not depend on how many shadows are compared, by shadow.
    private static func numbers(_ comparisons: [Comparison]) -> [Name: String] {
        comparisons.reduce(into: [:]) { numbers, comparison in
            let sequence = comparison.sequence
            numbers[comparison.shadow] =
                "\(comparison.pairs) \(comparison.metrics) \(comparison.tests) \(sequence.cohorts) "
                + String(describing: sequence.mean)
        }
    }
}
