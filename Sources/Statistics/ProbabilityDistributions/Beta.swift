import RealModule

/// The beta distribution on [0, 1] with shapes a and b.
public struct Beta: Sendable, Hashable {
    /// The first shape, above 0.
    public let a: Double
    /// The second shape, above 0.
    public let b: Double

    /// Makes the distribution with two shapes.
    ///
    /// - Parameters:
    ///   - a: The first shape, finite and above 0.
    ///   - b: The second shape, finite and above 0.
    public init(_ a: Double, _ b: Double) {
        precondition(a > 0 && b > 0 && a.isFinite && b.isFinite, "Shapes are finite and above 0.")
        self.a = a
        self.b = b
    }

    /// The regularised incomplete beta function I_x(a, b) = P(X ≤ x).
    ///
    ///     I_x(a, b) = (1/B(a, b)) ∫₀ˣ t^(a−1) (1−t)^(b−1) dt            0 ≤ I ≤ 1
    ///
    /// - Parameter x: A real number; below 0 counts as 0, above 1 as 1.
    /// - Returns: The probability of a value up to x, to about 1e-14 relative for moderate shapes.
    ///
    /// ## Source
    ///
    /// Continued fraction DLMF 8.17.22 by the modified Lentz method; the factor in front of it by
    /// Loader, C. (2000), *Fast and accurate computation of binomial probabilities*.
    /// Checked against mpmath 1.3.0: `fixtures/statistics/00_distributions`.
    public func cumulative(_ x: Double) -> Double { tails(x: x, y: 1 - x).lower }

    /// The probability P(X > x), relatively accurate when it is small.
    ///
    /// - Parameter x: A real number; below 0 counts as 0, above 1 as 1.
    /// - Returns: 1 − I_x(a, b).
    public func survival(_ x: Double) -> Double { tails(x: x, y: 1 - x).upper }

    /// The value below which a share p of the distribution lies.
    ///
    /// - Parameter p: A probability from 0 to 1.
    /// - Returns: The quantile, or `nil` when p is not a probability.
    public func quantile(_ p: Double) -> Double? {
        guard p >= 0 && p <= 1 else { return nil }
        return inverse(lower: p, upper: 1 - p).x
    }

    /// Both tails at x, given y = 1 − x too so that neither end loses digits.
    func tails(x: Double, y: Double) -> (lower: Double, upper: Double) {
        if x <= 0 { return (0, 1) }
        if y <= 0 { return (1, 0) }
        let kernel = Double.exp(Stirling.logBetaKernel(a, b, x: x, y: y))
        if x < (a + 1) / (a + b + 2) {
            let lower = min(1, kernel * Self.fraction(a, b, x, y) / a)
            return (lower, 1 - lower)
        }
        let upper = min(1, kernel * Self.fraction(b, a, y, x) / b)
        return (1 - upper, upper)
    }

    /// The logarithm of P(X > x), finite where the probability underflows.
    ///
    /// - Parameter x: A number strictly between 0 and 1.
    /// - Returns: ln(1 − I_x(a, b)).
    func logSurvival(_ x: Double) -> Double {
        let y = 1 - x
        if x < (a + 1) / (a + b + 2) { return Double.log(onePlus: -tails(x: x, y: y).lower) }
        return Stirling.logBetaKernel(a, b, x: x, y: y)
            + Double.log(Self.fraction(b, a, y, x) / b)
    }

    /// The continued fraction DLMF 8.17.22 for x below the mean.
    private static func fraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        let tiny = 1e-300
        let sum = a + b
        var c = 1.0
        var d = 1 - sum * x / (a + 1)
        d = 1 / (abs(d) < tiny ? tiny : d)
        var result = d
        for m in 1..<1_000_000 {
            let k = Double(m)
            let even = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k))
            d = 1 + even * d
            c = 1 + even / c
            d = 1 / (abs(d) < tiny ? tiny : d)
            if abs(c) < tiny { c = tiny }
            result *= d * c
            let odd = -(a + k) * (sum + k) * x / ((a + 2 * k) * (a + 2 * k + 1))
            d = 1 + odd * d
            c = 1 + odd / c
            d = 1 / (abs(d) < tiny ? tiny : d)
            if abs(c) < tiny { c = tiny }
            let factor = d * c
            result *= factor
            if abs(factor - 1) < 1e-16 { break }
        }
        return result
    }

    /// The point x with I_x = lower, and 1 − x, given both tail probabilities accurately.
    func inverse(lower: Double, upper: Double) -> (x: Double, y: Double) {
        if lower <= 0 { return (0, 1) }
        if upper <= 0 { return (1, 0) }
        let mean = a / (a + b)
        if lower <= tails(x: mean, y: b / (a + b)).lower {
            let logX = lowerInverse(logTarget: Double.log(lower), logStart: Double.log(mean))
            return (Double.exp(logX), -Double.expMinusOne(logX))
        }
        let mirrored = Beta(b, a)
        let logY = mirrored.lowerInverse(
            logTarget: Double.log(upper),
            logStart: Double.log(b / (a + b))
        )
        return (-Double.expMinusOne(logY), Double.exp(logY))
    }

    /// ln x with ln I_x = logTarget for x at or below the mean, by Newton steps in ln x.
    private func lowerInverse(logTarget: Double, logStart: Double) -> Double {
        // Far in the tail I_x ≈ x^a / (a B(a, b)), which bounds the bracket from below.
        let tail = (logTarget + Double.log(a) + logBeta(a, b)) / a
        let low = min(tail, logStart) - 1 - 40 / a
        return RootFinding.newton(from: min(tail, logStart), low: low, high: logStart) { logX in
            let x = Double.exp(logX)
            let y = -Double.expMinusOne(logX)
            guard x > 0, y > 0 else { return (x > 0 ? 1 : -1, 0) }
            let logKernel = Stirling.logBetaKernel(a, b, x: x, y: y)
            let probability = tails(x: x, y: y).lower
            guard probability > 0 else { return (-1, 0) }
            // d ln I / d ln x = x · density / I and the kernel is x·y·density.
            return (
                Double.log(probability) - logTarget,
                Double.exp(logKernel) / (y * probability)
            )
        }
    }
}
