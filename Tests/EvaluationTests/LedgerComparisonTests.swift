import Evaluation
import Testing

/// Which days of the ledger are evidence about a shadow.
struct LedgerComparisonTests {
    private var models = TwoModels()

    /// The days on which both were compared, of twelve from day 100 on.
    private func days(
        champion: Name = "gbm",
        shadow: Name = "net",
        keepers: PairKeepers = PairKeepers([1: .distantPast])
    ) throws -> [GainDay] {
        let cohorts = try models.cohorts(of: 100...111) { _ in [1: 0.5, 2: 1] }
        let pairs = ChampionPairs(try models.view(), champion: champion, keepers: keepers)
        return LedgerComparison(pairs, cohorts: cohorts).builder(
            shadow: shadow,
            metric: .loss(.brier),
            options: ComparisonOptions(),
            hasSlices: false
        ).gainDays
    }

    private func numbers(_ days: [GainDay]) -> [Int64] {
        days.map { $0.start.secondsRoundedDown / 86_400 }
    }

    @Test func `a gain is positive where the shadow is better, on whichever side of a pair it is`()
        throws
    {
        let gains = try days().map { $0.gain(.loss(.brier)) }
        #expect(gains == Array(repeating: 2.5, count: 12))
        let turned = try days(champion: "net", shadow: "gbm").map { $0.gain(.loss(.brier)) }
        #expect(turned == Array(repeating: -2.5, count: 12))
    }

    @Test func `what made a model the champion is no evidence for it`() throws {
        var later = self
        later.models.roles = [
            TwoModels.champion("net", since: 0), TwoModels.champion("gbm", since: 105),
        ]
        #expect(try later.numbers(later.days()) == Array(105...111))
        // Of a model that is not the champion, all days count.
        #expect(try later.numbers(later.days(champion: "net", shadow: "gbm")) == Array(100...111))
    }

    @Test func `pairs count from where they are known`() throws {
        let keepers = PairKeepers([1: Evidence.instant(107)])
        #expect(try numbers(days(keepers: keepers)) == Array(107...111))
        // Kept by neither: rows tell them, from where there are rows.
        var released = self
        released.models.released = ReleasedRows(
            rowsFrom: Evidence.instant(109),
            settledAt: Evidence.instant(110)
        )
        #expect(try released.numbers(released.days(keepers: PairKeepers())) == Array(109...111))
    }

    @Test func `days that were not whole by the present are left out`() throws {
        var early = self
        early.models.present = 115
        // Day 104 matures at the start of day 115.
        #expect(try early.numbers(early.days()) == Array(100...104))
    }
}
