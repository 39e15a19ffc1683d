import RealModule

/// Two areas under the ROC curve on the same rows, compared.
public struct PairedAreas: Sendable, Hashable {
    /// The champion's area.
    public let champion: Double
    /// The shadow's area.
    public let shadow: Double
    /// The variance of the champion's area.
    public let championVariance: Double
    /// The variance of the shadow's area.
    public let shadowVariance: Double
    /// The covariance of the two areas.
    public let covariance: Double

    /// The gain in area, shadow − champion: positive when the shadow ranks better.
    public var gain: Double { shadow - champion }

    /// The standard error of the gain.
    public var standardError: Double {
        Double.sqrt(max(0, championVariance + shadowVariance - 2 * covariance))
    }

    /// The statistic gain/SE; 0 for a gain of 0, `nil` when there is a gain without any variance.
    public var z: Double? {
        if gain == 0 { return 0 }
        return standardError > 0 ? gain / standardError : nil
    }

    /// The two-sided p-value of equal areas at one fixed look; `nil` when z is.
    public var pValue: Double? { z.map(Normal.twoSidedPValue) }

    /// The interval of the gain, gain ± z·SE, kept within [−1, 1].
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval, or `nil` when ``z`` is.
    public func interval(level: Double = 0.95) -> Interval? {
        Checks.level(level)
        guard z != nil else { return nil }
        let half = Normal.critical(level: level) * standardError
        return Interval(low: max(-1, gain - half), high: min(1, gain + half))
    }
}

/// Compares two areas under the ROC curve on the same rows by DeLong's covariance.
///
///     z = (A_shadow − A_champion)/√(Σ_aa + Σ_bb − 2Σ_ab),  Σ = S10/m + S01/n
///
/// For models fitted on other data than these rows; not for nested models fitted on them. Valid at
/// one fixed look: looked at daily for 60 days it rejects equal models in more than a quarter of runs.
///
/// - Parameters:
///   - championScores: The champion's scores.
///   - shadowScores: The shadow's scores of the same rows.
///   - outcomes: What happened in these rows.
/// - Returns: The areas with their covariance matrix, or `nil` with fewer than two rows of a class.
/// - Throws: ``StatisticsError`` for empty lists, unequal lengths and scores outside [0, 1].
///
/// ## Source
///
/// DeLong, DeLong and Clarke-Pearson (1988). *Biometrics*, 44(3), 837–845; Sun and Xu (2014). *IEEE
/// Signal Processing Letters*, 21(11), 1389–1393.
/// Checked against R pROC 1.18.0 `roc.test(method = "delong")`: `fixtures/statistics/01_binary`.
public func pairedDeLong(
    championScores: [Double],
    shadowScores: [Double],
    outcomes: [Bool]
) throws(StatisticsError) -> PairedAreas? {
    let champion = try BinaryForecasts(probabilities: championScores, outcomes: outcomes)
    let shadow = try BinaryForecasts(probabilities: shadowScores, outcomes: outcomes)
    let (m, n) = (Double(champion.positiveCount), Double(champion.negativeCount))
    guard m >= 2, n >= 2 else { return nil }
    let first = placements(champion)
    let second = placements(shadow)
    // The sums of a class in one pass each: squares of either and the product.
    var sums = (aa1: 0.0, bb1: 0.0, ab1: 0.0, aa0: 0.0, bb0: 0.0, ab0: 0.0)
    for (index, y) in outcomes.enumerated() {
        let a = first.values[index] - first.area
        let b = second.values[index] - second.area
        if y {
            sums.aa1 += a * a
            sums.bb1 += b * b
            sums.ab1 += a * b
        } else {
            sums.aa0 += a * a
            sums.bb0 += b * b
            sums.ab0 += a * b
        }
    }
    func total(_ ofPositives: Double, _ ofNegatives: Double) -> Double {
        ofPositives / (m - 1) / m + ofNegatives / (n - 1) / n
    }
    return PairedAreas(
        champion: first.area,
        shadow: second.area,
        championVariance: total(sums.aa1, sums.aa0),
        shadowVariance: total(sums.bb1, sums.bb0),
        covariance: total(sums.ab1, sums.ab0)
    )
}

/// The share of the other class that each row ranks right against, in row order, and their mean.
private func placements(_ forecasts: BinaryForecasts) -> (area: Double, values: [Double]) {
    let scores = forecasts.probabilities
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    let (m, n) = (Double(forecasts.positiveCount), Double(forecasts.negativeCount))
    var values = [Double](repeating: 0, count: scores.count)
    var (below, wins) = (0.0, 0.0)
    var above = m
    var start = 0
    while start < order.count {
        var end = start
        var ones = 0.0
        while end < order.count, scores[order[end]] == scores[order[start]] {
            if forecasts.outcomes[order[end]] { ones += 1 }
            end += 1
        }
        let zeros = Double(end - start) - ones
        above -= ones
        let ofPositive = (below + 0.5 * zeros) / n
        let ofNegative = (above + 0.5 * ones) / m
        for position in start..<end {
            let row = order[position]
            values[row] = forecasts.outcomes[row] ? ofPositive : ofNegative
        }
        wins += ones * (below + 0.5 * zeros)
        below += zeros
        start = end
    }
    return (min(1, wins / (m * n)), values)
}
