import RealModule

/// The gamma distribution with a shape and rate 1.
public struct Gamma: Sendable, Hashable {
    /// The shape a, above 0.
    public let shape: Double

    /// Makes the distribution with a shape.
    ///
    /// - Parameter shape: The shape, finite and above 0.
    public init(shape: Double) {
        precondition(shape > 0 && shape.isFinite, "The shape is finite and above 0.")
        self.shape = shape
    }

    /// The regularised lower incomplete gamma function P(a, x) = P(X ≤ x).
    ///
    ///     P(a, x) = (1/Γ(a)) ∫₀ˣ t^(a−1) e^(−t) dt            0 ≤ P ≤ 1
    ///
    /// - Parameter x: A real number; below 0 counts as 0.
    /// - Returns: The probability of a value up to x.
    ///
    /// ## Source
    ///
    /// Series DLMF 8.11.4 below the shape and continued fraction DLMF 8.9.2 above it.
    /// Checked against mpmath 1.3.0: `fixtures/statistics/00_distributions`.
    public func cumulative(_ x: Double) -> Double {
        x < shape + 1 ? Double.exp(logCumulative(x)) : 1 - upperTail(x)
    }

    /// The probability Q(a, x) = P(X > x), relatively accurate when it is small.
    ///
    /// - Parameter x: A real number; below 0 counts as 0.
    /// - Returns: 1 − P(a, x).
    public func survival(_ x: Double) -> Double {
        if x <= 0 { return 1 }
        return x < shape + 1 ? 1 - Double.exp(logCumulative(x)) : upperTail(x)
    }

    /// The logarithm of P(a, x), finite where P(a, x) underflows.
    ///
    /// - Parameter x: A number; at or below 0 the logarithm is −∞.
    /// - Returns: ln P(a, x).
    func logCumulative(_ x: Double) -> Double {
        if x <= 0 { return -.infinity }
        if x >= shape + 1 { return Double.log(onePlus: -upperTail(x)) }
        return Stirling.logPoisson(shape, mean: x) + logSeries(x)
    }

    /// ln Σ_j x^j / ((a+1)⋯(a+j)), by which P(a, x) exceeds the Poisson density.
    func logSeries(_ x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        var k = shape
        for _ in 0..<10_000_000 {
            k += 1
            term *= x / k
            sum += term
            if term < sum * 1e-17 { break }
        }
        return Double.log(sum)
    }

    private func upperTail(_ x: Double) -> Double {
        if !x.isFinite { return 0 }
        let tiny = 1e-300
        var b = x + 1 - shape
        var c = 1 / tiny
        var d = 1 / (abs(b) < tiny ? tiny : b)
        var result = d
        for i in 1..<1_000_000 {
            let k = Double(i)
            let numerator = -k * (k - shape)
            b += 2
            d = numerator * d + b
            d = 1 / (abs(d) < tiny ? tiny : d)
            c = b + numerator / c
            if abs(c) < tiny { c = tiny }
            let factor = d * c
            result *= factor
            if abs(factor - 1) < 1e-16 { break }
        }
        // x^a e^−x / Γ(a) = a · Poisson(a; x)
        return min(1, Double.exp(Stirling.logPoisson(shape, mean: x)) * shape * result)
    }

    /// The value below which a share p of the distribution lies.
    ///
    /// - Parameter p: A probability, 0 ≤ p < 1.
    /// - Returns: The quantile, or `nil` when p is not in [0, 1).
    public func quantile(_ p: Double) -> Double? {
        guard p >= 0 && p < 1 else { return nil }
        if p == 0 { return 0 }
        let z = p <= 0.5 ? Normal.lowerQuantile(p) : -Normal.lowerQuantile(1 - p)
        // Wilson and Hilferty's cube root, or the leading term of P near 0, as a start.
        let cube = 1 - 1 / (9 * shape) + z / (3 * Double.sqrt(shape))
        let tail = (Double.log(p) + Double.logGamma(shape + 1)) / shape
        let start = cube > 0.3 ? Double.log(shape) + 3 * Double.log(cube) : min(tail, 700)
        let logX =
            p <= cumulative(shape)
            ? lowerInverse(logTarget: Double.log(p), start: start)
            : upperInverse(logTarget: Double.log(1 - p), start: start)
        return Double.exp(logX)
    }

    private func lowerInverse(logTarget: Double, start: Double) -> Double {
        let high = Double.log(shape) + 1e-9
        let tail = (logTarget + Double.logGamma(shape + 1)) / shape
        let low = min(tail, high) - 1 - 40 / shape
        return RootFinding.newton(from: min(max(start, low), high), low: low, high: high) { logX in
            let x = Double.exp(logX)
            guard x > 0 else { return (-1, 0) }
            let logP = logCumulative(x)
            let logDensity = Stirling.logPoisson(shape, mean: x) + Double.log(shape)
            return (logP - logTarget, Double.exp(logDensity - logP))
        }
    }

    private func upperInverse(logTarget: Double, start: Double) -> Double {
        let low = Double.log(shape) - 1e-9
        let high = Double.log(shape + 60 * Double.sqrt(shape) + 800 - 4 * logTarget)
        return RootFinding.newton(from: min(max(start, low), high), low: low, high: high) { logX in
            let x = Double.exp(logX)
            let q = survival(x)
            guard q > 0 else { return (1, 0) }
            let logDensity = Stirling.logPoisson(shape, mean: x) + Double.log(shape)
            return (logTarget - Double.log(q), Double.exp(logDensity) / q)
        }
    }
}
