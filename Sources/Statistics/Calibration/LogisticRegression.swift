import RealModule

/// Binomial observations at points: y successes in n trials at x.
struct BinomialPoints {
    var x: [Double]
    var trials: [Double]
    var successes: [Double]

    /// The log likelihood of P(y) = σ(a + b·x), up to a constant.
    func logLikelihood(_ a: Double, _ b: Double) -> Double {
        var sum = 0.0
        for index in x.indices {
            let eta = a + b * x[index]
            sum += successes[index] * eta - trials[index] * softplus(eta)
        }
        return sum
    }

    /// The gradient and the information matrix at (a, b).
    func derivatives(
        _ a: Double,
        _ b: Double
    ) -> (ga: Double, gb: Double, haa: Double, hab: Double, hbb: Double) {
        var (ga, gb, haa, hab, hbb) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for index in x.indices {
            let z = x[index]
            let p = logistic(a + b * z)
            let residual = successes[index] - trials[index] * p
            let weight = trials[index] * p * (1 - p)
            ga += residual
            gb += residual * z
            haa += weight
            hab += weight * z
            hbb += weight * z * z
        }
        return (ga, gb, haa, hab, hbb)
    }

    /// The maximum of likelihood with penalty (κ/2)(a² + (b−1)²), by Newton's method from (0, 1).
    ///
    /// - Returns: The coefficients, or `nil` when no finite maximum is found (separated classes with
    ///   κ = 0, or all x equal).
    func fit(penalty kappa: Double = 0) -> (a: Double, b: Double)? {
        var (a, b) = (0.0, 1.0)
        let ends = (x.min() ?? 0, x.max() ?? 0)
        for _ in 0..<100 {
            let d = derivatives(a, b)
            let (ga, gb) = (d.ga - kappa * a, d.gb - kappa * (b - 1))
            let (haa, hbb) = (d.haa + kappa, d.hbb + kappa)
            let determinant = haa * hbb - d.hab * d.hab
            guard determinant > 1e-12 * haa * hbb, determinant.isFinite else { return nil }
            let stepA = (hbb * ga - d.hab * gb) / determinant
            let stepB = (haa * gb - d.hab * ga) / determinant
            let (nextA, nextB) = (a + stepA, b + stepB)
            if max(abs(stepA), abs(stepB)) < 1e-12 * (1 + abs(nextA) + abs(nextB)) {
                return (nextA, nextB)
            }
            let farthest = max(abs(stepA + stepB * ends.0), abs(stepA + stepB * ends.1))
            let share =
                farthest <= Self.surelyUphill
                ? 1 : uphillShare(from: (a, b), step: (stepA, stepB), kappa)
            a += share * stepA
            b += share * stepB
            // With classes that a threshold separates the likelihood rises for ever.
            if abs(b) > 1e6 || abs(a) > 1e6 { return nil }
        }
        return nil
    }

    /// A change of a + b·x with which no weight p(1 − p) grows by more than e^½, so that a step s of Newton's method gains
    /// at least (1 − ½e^½)·∇s, above 0.
    private static let surelyUphill = 0.5

    /// The step is halved until the objective does not fall by more than rounding: it is concave, so this ends.
    private func uphillShare(
        from place: (a: Double, b: Double),
        step: (a: Double, b: Double),
        _ kappa: Double
    ) -> Double {
        let before = objective(place.a, place.b, kappa)
        let least = before - 1e-10 * abs(before)
        var share = 1.0
        while share > 1e-9,
            objective(place.a + share * step.a, place.b + share * step.b, kappa) < least
        {
            share *= 0.5
        }
        return share
    }

    private func objective(_ a: Double, _ b: Double, _ kappa: Double) -> Double {
        logLikelihood(a, b) - 0.5 * kappa * (a * a + (b - 1) * (b - 1))
    }

    /// The maximum of likelihood in the intercept with slope 1.
    func fitIntercept() -> Double? {
        var a = 0.0
        for _ in 0..<100 {
            let d = derivatives(a, 1)
            guard d.haa > 0 else { return nil }
            let step = min(5, max(-5, d.ga / d.haa))
            a += step
            if abs(step) < 1e-12 * (1 + abs(a)) { return a }
        }
        return nil
    }
}
