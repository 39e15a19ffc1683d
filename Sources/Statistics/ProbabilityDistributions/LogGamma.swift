import RealModule

/// The logarithm of the gamma function at a positive argument.
///
///     ln Γ(x) = ln ∫₀^∞ t^(x−1) e^(−t) dt            x > 0
///
/// - Parameter x: A finite argument above 0.
/// - Returns: ln Γ(x), to a few units in the last place; finite up to x ≈ 2.5e305.
///
/// ## Source
///
/// The C library's reentrant `lgamma`, through swift-numerics.
public func logGamma(_ x: Double) -> Double {
    precondition(x > 0, "The gamma function is used for positive arguments only.")
    return Double.logGamma(x)
}

/// The logarithm of the beta function, ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b).
///
/// Computed by Stirling errors, so that large arguments do not cancel: at a = b = 1e9 the difference
/// of three log-gammas would lose seven digits.
///
/// - Parameters:
///   - a: The first argument, above 0.
///   - b: The second argument, above 0.
/// - Returns: ln B(a, b).
public func logBeta(_ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "The beta function is used for positive arguments only.")
    let n = a + b
    return Stirling.error(a) + Stirling.error(b) - Stirling.error(n) + Stirling.halfLogTwoPi
        + 0.5 * (Double.log(n) - Double.log(a) - Double.log(b))
        - a * Double.log(onePlus: b / a) - b * Double.log(onePlus: a / b)
}
