import DecisionScenarios
@testable import Evaluation
import Statistics
import Testing

/// A prefix of a stream gives the answer that was given then, whatever came later (rule T7).
struct ReplayTests {
    private func inputs(
        _ stream: SimulatedStream,
        _ cohorts: [FrozenCohort],
        _ buckets: TimeBuckets,
        knownBy instant: Instant
    ) -> RecommendationBuilder.Inputs {
        let known = cohorts.filter { $0.frozenAsOf <= instant }
        var inputs = RecommendationBuilder.Inputs(
            monitor: stream.watch(known, buckets),
            model: "champion"
        )
        var shadow = ComparisonBuilder(
            task: stream.task,
            metric: .loss(.brier),
            options: ComparisonOptions(),
            shadow: "shadow"
        )
        shadow.gainDays = stream.gainDays(known, buckets)
        inputs.shadows = [shadow]
        return inputs
    }

    @Test(arguments: [UInt64(1), 2])
    func `a walk day by day gives what each day's question gives`(seed: UInt64) throws {
        let buckets = TimeBuckets(.utc, size: .day)
        var scenario = Scenario("walk")
        scenario.days = 170
        scenario.rowsPerDay = 40
        scenario.change = Scenario.Change(day: 100, shift: 1.2, slope: 0.5)
        scenario.shadowNoise = seed == 2 ? 0 : 0.5
        let stream = SimulatedStream(scenario, seed: seed)
        let cohorts = stream.cohorts(buckets)
        var walk = RecommendationBuilder(
            inputs(stream, cohorts, buckets, knownBy: .distantFuture)
        )
        var verdicts: Set<RecommendationVerdict> = []
        for day in stride(from: 15, through: 190, by: 16) {
            let instant = SimulatedStream.instant(Double(day))
            let walked = walk.recommendation(asOf: instant)
            var asked = RecommendationBuilder(
                inputs(stream, cohorts, buckets, knownBy: instant)
            )
            #expect(asked.recommendation(asOf: instant) == walked, "day \(day)")
            verdicts.insert(walked.verdict)
        }
        #expect(verdicts.count >= 3, "\(verdicts)")
    }

    @Test func `a point of a gain path never changes when days are added`() throws {
        let buckets = TimeBuckets(.utc, size: .day)
        var scenario = Scenario.clustered
        scenario.days = 80
        let stream = SimulatedStream(scenario, seed: 5)
        let days = stream.gainDays(stream.cohorts(buckets), buckets)
        for metric in ComparisonMetric.all(for: .binary) {
            func path(_ count: Int) -> GainPath {
                GainPath(
                    Array(days[..<count]),
                    metric: metric,
                    options: ComparisonOptions(),
                    alpha: 0.05
                )
            }
            let whole = path(80)
            // Days with one class have nothing to rank.
            #expect(whole.points.count >= 75)
            for count in [1, 19, 20, 21, 50, 79] {
                let part = path(count)
                #expect(part.points.elementsEqual(whole.points.prefix(part.points.count)))
            }
            #expect(path(79).points.count >= whole.points.count - 1)
        }
    }

    @Test func `a day that is not whole is no evidence yet, also where cohorts are hours`() throws {
        let buckets = TimeBuckets(.utc, size: .hour)
        let task = PredictionTask(
            id: 1,
            name: "t",
            kind: .binary,
            horizonSeconds: 86_400,
            bucketSize: .hour
        )
        let cohorts = (0..<48).map { hour in
            let start = Instant(seconds: Int64(hour) * 3600)
            return FrozenCohort(
                bucketStart: start,
                age: 86_400,
                frozenAsOf: start.advanced(bySeconds: 3600 + 86_400)
            )
        }
        func days(_ second: Int64) -> [GainDay] {
            let instant = Instant(seconds: second)
            return GainDay.days(
                cohorts.filter { $0.frozenAsOf <= instant },
                task: task,
                buckets: buckets,
                knownBy: instant
            ) { _ in true }
        }
        #expect(days(2 * 86_400 - 1).isEmpty)
        #expect(days(2 * 86_400).count == 1)
        #expect(days(3 * 86_400 - 3600).count == 1)
        #expect(days(3 * 86_400).count == 2)
    }
}
