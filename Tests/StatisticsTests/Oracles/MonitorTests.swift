import Statistics
import Testing

/// The rows of `08_monitor/stream.csv` by day.
enum MonitorStream {
    static let days: [[(y: Double, p: Double, loss: Double)]] = {
        let file = "08_monitor/stream.csv"
        let day = Fixtures.numbers(file, "day")
        let y = Fixtures.numbers(file, "y")
        let p = Fixtures.numbers(file, "p")
        let loss = Fixtures.numbers(file, "loss")
        var days = [[(y: Double, p: Double, loss: Double)]](repeating: [], count: 100)
        for row in day.indices { days[Int(day[row])].append((y[row], p[row], loss[row])) }
        return days
    }()

    static func moments(_ range: Range<Int>) throws -> CohortMoments {
        let losses = days[range].map { $0.map(\.loss) }
        return try CohortMoments(
            counts: losses.map { Double($0.count) },
            sums: losses.map { $0.reduce(0, +) },
            sumsOfSquares: losses.map { $0.reduce(0) { $0 + $1 * $1 } }
        )
    }
}

@Suite struct MonitorTests {
    static let blocks = Oracle("07_recommended", "expected_blocks.json")

    @Test func `the block sequence agrees with the reference`() throws {
        let gains = MonitorStream.days.map { day in
            day.map { (0.3 - $0.y) * (0.3 - $0.y) - $0.loss }
        }
        let cohorts = try CohortSums(
            counts: gains.map { Double($0.count) },
            sums: gains.map { $0.reduce(0, +) }
        )
        let path = BlockAsymptoticConfidenceSequence().path(cohorts)
        let e = Self.blocks["asympcs_blocks"].expected
        for (index, day) in e["days"].doubles.enumerated() {
            let point = path[Int(day) - 1]
            expectClose(point.mean, e["mean"][index].double, relative: 1e-13)
            expectClose(point.variance, e["s2"][index].double, relative: 1e-12)
            expectClose(point.radius, e["radius"][index].double, relative: 1e-12)
            let excluded = point.interval.map { !$0.contains(0) }
            #expect(excluded == point.logEValue.map { $0 >= 2.995732273553991 })
        }
        #expect(path[18].radius == nil)
        #expect(path[19].radius != nil)
        let firstHalf = try CohortSums(
            counts: Array(cohorts.counts[..<50]),
            sums: Array(cohorts.sums[..<50])
        )
        #expect(BlockAsymptoticConfidenceSequence().latest(firstHalf) == path[49])
    }

    @Test func `baseline, overdispersion and the tempered detector agree`() throws {
        let e = Self.blocks["tempered_esr"].expected
        let baseline = try #require(BaselineRisk(try MonitorStream.moments(0..<30)))
        expectClose(baseline.mean, e["baseline_mean"].double, relative: 1e-13)
        expectClose(baseline.standardError, e["block_se"].double, relative: 1e-12)
        expectClose(baseline.upperBound, e["U"].double, relative: 1e-13)
        expectClose(baseline.riskBound, e["m"].double, relative: 1e-13)
        let phi = baseline.overdispersion
        expectClose(phi.meanSquareBetween, e["msb"].double, relative: 1e-11)
        expectClose(phi.meanSquareWithin, e["msw"].double, relative: 1e-12)
        expectClose(phi.factor, e["phi"].double, relative: 1e-11)
        expectClose(phi.upperLimit, e["phi_up"].double, relative: 1e-11)
        expectClose(phi.tempering, e["phi_used"].double, relative: 1e-11)
        for (factor, name) in [(1, "untempered"), (phi.tempering, "tempered")] {
            var detector = try ShiryaevRobertsDetector(
                riskBound: baseline.riskBound,
                overdispersion: factor
            )
            for day in MonitorStream.days[30...] { try detector.add(losses: day.map(\.loss)) }
            expectClose(detector.logThreshold, e["log_threshold"].double, relative: 1e-14)
            for (index, day) in e["at_days"].doubles.enumerated() {
                expectClose(
                    detector.logEvidencePath[Int(day) - 30],
                    e["log_SR_\(name)"][index].double,
                    relative: 1e-11
                )
            }
            #expect(detector.alarmIndex == e["alarm_day_\(name)"].int - 30)
            // The change is at day 60.
            #expect(detector.changePoint().map { $0 + 30 } == 60)
        }
    }

    @Test func `the detector follows the reference path day by day`() throws {
        let oracle = Oracle("08_monitor")["e_sr_cohort"]
        var detector = try ShiryaevRobertsDetector(
            riskBound: oracle.parameters["m"].double,
            alpha: 0.05
        )
        for day in MonitorStream.days { try detector.add(losses: day.map(\.loss)) }
        expectClose(
            detector.logEvidencePath,
            oracle.expected["log_SR"].doubles,
            relative: 1e-11,
            absolute: 1e-13
        )
        expectClose(detector.logThreshold, oracle.expected["log_A"].double, relative: 1e-14)
        #expect(detector.alarmIndex == oracle.expected["alarm_day_SR"].int)
    }

    @Test(arguments: [64, 256, 512, 1024])
    func `evidence from a split histogram is a lower bound that tightens`(intervals: Int) throws {
        let oracle = Oracle("07_recommended")["histogram_eprocess"]
        // One cohort of everything: M = 1 · e^L, so the evidence is the plain mixture.
        var detector = try ShiryaevRobertsDetector(riskBound: oracle.parameters["m"].double)
        var exact = detector
        let losses = MonitorStream.days.flatMap { $0.map(\.loss) }
        try detector.add(gridWeights: linearlySplit(losses: losses, intervals: intervals))
        try exact.add(losses: losses)
        let fromGrid = try #require(detector.logEvidence)
        let fromRows = try #require(exact.logEvidence)
        expectClose(
            fromGrid,
            oracle.expected["B\(intervals)"]["chord_logmix"].double,
            relative: 1e-11
        )
        expectClose(fromRows, oracle.expected["exact_logmix"].double, relative: 1e-11)
        #expect(fromGrid <= fromRows)
    }

    @Test func `evidence beyond the range of Double stays a number`() throws {
        var detector = try ShiryaevRobertsDetector(riskBound: 0.01)
        for _ in 0..<100 { try detector.add(gridWeights: [0, 1_000_000]) }
        let evidence = try #require(detector.logEvidence)
        #expect(evidence > 1e8 && evidence.isFinite)
        #expect(detector.alarmIndex == 0)
    }

    @Test func `overdispersion has defined fallbacks`() throws {
        let single = OverdispersionFactor(
            try CohortMoments(counts: [1, 1], sums: [0, 1], sumsOfSquares: [0, 1])
        )
        #expect(single.factor == 1 && single.tempering == 1)
        let copies = OverdispersionFactor(
            try CohortMoments(counts: [4, 6], sums: [0, 6], sumsOfSquares: [0, 6])
        )
        #expect(copies.factor == 5)
        let equal = OverdispersionFactor(
            try CohortMoments(counts: [4, 6], sums: [0.4, 0.6], sumsOfSquares: [0.04, 0.06])
        )
        #expect(equal.factor == 1)
    }
}
