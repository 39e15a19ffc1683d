import Evaluation
import Testing

/// A shadow whose gains do not scatter is judged for what it is.
struct IdenticalShadowTests {
    private func comparison(
        shadow: Double,
        metric: ComparisonMetric = .loss(.brier),
        margin: Double? = nil,
        days: Int = 25
    ) throws -> Comparison {
        let models = TwoModels()
        let cohorts = try models.cohorts(of: 100...Int(99 + days)) { _ in [1: 0.6, 2: shadow] }
        let pairs = ChampionPairs(
            try models.view(),
            champion: "gbm",
            keepers: PairKeepers([1: .distantPast])
        )
        let builder = LedgerComparison(pairs, cohorts: cohorts).builder(
            shadow: "net",
            metric: metric,
            options: ComparisonOptions(margin: margin),
            hasSlices: false
        )
        let family = ComparisonFamily([builder], traffic: [:])
        return try #require(family.comparisons(["net"], asOf: Evidence.instant(200)).first)
    }

    @Test(arguments: ["brier_score", "log_loss", "accuracy"])
    func `a copy passes a gate with a margin, in any metric, and no other`(name: String) throws {
        let metric = try #require(ComparisonMetric(name: name, kind: .binary))
        let copy = try comparison(shadow: 0.6, metric: metric, margin: 0.01)
        #expect(copy.verdict == .nonInferior)
        #expect(copy.sequence.low == 0 && copy.sequence.high == 0)
        #expect(copy.sequence.logEValue == 0 && copy.sequence.gap == nil)
        #expect(copy.reasons.first?.contains("same scores as the champion in all 250") == true)
        let open = try comparison(shadow: 0.6, metric: metric)
        #expect(open.verdict == .undecided && open.sequence.low == 0)
        let early = try comparison(shadow: 0.6, metric: metric, margin: 0.01, days: 19)
        #expect(early.verdict == .undecided && early.sequence.low == nil)
    }

    @Test func `a gain that is the same in every pair is decided once there are enough days`()
        throws
    {
        let early = try comparison(shadow: 0.8, days: 19)
        #expect(early.verdict == .undecided)
        let late = try comparison(shadow: 0.8, days: 20)
        // 0.4² − 0.2² in every pair, and what one pair more could be.
        #expect(late.verdict == .promote)
        let low = try #require(late.sequence.low)
        #expect(low > 0.1 && low < 0.12)
        let worse = try comparison(shadow: 0.4, margin: 0.01)
        #expect(worse.verdict == .keepChampion)
        // What the logarithm could lose is not known.
        let log = try comparison(shadow: 0.8, metric: .loss(.logLoss))
        #expect(log.verdict == .undecided && log.sequence.gap == .equalGains(days: 25))
    }
}
