/// A straight line in log odds: logit r = intercept + slope · logit p.
public struct LogOddsLine: Sendable, Hashable {
    /// The intercept a.
    public let intercept: Double
    /// The slope b.
    public let slope: Double

    /// Keeps two coefficients.
    ///
    /// - Parameters:
    ///   - intercept: a, finite.
    ///   - slope: b, finite.
    public init(intercept: Double, slope: Double) {
        precondition(intercept.isFinite && slope.isFinite, "Coefficients are finite.")
        self.intercept = intercept
        self.slope = slope
    }

    /// The recalibrated probability of a probability, clipped to [1e-6, 1 − 1e-6] first.
    ///
    /// - Parameter p: A probability.
    /// - Returns: σ(a + b·logit p).
    public func probability(_ p: Double) -> Double {
        probability(logOdds: logit(p, clip: logOddsClip))
    }

    func probability(logOdds: Double) -> Double { logistic(intercept + slope * logOdds) }
}
