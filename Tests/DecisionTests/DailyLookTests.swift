import DecisionScenarios
@testable import Evaluation
import Testing

/// A few seeded streams of the simulation whose results `docs/decision-quality.md` shows.
struct DailyLookTests {
    private let buckets = TimeBuckets(.utc, size: .day)

    @Test(arguments: Scenario.quiet.indices)
    func `a year of daily looks at equal models decides nothing`(index: Int) throws {
        var scenario = Scenario.quiet[index]
        // A fifth of the rows of the simulation, for time.
        scenario.rowsPerDay = 40
        let year = QuietYear(scenario, seed: 1, buckets)
        #expect(year.alarm == nil, "\(scenario.name)")
        #expect(year.decided[.loss(.brier)] == false, "\(scenario.name)")
        // The same stream fools whoever tests the last seven days against the mean.
        #expect(year.naive.arrivals, "\(scenario.name)")
    }

    @Test func `rows of an entity fool tests on rows in a year of daily looks`() throws {
        var scenario = Scenario.clustered
        scenario.days = 120
        let stream = SimulatedStream(scenario, seed: 1)
        let naive = NaiveTests(stream)
        #expect(naive.pairedT && naive.mcNemar)
        let path = GainPath(
            stream.gainDays(stream.cohorts(buckets), buckets),
            metric: .loss(.brier),
            options: ComparisonOptions(),
            alpha: 0.05
        )
        #expect(!path.everDecided)
    }

    @Test func `a large rise is found with the first days that mature, and sooner at young ages`()
        throws
    {
        var scenario = Scenario.rising(Scenario.rises[0].change, rowsPerDay: 100)
        scenario.days = Scenario.changeDay + 30
        let found = (UInt64(1)...3).map { Detection(scenario, seed: $0, buckets) }
        let mature = try #require(Detection.median(found.map(\.mature)))
        let young = try #require(Detection.median(found.map(\.young)))
        #expect(mature >= 22 && mature <= 26)
        #expect(young >= 4 && young <= 11)
        #expect(found.allSatisfy { abs($0.rise - 0.11) < 0.02 })
    }

    @Test func `a ledger that was written and read says the same`() throws {
        var scenario = Scenario.everything
        scenario.days = 40
        let stream = SimulatedStream(scenario, seed: 7)
        let cohorts = stream.cohorts(buckets)
        #expect(cohorts.count == 120)
        #expect(try cohorts.map { try $0.stored(kind: .binary) } == cohorts)
    }

    @Test(arguments: UInt64(1)...2)
    func `a season raises no alarm that counts, whatever the rules of before said`(seed: UInt64) {
        let run = WatchRun(
            .population("season", rowsPerDay: 200, days: 425, swing: .year(0.8)),
            seed: seed
        )
        #expect(run.confirmed == nil && run.pays == nil)
        #expect(run.raised != nil && run.fixedBaseline != nil)
    }

    @Test
    func
        `lost skill is found while the base rate moves, and odds that moved are worth recalibrating`()
        throws
    {
        let worlds = WatchWorld.lostSkill(rowsPerDay: 200)
        func run(_ start: String) throws -> WatchRun {
            WatchRun(try #require(worlds.first { $0.name.hasPrefix(start) }), seed: 1)
        }
        let lost = try run("all skill lost, scores are the new base rate")
        #expect(try #require(lost.confirmed) >= 200 && (try #require(lost.confirmed)) < 205)
        let odds = try run("odds threefold, base rate 0.2")
        #expect(try #require(odds.pays ?? odds.confirmed, "\(odds)") >= 200)
        // A tenth of the traffic is too little for any rule over all rows.
        #expect(try run("a tenth of the traffic").confirmed == nil)
    }
}
