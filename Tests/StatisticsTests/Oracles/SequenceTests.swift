import Foundation
import Statistics
import Testing

/// The paired rows of `05_paired/paired500.csv`.
enum PairedStream {
    static let file = "05_paired/paired500.csv"
    static let champion = Fixtures.numbers(file, "champion")
    static let shadow = Fixtures.numbers(file, "shadow")
    static let outcomes = Fixtures.outcomes(file)
    static let days = Fixtures.numbers(file, "day").map { Int($0) }

    static let brier = champion.indices.map {
        GainRange.brier(champion: champion[$0], shadow: shadow[$0], outcome: outcomes[$0])
    }

    static func rows(throughDay day: Int) -> Range<Int> { 0..<(10 * day) }
}

@Suite struct SequenceTests {
    static let anytime = Oracle("06_anytime")
    static let own = Oracle("07_recommended")

    @Test func `the empirical-Bernstein sequence agrees with comparecast`() throws {
        let e = Self.anytime["cc_eb"].expected
        var sequence = EmpiricalBernsteinSequence(range: Interval(low: 0, high: 1))
        var path: [Interval?] = []
        for x in Fixtures.numbers("06_anytime/bounded300.csv", "x") {
            try sequence.add(x)
            path.append(sequence.interval)
        }
        for (index, t) in e["t"].doubles.enumerated() {
            let interval = path[Int(t) - 1]
            expectClose(interval?.low, e["lower"][index].double, relative: 1e-9)
            expectClose(interval?.high, e["upper"][index].double, relative: 1e-9)
        }
    }

    @Test func `sequence and e-process of a comparison agree with comparecast`() throws {
        let e = Self.anytime["cc_paired500"].expected
        var sequence = EmpiricalBernsteinSequence(range: Interval(low: -1, high: 1))
        var states: [EmpiricalBernsteinSequence] = []
        for row in PairedStream.brier {
            try sequence.add(row.gain)
            states.append(sequence)
        }
        for (index, t) in e["t"].doubles.enumerated() {
            let state = states[Int(t) - 1]
            expectClose(state.interval?.low, e["lcb"][index].double, relative: 1e-9)
            expectClose(state.interval?.high, e["ucb"][index].double, relative: 1e-9)
            expectClose(
                exp(state.logEvidenceAboveZero),
                e["e_pq"][index].double,
                relative: 1e-9
            )
            expectClose(
                exp(state.logEvidenceBelowZero),
                e["e_qp"][index].double,
                relative: 1e-9
            )
        }
    }

    @Test func `the sequence of cohorts agrees with the reference`() throws {
        let e = Self.own["cohort_eb_cs"].expected
        var plain = EmpiricalBernsteinSequence(
            range: Interval(low: -1, high: 1),
            varianceFloor: 1e-9
        )
        var floored = EmpiricalBernsteinSequence(range: Interval(low: -1, high: 1))
        var path: [(EmpiricalBernsteinSequence, EmpiricalBernsteinSequence)] = []
        for day in 0..<50 {
            let gains = PairedStream.brier[(10 * day)..<(10 * day + 10)].map(\.gain)
            let sum = gains.reduce(0, +)
            let squares = gains.reduce(0) { $0 + $1 * $1 }
            try plain.add(count: 10, sum: sum, sumOfSquares: squares)
            try floored.add(count: 10, sum: sum, sumOfSquares: squares)
            path.append((plain, floored))
        }
        for (index, day) in e["days"].doubles.enumerated() {
            let (a, b) = path[Int(day) - 1]
            expectClose(a.mean, e["mean"][index].double, relative: 1e-12)
            expectClose(a.variance, e["V"][index].double, relative: 1e-12)
            expectClose(a.radius, e["radius"][index].double, relative: 1e-8)
            expectClose(b.radius, e["radius_with_V_floor_1"][index].double, relative: 1e-8)
        }
    }

