/// The chi-squared distribution: the sum of squares of independent standard normals.
public struct ChiSquared: Sendable, Hashable {
    /// The degrees of freedom ν, above 0.
    public let degreesOfFreedom: Double

    /// Makes the distribution with degrees of freedom.
    ///
    /// - Parameter degreesOfFreedom: ν, finite and above 0; need not be whole.
    public init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0, "Degrees of freedom are above 0.")
        self.degreesOfFreedom = degreesOfFreedom
    }

    private var gamma: Gamma { Gamma(shape: 0.5 * degreesOfFreedom) }

    /// The probability of a value up to x.
    ///
    /// - Parameter x: A real number; below 0 counts as 0.
    /// - Returns: P(ν/2, x/2).
    public func cumulative(_ x: Double) -> Double { gamma.cumulative(0.5 * x) }

    /// The probability of a value above x: the p-value of a chi-squared statistic.
    ///
    /// - Parameter x: A real number; below 0 counts as 0.
    /// - Returns: Q(ν/2, x/2).
    public func survival(_ x: Double) -> Double { gamma.survival(0.5 * x) }

    /// The value below which a share p of the distribution lies.
    ///
    /// - Parameter p: A probability, 0 ≤ p < 1.
    /// - Returns: The quantile, or `nil` when p is not in [0, 1).
    public func quantile(_ p: Double) -> Double? { gamma.quantile(p).map { 2 * $0 } }
}
