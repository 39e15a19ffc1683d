import DecisionScenarios
@testable import Evaluation
import Statistics
import Testing

/// `08_monitor/stream.csv` through cohorts, the ledger's bytes and the watch: 100 days, a change on day 60.
struct ReferenceMonitorTests {
    /// `horizonSeconds` is 0 for maps that may know a day when the next begins.
    private func ledger(baseline: Int = 30, horizonSeconds: Int64 = 86_400) throws -> Ledger {
        let rows = try ReferenceFile.rows("08_monitor/stream.csv").map {
            // The constant forecast 0.3 is the champion of the block sequence.
            Ledger.Row(day: Int32($0[0]), champion: $0[3], shadow: 0.3, label: $0[2])
        }
        return try Ledger(
            task: PredictionTask(
                id: 1,
                name: "t",
                kind: .binary,
                horizonSeconds: horizonSeconds,
                baseline: .first(cohorts: baseline)
            ),
            rows: rows
        )
    }

    @Test func `the watch over cohorts is that over the rows, up to the width of the bins`() throws
    {
        let rows = try ReferenceFile.rows("08_monitor/stream.csv")
        var forecast = ReferenceForecast()
        var expected = RelativeRiskWatch()
        for day in 0..<100 {
            let rows = rows.filter { Int($0[0]) == day }
            let outcomes = rows.map { $0[2] == 1 }
            if forecast.isSettled {
                expected.add(
                    try RelativeRiskBlock(
                        probabilities: rows.map { $0[3] },
                        outcomes: outcomes,
                        reference: forecast.probability
                    )
                )
            }
            forecast.add(rows: Double(rows.count), positives: Double(outcomes.count { $0 }))
        }
        var monitor = RetrainingMonitor(try ledger().watch)
        monitor.advance(to: .distantFuture)
        let watch = try #require(monitor.full.relative?.watch)
        #expect(watch.states.count == expected.states.count)
        for (state, exact) in zip(watch.states, expected.states) {
            #expect((state == nil) == (exact == nil))
            guard let state, let exact else { continue }
            expectNear(state.bound, exact.bound, within: 1e-4)
            expectNear(state.tempering, exact.tempering, within: 1e-3)
            expectNear(state.logEvidence, exact.logEvidence, within: 5e-3)
        }
        #expect(watch.episodes.first?.alarm == expected.episodes.first?.alarm)
        let alarm = try #require(monitor.alarm)
        #expect(alarm.at == alarm.block.start.advanced(bySeconds: 2 * 86_400))
        #expect(alarm.change.start == Instant(seconds: 60 * 86_400))
    }

    private struct Histogram: Decodable {
        struct Grid: Decodable { var chord_logmix: Double }
        var exact_logmix: Double
        var B512: Grid
    }

    @Test func `the ledger's histogram costs what the reference says, and no more`() throws {
        let expected: Histogram = try ReferenceFile.expected(
            "07_recommended/expected.json",
            "histogram_eprocess"
        )
        var detector = try ShiryaevRobertsDetector(riskBound: 0.19)
        var all = CohortCell(kind: .binary)
        let ledger = try ledger()
        for day in ledger.watch.days[0].days { all.add(day.cell) }
        try detector.add(
            gridWeights: all.losses.denseValues.map { Double($0) / CohortCell.weightUnits }
        )
        // Weights are multiples of 2⁻²⁰.
        expectNear(detector.logEvidence, expected.B512.chord_logmix, within: 1e-5)
        expectNear(detector.logEvidence, expected.exact_logmix, within: 2e-4)
    }

    private struct Detector: Decodable {
        var log_SR: [Double]
        var log_A: Double
        var alarm_day_SR: Int
    }