    @Test func `range-adaptive evidence, its sequence and betting agree on Brier gains`() {
        let e = Self.own["raeb_brier"].expected
        for (index, day) in e["cs"]["days"].doubles.enumerated() {
            var state = RangeAdaptiveBernstein()
            var betting = BettingEvidence()
            for row in PairedStream.rows(throughDay: Int(day)) {
                state.add(PairedStream.brier[row])
                betting.add(PairedStream.brier[row])
            }
            // The evidence can be near 0, so it is compared absolutely as well.
            let (f, a) = (e["shadow_better"], e["champion_better"])
            expectClose(
                state.logEvidenceForShadow,
                f["log_e_raeb"][index].double,
                relative: 1e-10,
                absolute: 1e-13
            )
            expectClose(
                state.logEvidenceForChampion,
                a["log_e_raeb"][index].double,
                relative: 1e-10,
                absolute: 1e-13
            )
            expectClose(
                betting.logEvidenceForShadow,
                f["log_e_betting"][index].double,
                relative: 1e-10,
                absolute: 1e-13
            )
            expectClose(
                betting.logEvidenceForChampion,
                a["log_e_betting"][index].double,
                relative: 1e-10,
                absolute: 1e-13
            )
            expectClose(state.mean, e["cs"]["mean"][index].double, relative: 1e-12)
            expectClose(
                state.interval?.low,
                e["cs"]["lower"][index].double,
                relative: 1e-10
            )
            expectClose(
                state.interval?.high,
                e["cs"]["upper"][index].double,
                relative: 1e-10
            )
        }
    }

    @Test func `range-adaptive evidence on log-loss gains caps the bets of wide rows`() {
        let e = Self.own["raeb_logloss"].expected
        for (index, day) in [1, 5, 10, 20, 30, 50].enumerated() {
            var state = RangeAdaptiveBernstein(largestRange: 1)
            var betting = BettingEvidence(largestRange: 1)
            for row in PairedStream.rows(throughDay: day) {
                let gain = GainRange.logLoss(
                    champion: PairedStream.champion[row],
                    shadow: PairedStream.shadow[row],
                    outcome: PairedStream.outcomes[row],
                    clip: 1e-9
                )
                state.add(gain)
                betting.add(gain)
            }
            let (f, a) = (e["shadow_better"], e["champion_better"])
            expectClose(
                state.logEvidenceForShadow,
                f["log_e_raeb"][index].double,
                relative: 1e-10
            )
            expectClose(
                state.logEvidenceForChampion,
                a["log_e_raeb"][index].double,
                relative: 1e-10
            )
            expectClose(
                betting.logEvidenceForShadow,
                f["log_e_betting"][index].double,
                relative: 1e-10
            )
            expectClose(
                betting.logEvidenceForChampion,
                a["log_e_betting"][index].double,
                relative: 1e-10
            )
            if day == 50 {
                #expect(state.cappedCount == e["caps_active_rows"].int)
                #expect(state.interval == nil)
            }
        }
    }

    @Test func `merged and stored states equal one pass`() throws {
        var whole = RangeAdaptiveBernstein()
        var (left, right) = (whole, whole)
        for (index, row) in PairedStream.brier.enumerated() {
            whole.add(row)
            if index < 123 { left.add(row) } else { right.add(row) }
        }
        right.merge(left)
        expectClose(right.logEvidenceForShadow, whole.logEvidenceForShadow, relative: 1e-12)
        #expect(right.count == whole.count)
        var restored = RangeAdaptiveBernstein()
        let data = try JSONEncoder().encode(whole.sums)
        try restored.merge(try JSONDecoder().decode(RangeAdaptiveBernstein.Sums.self, from: data))
        #expect(restored == whole)
        let needed = try #require(whole.rowsNeeded(gain: 0.05))
        let more = try #require(whole.rowsNeeded(gain: 0.02))
        #expect(needed > 0 && more > needed)
    }

    @Test func `anytime McNemar agrees with the closed form`() {
        for item in Self.own["anytime_mcnemar"].expected["cases"].array {
            let test = AnytimeMcNemar(
                championOnly: item["b"].int,
                shadowOnly: item["c"].int
            )
            expectClose(
                test.logEvidence,
                item["two_sided"].double,
                relative: 1e-11,
                absolute: 1e-13
            )
            expectClose(
                test.logEvidenceForShadow,
                item["one_sided_shadow"].double,
                relative: 1e-10,
                absolute: 1e-13
            )
        }
        let huge = AnytimeMcNemar(championOnly: 1_000_000_000, shadowOnly: 0)
        expectClose(huge.logEvidence, 1e9 * 0.6931471805599453, relative: 1e-6)
        #expect(huge.logEvidenceForShadow < -15 && huge.logEvidenceForShadow.isFinite)
    }

