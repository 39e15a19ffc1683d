import RealModule

/// The Wilson score interval of a proportion.
///
///     centre (p̂ + z²/2n) / (1 + z²/n)     half-width z √(p̂(1−p̂)/n + z²/4n²) / (1 + z²/n)
///     p̂ = k/n,  0 ≤ low ≤ p̂ ≤ high ≤ 1
///
/// For weighted rows pass the effective size: n = (Σw)²/Σw² and k = n · (weighted share).
///
/// - Parameters:
///   - successes: k, from 0 to n; need not be whole.
///   - trials: n ≥ 0, independent trials; need not be whole.
///   - level: The confidence level, strictly between 0 and 1.
/// - Returns: The interval, or `nil` when n is 0 or k is not between 0 and n.
///
/// ## Edge cases
///
/// - The lower limit for k = 0 and the upper for k = n are exactly 0 and 1.
///
/// ## Source
///
/// Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
/// *Journal of the American Statistical Association*, 22(158), 209–212.
/// Checked against statsmodels 0.15.0 `proportion_confint(method="wilson")`:
/// `fixtures/statistics/01_binary`.
public func wilsonInterval(
    successes: Double,
    trials: Double,
    level: Double = 0.95
) -> Interval? {
    Checks.level(level)
    guard trials > 0, trials.isFinite, successes >= 0, successes <= trials else { return nil }
    return wilsonInterval(
        share: successes / trials,
        complement: (trials - successes) / trials,
        trials: trials,
        critical: Normal.critical(level: level)
    )
}

/// Wilson's interval with any critical value in the place of z.
func wilsonInterval(
    share: Double,
    complement: Double,
    trials: Double,
    critical: Double
) -> Interval {
    let ratio = critical * critical / trials
    let centre = (share + 0.5 * ratio) / (1 + ratio)
    let half = Double.sqrt(ratio * (share * complement + 0.25 * ratio)) / (1 + ratio)
    return Interval(
        low: share == 0 ? 0 : min(max(0, centre - half), share),
        high: complement == 0 ? 1 : max(min(1, centre + half), share)
    )
}

/// The Wilson score interval of a proportion of counted trials.
///
/// - Parameters:
///   - successes: k, from 0 to n.
///   - trials: n ≥ 0, independent trials.
///   - level: The confidence level, strictly between 0 and 1.
/// - Returns: The interval, or `nil` when n is 0 or k is not between 0 and n.
public func wilsonInterval(successes: Int, trials: Int, level: Double = 0.95) -> Interval? {
    wilsonInterval(successes: Double(successes), trials: Double(trials), level: level)
}