    @Test func `cohorts follow the e-SR detector of the rows day by day`() throws {
        let expected: Detector = try ReferenceFile.expected(
            "08_monitor/expected.json",
            "e_sr_cohort"
        )
        var detector = try ShiryaevRobertsDetector(riskBound: 0.186087, alpha: 0.05)
        let ledger = try ledger()
        for day in ledger.watch.days[0].days {
            let weights = day.cell.losses.denseValues.map { Double($0) / CohortCell.weightUnits }
            try detector.add(gridWeights: weights)
        }
        #expect(detector.cohortCount == 100)
        for (actual, evidence) in zip(detector.logEvidencePath, expected.log_SR) {
            // The grid costs 1e-3 of a log e-value of 60.
            expectNear(actual, evidence, within: 2e-3)
            #expect(actual <= evidence + 1e-6)
        }
        expectNear(detector.logThreshold, expected.log_A, within: 1e-12)
        #expect(detector.alarmIndex == expected.alarm_day_SR)
    }

    private struct Blocks: Decodable {
        var days: [Int]
        var mean: [Double]
        var s2: [Double]
        var radius: [Double]
        var rho2: Double
    }

    @Test func `the gain path is the block sequence of the reference`() throws {
        let expected: Blocks = try ReferenceFile.expected(
            "07_recommended/expected_blocks.json",
            "asympcs_blocks"
        )
        // The reference's gain is that of the scores over the constant; here the constant is the shadow.
        let path = GainPath(
            try ledger().gainDays,
            metric: .loss(.brier),
            options: ComparisonOptions(),
            alpha: 0.05
        )
        for (index, day) in expected.days.enumerated() {
            let point = path.points[day - 1]
            expectNear(point.mean, -expected.mean[index], within: 1e-11)
            expectNear(point.variance, expected.s2[index], within: 1e-11)
            expectNear(point.radius, expected.radius[index], within: 1e-10)
        }
        expectNear(path.points.last?.rhoSquared, expected.rho2, within: 1e-6)
        #expect(path.points[18].radius == nil)
        #expect(path.verdict == .keepChampion)
    }

    private struct Recalibration: Decodable {
        var days: [Int]
        var logE: [Double]
        var coef: [[Double]]
        var brier_sum_champion_days60_99: Double
        var brier_sum_recalibrated_days60_99: Double
        var rows_days60_99: Double
    }

    @Test func `the virtual shadow recalibrates as the reference does, up to its bins`() throws {
        let expected: Recalibration = try ReferenceFile.expected(
            "07_recommended/expected.json",
            "prequential_recalibration_28"
        )
        let days = try ledger(horizonSeconds: 0).watch.days[0].days
        let shadow = days.reduce(into: RecalibratedShadow(tolerance: .relative(0.1))) { $0.add($1) }
        for (index, day) in shadow.days.enumerated() where index > 0 {
            #expect(day.fittedUpTo == Instant(seconds: Int64(index - 1) * 86_400))
        }
        let changed = shadow.days[60...]
        #expect(changed.reduce(0) { $0 + $1.rows } == expected.rows_days60_99)
        // Bins are 1/600 wide at most, and rows lie at their means.
        expectNear(
            changed.reduce(0) { $0 + $1.champion },
            expected.brier_sum_champion_days60_99,
            within: 3e-3
        )
        expectNear(
            changed.reduce(0) { $0 + $1.recalibrated },
            expected.brier_sum_recalibrated_days60_99,
            within: 3e-3
        )
        var recalibration = PrequentialRecalibration(window: RecalibratedShadow.window)
        for (index, day) in days.enumerated() {
            if let at = expected.days.firstIndex(of: index) {
                let line = recalibration.nextFit()
                expectNear(line.intercept, expected.coef[at][0], within: 2e-4)
                expectNear(line.slope, expected.coef[at][1], within: 2e-4)
            }
            _ = recalibration.add(try #require(ClassScores(day.cell.scores).bins))
            if let at = expected.days.firstIndex(of: index) {
                expectNear(recalibration.logEvidence, expected.logE[at], within: 3e-3)
            }
        }
    }
}