    @Test func `the conditional dominance e-process agrees with comparecast`() throws {
        let e = Self.anytime["hz_eprocess"].expected
        let path = try conditionalDominance(
            champion: try BinaryForecasts(
                probabilities: PairedStream.champion,
                outcomes: PairedStream.outcomes
            ),
            shadowProbabilities: PairedStream.shadow
        )
        for (index, t) in e["t"].doubles.enumerated() {
            expectClose(exp(path[Int(t) - 1]), e["e"][index].double, relative: 1e-11)
        }
    }

    @Test func `the hedged betting sequence agrees with confseq on its grid`() throws {
        let e = Self.anytime["hedged_betting_cs"].expected
        var sequence = HedgedBettingSequence()
        var path: [Interval?] = []
        for x in Fixtures.numbers("06_anytime/bounded300.csv", "x") {
            try sequence.add(x)
            path.append(sequence.interval)
        }
        for (index, t) in e["t"].doubles.enumerated() {
            let interval = path[Int(t) - 1]
            expectClose(
                interval?.low,
                e["lower"][index].double,
                relative: 1e-9,
                absolute: 1e-12
            )
            expectClose(interval?.high, e["upper"][index].double, relative: 1e-9)
        }
    }

    @Test func `hedged betting evidence agrees with confseq's martingales`() throws {
        let e = Self.anytime["betting_mart"].expected
        var sequence = HedgedBettingSequence()
        var path: [HedgedBettingSequence] = []
        for x in Fixtures.numbers("06_anytime/bounded300.csv", "x") {
            try sequence.add(x)
            path.append(sequence)
        }
        for (index, t) in e["t"].doubles.enumerated() {
            for mean in [0.2, 0.28, 0.35, 0.5] {
                expectClose(
                    exp(path[Int(t) - 1].logEvidence(against: mean)),
                    e["m\(mean)"][index].double,
                    relative: 1e-8
                )
            }
        }
    }

    @Test(arguments: ["all", "28"])
    func `prequential recalibration agrees with the reference`(window: String) throws {
        let e = Self.own["prequential_recalibration_\(window)"].expected
        var evidence = PrequentialRecalibration(window: window == "all" ? nil : 28)
        var path: [(Double, LogOddsLine)] = []
        var (championSum, recalibratedSum) = (0.0, 0.0)
        for (day, rows) in MonitorStream.days.enumerated() {
            let cohort = try BinaryForecasts(
                probabilities: rows.map(\.p),
                outcomes: rows.map { $0.y == 1 }
            )
            let recalibrated = evidence.add(cohort)
            path.append((evidence.logEvidence, evidence.coefficients))
            if day >= 60 {
                for (row, r) in zip(rows, recalibrated) {
                    championSum += (row.p - row.y) * (row.p - row.y)
                    recalibratedSum += (r - row.y) * (r - row.y)
                }
            }
        }
        for (index, day) in e["days"].doubles.enumerated() {
            let (logE, line) = path[Int(day)]
            expectClose(logE, e["logE"][index].double, relative: 1e-9)
            expectClose(line.intercept, e["coef"][index][0].double, relative: 1e-8)
            expectClose(line.slope, e["coef"][index][1].double, relative: 1e-10)
        }
        expectClose(championSum, e["brier_sum_champion_days60_99"].double, relative: 1e-12)
        expectClose(
            recalibratedSum,
            e["brier_sum_recalibrated_days60_99"].double,
            relative: 1e-10
        )
    }

    @Test func `a fixed alternative gives the calibration e-process of the reference`() throws {
        let e = Oracle("04_calibration")["calibration_eprocess_fixed_alt"].expected
        let forecasts = try CalibrationTests.forecasts("p")
        let line = LogOddsLine(intercept: 0.25, slope: 0.65)
        var track = EvidenceTrack()
        var logE = 0.0
        for (index, p) in forecasts.probabilities.enumerated() {
            let y = forecasts.outcomes[index]
            logE +=
                logLossOfRow(probability: p, outcome: y)
                - logLossOfRow(probability: line.probability(p), outcome: y)
            track.update(logEvidence: logE)
            if index == 99 { expectClose(logE, e["logE_100"].double, relative: 1e-11) }
            if index == 499 { expectClose(logE, e["logE_500"].double, relative: 1e-11) }
        }
        expectClose(track.current, e["logE_1000"].double, relative: 1e-11)
        expectClose(track.largest, e["max"].double, relative: 1e-11)
        #expect(track.isRejected(alpha: 1e-15))
    }
}
