import Statistics
import Testing

@testable import Evaluation

/// No number may lie further from that of the rows than its bound says (rule T8).
struct MetricBoundTests {
    /// What sums of rounded losses of binary tasks, and arithmetic in another order, may differ by.
    private static let rounding = 2e-9

    private func expectWithinBounds(
        _ metrics: [String: MetricEstimate],
        _ plain: [String: Double?],
        of kind: TaskKind,
        rounding: [String: Double]? = nil,
        _ comment: Comment
    ) {
        let names = kind.reportedMetrics.map(\.name)
        #expect(Set(plain.keys) == Set(names), comment)
        for name in names {
            guard let estimate = metrics[name] else {
                Issue.record("\(name) is missing: \(comment)")
                continue
            }
            guard let expected = plain[name] ?? nil, let value = estimate.value else {
                // Bins may lose the slope of a line, or the overlap of classes; a fit to them claims no bound.
                if name.hasPrefix("calibration_"), let reason = estimate.reason {
                    let ofFits: [MetricReason] = [.equalScores, .separableClasses]
                    #expect(ofFits.contains(reason) || (plain[name] ?? nil) == nil, comment)
                    continue
                }
                if name.hasPrefix("calibration_"), estimate.bound == nil { continue }
                let isUndefined = (plain[name] ?? nil) == nil && estimate.value == nil
                #expect(isUndefined, "\(name): \(comment)")
                #expect(estimate.reason != nil && estimate.low == nil, "\(name): \(comment)")
                continue
            }
            guard let bound = estimate.bound else {
                #expect(name.hasPrefix("calibration_"), "\(name) has no bound: \(comment)")
                continue
            }
            let slack =
                rounding.map { max($0[name] ?? 0, 1e-9 * abs(expected)) }
                ?? Self.rounding * max(1, abs(expected))
            #expect(
                abs(value - expected) <= bound + slack,
                "\(name) is \(value) ± \(bound), rows give \(expected): \(comment)"
            )
        }
    }

    @Test func `of a regression task, for even and odd numbers of rows, ties and empty bins`() {
        var random = SeededGenerator(seed: 11)
        for n in Array(1...20) + [49, 50, 201] {
            for style in 0..<10 {
                var rows = MetricRows(.regression)
                for _ in 0..<n {
                    let u = random.nextUniform()
                    let label =
                        switch style {
                        case 0: 100 * u
                        case 1: (10 * u).rounded()
                        case 2: 1e6 + 2 * u
                        case 3: 7.25
                        case 4: u < 0.5 ? 0 : 1e9 * (u - 0.75)
                        case 5: 1e-3 * u
                        case 7: 1e-7 * u
                        case 8: u < 0.5 ? 1e9 * u : 1e-9 * u
                        case 9: 1e-30 * u
                        default: 850_000 + (4 * u).rounded() / 2
                        }
                    let size = [20, 3, 1, 0, 5e8, 1e-3, 1, 1e-8, 1e-9, 1e-29][style]
                    let noise = size * (random.nextUniform() - 0.5)
                    let score = style == 1 ? (label + noise).rounded() : label + noise
                    rows.add(min(max(score, -1e9), 1e9), label, day: Int(u * 5))
                }
                let plain = PlainMetrics.regression(rows)
                let largest = rows.rows.map { max(abs($0.score), abs($0.label)) }.max() ?? 0
                // What the plain sums themselves are off by.
                let rounding = ["wape": 1e-9, "r2": 1e-6, "mean_error": 1e-12 * largest]
                for slice in [Int32(0), 1] {
                    expectWithinBounds(
                        rows.metrics(slice: slice),
                        plain,
                        of: .regression,
                        rounding: rounding,
                        "\(n) rows of style \(style), slice \(slice)"
                    )
                }
                expectWithinBounds(
                    rows.exactMetrics,
                    plain,
                    of: .regression,
                    rounding: rounding,
                    "\(n) rows of style \(style), from rows"
                )
                #expect(rows.exactMetrics["median_ae"]?.bound == 0)
            }
        }
    }

    @Test func `of a binary task, with fine and coarse bins, ties and single classes`() throws {
        var random = SeededGenerator(seed: 12)
        for n in Array(1...20) + [49, 50, 201] {
            for style in 0..<7 {
                var rows = MetricRows(.binary)
                for _ in 0..<n {
                    let u = random.nextUniform()
                    let score =
                        switch style {
                        case 0: u
                        case 1: (10 * u).rounded() / 10
                        case 2: u < 0.3 ? 0 : u > 0.7 ? 1 : u
                        case 3: 0.5
                        case 4: 0.3001 + 0.0005 * u
                        case 5: u * 1e-3
                        default: 1 - u * 1e-5
                        }
                    let isPositive =
                        random.nextUniform() < (style == 0 && n < 5 ? 0 : 0.1 + 0.8 * score)
                    rows.add((score * 1e9).rounded() / 1e9, isPositive ? 1 : 0, day: Int(u * 5))
                }
                let plain = try PlainMetrics.binary(rows)
                for slice in [Int32(0), 1] {
                    expectWithinBounds(
                        rows.metrics(slice: slice),
                        plain,
                        of: .binary,
                        "\(n) rows of style \(style), slice \(slice)"
                    )
                }
                expectWithinBounds(
                    rows.exactMetrics,
                    plain,
                    of: .binary,
                    "\(n) rows of style \(style), from rows"
                )
            }
        }
    }
}
