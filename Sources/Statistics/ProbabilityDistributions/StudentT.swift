import RealModule

/// Student's t distribution.
public struct StudentT: Sendable, Hashable {
    /// The degrees of freedom ν, above 0.
    public let degreesOfFreedom: Double

    /// Makes the distribution with degrees of freedom.
    ///
    /// - Parameter degreesOfFreedom: ν, finite and above 0; need not be whole.
    public init(degreesOfFreedom: Double) {
        precondition(
            degreesOfFreedom > 0 && degreesOfFreedom.isFinite,
            "Degrees of freedom are above 0."
        )
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The probability of a value up to t.
    ///
    ///     F(t) = ½ I_{ν/(ν+t²)}(ν/2, ½) for t ≤ 0, and 1 − F(−t) otherwise
    ///
    /// - Parameter t: A real number.
    /// - Returns: The probability, relatively accurate in the lower tail.
    public func cumulative(_ t: Double) -> Double {
        t <= 0 ? lowerTail(t) : 1 - lowerTail(-t)
    }

    /// The probability of a value above t, relatively accurate in the upper tail.
    ///
    /// - Parameter t: A real number.
    /// - Returns: 1 − F(t).
    public func survival(_ t: Double) -> Double { cumulative(-t) }

    /// The two-sided p-value P(|T| ≥ |t|).
    ///
    /// - Parameter t: The statistic.
    /// - Returns: The p-value, from 0 to 1.
    public func twoSidedPValue(_ t: Double) -> Double { min(1, 2 * lowerTail(-abs(t))) }

    private func lowerTail(_ t: Double) -> Double {
        let square = t * t
        guard square.isFinite else { return 0 }
        let nu = degreesOfFreedom
        return 0.5
            * Beta(0.5 * nu, 0.5).tails(x: nu / (nu + square), y: square / (nu + square)).lower
    }

    /// The value below which a share p of the distribution lies.
    ///
    /// - Parameter p: A probability strictly between 0 and 1.
    /// - Returns: The quantile, or `nil` when p is not strictly between 0 and 1 or the quantile is
    ///   beyond the range of Double.
    public func quantile(_ p: Double) -> Double? {
        guard p > 0 && p < 1 else { return nil }
        if p == 0.5 { return 0 }
        let tail = min(p, 1 - p)
        let nu = degreesOfFreedom
        let (x, y) = Beta(0.5 * nu, 0.5).inverse(lower: 2 * tail, upper: 1 - 2 * tail)
        let t = Double.sqrt(nu) * Double.sqrt(y) / Double.sqrt(x)
        guard t.isFinite else { return nil }
        return p < 0.5 ? -t : t
    }

    /// The two-sided critical value t with P(|T| ≤ t) = level.
    func critical(level: Double) -> Double {
        let (x, y) = Beta(0.5 * degreesOfFreedom, 0.5).inverse(lower: 1 - level, upper: level)
        return Double.sqrt(degreesOfFreedom) * Double.sqrt(y) / Double.sqrt(x)
    }
}
