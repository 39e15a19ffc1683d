import Foundation
import Statistics
import Testing

/// Sequences of the reference packages that follow from our boundaries.
@Suite struct OtherSequenceTests {
    static let oracle = Oracle("06_anytime")
    static let x = Fixtures.numbers("06_anytime/bounded300.csv", "x")

    static func check(
        _ expected: JSONValue,
        relative: Double = 1e-9,
        absolute: Double = 1e-12,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ interval: (_ count: Int) throws -> (Double, Double)
    ) rethrows {
        for (index, t) in expected["t"].doubles.enumerated() {
            let (low, high) = try interval(Int(t))
            expectClose(
                low,
                expected["lower"][index].double,
                relative: relative,
                absolute: absolute,
                sourceLocation: sourceLocation
            )
            expectClose(
                high,
                expected["upper"][index].double,
                relative: relative,
                absolute: absolute,
                sourceLocation: sourceLocation
            )
        }
    }

    static func mean(_ t: Int) -> Double { x[..<t].reduce(0, +) / Double(t) }

    @Test func `predictable mixtures agree with comparecast and confseq`() throws {
        for (form, id) in [
            (PredictableMixtureSequence.Form.empiricalBernstein, "cc_pm_eb"),
            (.hoeffding, "predmix_hoeffding"),
        ] {
            let expected = Self.oracle[id].expected
            for (index, t) in expected["t"].doubles.enumerated() {
                var sequence = PredictableMixtureSequence(form)
                for value in Self.x[..<Int(t)] { try sequence.add(value) }
                // comparecast does not clip to [0, 1].
                let (low, high) = (expected["lower"][index].double, expected["upper"][index].double)
                expectClose(
                    sequence.interval?.low,
                    max(0, low),
                    relative: 1e-9,
                    absolute: 1e-12
                )
                expectClose(sequence.interval?.high, min(1, high), relative: 1e-9)
            }
        }
    }

    @Test func `Hoeffding's conjugate mixture follows from the two-sided boundary`() {
        let rho = normalMixtureRho(variance: 25, alpha: 0.05)
        Self.check(Self.oracle["conjmix_hoeffding"].expected) { t in
            let radius =
                normalMixtureBoundary(variance: Double(t) / 4, rho: rho, alpha: 0.05)
                / Double(t)
            return (max(0, Self.mean(t) - radius), min(1, Self.mean(t) + radius))
        }
    }

    @Test func `stitched, Hoeffding and asymptotic sequences follow from our boundaries`() {
        func centredSquares(_ t: Int) -> Double {
            var (sum, squares) = (0.0, 0.0)
            for (index, value) in Self.x[..<t].enumerated() {
                let centre = index == 0 ? 0 : sum / Double(index)
                squares += (value - centre) * (value - centre)
                sum += value
            }
            return squares
        }
        Self.check(Self.oracle["cc_eb_stitch"].expected) { t in
            let radius =
                polynomialStitchingBoundary(
                    variance: max(1, centredSquares(t)),
                    minimumVariance: 10,
                    scale: 1,
                    alpha: 0.025
                ) / Double(t)
            return (Self.mean(t) - radius, Self.mean(t) + radius)
        }
        Self.check(Self.oracle["cc_h"].expected) { t in
            let rho = normalMixtureRho(variance: 10, alpha: 0.05)
            let radius =
                normalMixtureBoundary(variance: Double(t), rho: rho, alpha: 0.05)
                / Double(t)
            return (Self.mean(t) - radius, Self.mean(t) + radius)
        }
    }

    @Test func `the floored asymptotic sequence follows from our radius`() {
        let sequence = AsymptoticConfidenceSequence(optimumTime: 100, variance: 1)
        let expected = Self.oracle["cc_asymptotic"].expected["noniid"]
        Self.check(expected, relative: 5e-2) { t in
            let mean = Self.mean(t)
            let squares = Self.x[..<t].reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            // There the variance is floored at 1/t and the tuning is an approximation.
            let radius = sequence.radius(
                count: Double(t),
                variance: max(1, squares) / Double(t)
            )
            return (mean - radius, mean + radius)
        }
    }

    @Test func `confseq's empirical-Bernstein mixture differs by its first centre only`() throws {
        // It centres at the running mean from 0 where the paper, comparecast and we start at ½.
        let expected = Self.oracle["predmix_empbern"].expected
        for (index, t) in expected["t"].doubles.enumerated() where t >= 50 {
            var sequence = PredictableMixtureSequence()
            for value in Self.x[..<Int(t)] { try sequence.add(value) }
            let interval = try #require(sequence.interval)
            expectClose(
                interval.low,
                expected["lower"][index].double,
                relative: 0,
                absolute: 0.3 / t
            )
            expectClose(
                interval.high,
                expected["upper"][index].double,
                relative: 0,
                absolute: 0.3 / t
            )
        }
    }

    @Test func `confseq's conjugate empirical-Bernstein sequence halves its error twice`() {
        let mixture = GammaExponentialMixture(optimumVariance: 2.5, alpha: 0.0125, scale: 1)
        let expected = Self.oracle["conjmix_empbern"].expected
        Self.check(expected, relative: 1e-7) { t in
            var (sum, squares) = (0.0, 0.0)
            for (index, value) in Self.x[..<t].enumerated() {
                let centre = index == 0 ? 0.5 : sum / Double(index)
                squares += (value - centre) * (value - centre)
                sum += value
            }
            let radius = mixture.boundary(variance: squares, alpha: 0.0125) / Double(t)
            return (max(0, Self.mean(t) - radius), min(1, Self.mean(t) + radius))
        }
    }
}
