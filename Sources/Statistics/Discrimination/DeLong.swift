import RealModule

/// An area under the ROC curve with DeLong's standard error.
public struct AreaEstimate: Sendable, Hashable {
    /// The area, from 0 to 1.
    public let area: Double
    /// DeLong's standard error; `nil` with fewer than two rows of a class.
    public let standardError: Double?
    /// The positives.
    public let positiveCount: Double
    /// The negatives.
    public let negativeCount: Double

    /// The interval on the logit scale: logit A ± z·SE/(A(1 − A)), transformed back.
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval; `nil` without a standard error, and for an area of 0 or 1, where the
    ///   method has no width: see ``degenerateInterval(level:)``.
    public func interval(level: Double = 0.95) -> Interval? {
        Checks.level(level)
        guard let standardError, area > 0, area < 1 else { return nil }
        return logitInterval(area, standardError: standardError, level: level)
    }

    /// A conservative interval for an area of exactly 0 or 1: Wilson's, with n the smaller class.
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval, or `nil` for an area strictly between 0 and 1.
    public func degenerateInterval(level: Double = 0.95) -> Interval? {
        guard area == 0 || area == 1 else { return nil }
        let n = min(positiveCount, negativeCount)
        return wilsonInterval(successes: area * n, trials: n, level: level)
    }
}

/// The interval of a share on the logit scale, from its standard error.
func logitInterval(_ share: Double, standardError: Double, level: Double) -> Interval? {
    let half = Normal.critical(level: level) * standardError / (share * (1 - share))
    let centre = Double.log(share) - Double.log(onePlus: -share)
    guard half.isFinite else { return nil }
    return Interval(
        low: min(share, logistic(centre - half)),
        high: max(share, logistic(centre + half))
    )
}

/// The area under the ROC curve with DeLong's standard error, in O(n log n).
///
///     V10ᵢ = (T_Z(xᵢ) − T_X(xᵢ))/n     V01ⱼ = 1 − (T_Z(yⱼ) − T_Y(yⱼ))/m     Var = S10/m + S01/n
///
/// T are midranks over all, over positives and over negatives; S the variances with divisors m − 1
/// and n − 1. Rows count as independent; not valid under repeated looks.
///
/// - Parameter forecasts: Forecasts with their outcomes.
/// - Returns: The area with its error, or `nil` unless both classes are present.
///
/// ## Source
///
/// DeLong, DeLong and Clarke-Pearson (1988). *Biometrics*, 44(3), 837–845; Sun and Xu (2014). *IEEE
/// Signal Processing Letters*, 21(11), 1389–1393.
/// Checked against R pROC 1.18.0 `var`, `ci.auc`: `fixtures/statistics/01_binary`.
public func deLong(_ forecasts: BinaryForecasts) -> AreaEstimate? {
    ScoreGroups(forecasts).deLong
}

/// The area under the ROC curve of binned scores with DeLong's standard error.
///
/// - Parameter histogram: Counts of both classes by bin; ties within a bin count one half.
/// - Returns: The area with its error, or `nil` unless both classes are present.
public func deLong(_ histogram: ScoreHistogram) -> AreaEstimate? {
    ScoreGroups(histogram).deLong
}

extension ScoreGroups {
    /// The area with DeLong's variance, with groups as ties.
    var deLong: AreaEstimate? {
        guard let area = areaUnderCurve else { return nil }
        let (m, n) = (positiveTotal, negativeTotal)
        guard m > 1, n > 1 else {
            return AreaEstimate(
                area: area,
                standardError: nil,
                positiveCount: m,
                negativeCount: n
            )
        }
        var (below, above) = (0.0, m)
        var (ofPositives, ofNegatives) = (0.0, 0.0)
        for (zeros, ones) in zip(negatives, positives) {
            above -= ones
            let v10 = (below + 0.5 * zeros) / n - area
            let v01 = (above + 0.5 * ones) / m - area
            ofPositives += ones * v10 * v10
            ofNegatives += zeros * v01 * v01
            below += zeros
        }
        let variance = ofPositives / (m - 1) / m + ofNegatives / (n - 1) / n
        return AreaEstimate(
            area: area,
            standardError: Double.sqrt(variance),
            positiveCount: m,
            negativeCount: n
        )
    }
}
