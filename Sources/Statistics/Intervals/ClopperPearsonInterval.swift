/// The Clopper–Pearson ("exact") interval of a proportion.
///
///     low = Beta⁻¹(α/2; k, n−k+1)     high = Beta⁻¹(1−α/2; k+1, n−k)     α = 1 − level
///
/// It covers with at least its level, for every n, and is therefore wider than Wilson's.
///
/// - Parameters:
///   - successes: k, from 0 to n.
///   - trials: n ≥ 0, independent trials.
///   - level: The confidence level, strictly between 0 and 1.
/// - Returns: The interval, or `nil` when n is 0 or k is not between 0 and n.
///
/// ## Edge cases
///
/// - The lower limit for k = 0 and the upper for k = n are exactly 0 and 1.
///
/// ## Source
///
/// Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in
/// the case of the binomial. *Biometrika*, 26(4), 404–413.
/// Checked against statsmodels 0.15.0 `proportion_confint(method="beta")`:
/// `fixtures/statistics/01_binary`.
public func clopperPearsonInterval(
    successes: Int,
    trials: Int,
    level: Double = 0.95
) -> Interval? {
    Checks.level(level)
    guard trials > 0, successes >= 0, successes <= trials else { return nil }
    let k = Double(successes)
    let n = Double(trials)
    let tail = 0.5 * (1 - level)
    let low = k == 0 ? 0 : Beta(k, n - k + 1).inverse(lower: tail, upper: 1 - tail).x
    let high = k == n ? 1 : Beta(k + 1, n - k).inverse(lower: 1 - tail, upper: tail).x
    return Interval(low: min(low, k / n), high: max(high, k / n))
}
