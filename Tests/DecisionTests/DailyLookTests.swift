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
}
