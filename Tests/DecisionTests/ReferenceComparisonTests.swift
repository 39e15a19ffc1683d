import DecisionScenarios
@testable import Evaluation
import Statistics
import Testing

/// `05_paired/paired500.csv` through cohorts, the ledger's bytes and the comparison: 50 days of 10 rows.
struct ReferenceComparisonTests {
    private let task = PredictionTask(
        id: 1,
        name: "t",
        kind: .binary,
        horizonSeconds: 86_400
    )

    private func paired() throws -> Ledger {
        try Ledger(
            task: task,
            rows: try ReferenceFile.rows("05_paired/paired500.csv").map {
                Ledger.Row(day: Int32($0[1]), champion: $0[3], shadow: $0[4], label: $0[2])
            }
        )
    }

    private func comparison(_ days: [GainDay]) -> Comparison {
        var builder = ComparisonBuilder(
            task: task,
            metric: .loss(.brier),
            options: ComparisonOptions(),
            shadow: "novice"
        )
        builder.gainDays = days
        for (index, day) in days.enumerated() { builder.days[Int32(index)] = day.sums }
        return ComparisonFamily([builder], traffic: [:]).comparisons(
            ["novice"],
            asOf: .distantFuture
        )[0]
    }

    private struct Bernstein: Decodable {
        struct Side: Decodable { var log_e_raeb: [Double] }
        struct Sequence: Decodable {
            var days: [Int]
            var lower: [Double]
            var upper: [Double]
            var mean: [Double]
        }
        var shadow_better: Side
        var champion_better: Side
        var cs: Sequence
    }

    @Test func `RA-EB over rows, from sums of cohorts, is that of the reference`() throws {
        let expected: Bernstein = try ReferenceFile.expected(
            "07_recommended/expected.json",
            "raeb_brier"
        )
        let days = try paired().gainDays
        #expect(days.count == 50)
        for (index, day) in expected.cs.days.enumerated() {
            var evidence = GainEvidence()
            var sums = PairSums(kind: .binary)
            for known in days[..<day] {
                evidence.add(known.evidence)
                sums = PairSums.merged(sums, known.sums)
            }
            let state = evidence.bernstein(pairs: sums.pairs, gain: sums.gain(.brier))
            expectNear(
                state.logEvidenceForShadow,
                expected.shadow_better.log_e_raeb[index],
                within: 1e-9
            )
            expectNear(
                state.logEvidenceForChampion,
                expected.champion_better.log_e_raeb[index],
                within: 1e-9
            )
            expectNear(state.mean, expected.cs.mean[index], within: 1e-11)
            expectNear(state.interval?.low, expected.cs.lower[index], within: 1e-8)
            expectNear(state.interval?.high, expected.cs.upper[index], within: 1e-8)
            let tests = comparison(Array(days[..<day])).tests
            expectNear(
                tests.rowBernsteinLogE,
                max(
                    expected.shadow_better.log_e_raeb[index],
                    expected.champion_better.log_e_raeb[index]
                ),
                within: 1e-9
            )
        }
    }

    private struct McNemarCases: Decodable {
        struct Case: Decodable {
            var b: Int
            var c: Int
            var two_sided: Double
        }
        var cases: [Case]
    }

    @Test func `the anytime McNemar evidence of matured pairs is that of the reference`() throws {
        let expected: McNemarCases = try ReferenceFile.expected(
            "07_recommended/expected.json",
            "anytime_mcnemar"
        )
        for item in expected.cases {
            // b rows that only the champion has right, c that only the shadow has, and some of neither kind.
            let kinds: [(champion: Double, shadow: Double, count: Int)] = [
                (0.9, 0.2, item.b), (0.3, 0.6, item.c), (0.8, 0.7, 20), (0.1, 0.4, 20),
            ]
            let scores = kinds.flatMap {
                Array(repeating: ($0.champion, $0.shadow), count: $0.count)
            }
            let rows = scores.enumerated().map { index, score in
                Ledger.Row(
                    day: Int32(index * 10 / scores.count),
                    champion: score.0,
                    shadow: score.1,
                    label: 1
                )
            }
            let tests = comparison(try Ledger(task: task, rows: rows).gainDays).tests
            #expect(tests.championRightOnly == item.b)
            #expect(tests.shadowRightOnly == item.c)
            expectNear(tests.anytimeMcNemarLogE, item.two_sided, within: 1e-9)
        }
    }

    private struct Differences: Decodable {
        struct Test: Decodable {
            var t: Double
        }
        var paired_t: Test
    }

    @Test func `t over rows, from sums of cohorts, is SciPy's`() throws {
        let expected: Differences = try ReferenceFile.expected(
            "05_paired/expected.json",
            "score_difference"
        )
        expectNear(comparison(try paired().gainDays).tests.rowT, expected.paired_t.t, within: 1e-8)
    }
}
