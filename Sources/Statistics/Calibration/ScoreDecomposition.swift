/// A mean proper score split into miscalibration, discrimination and uncertainty (CORP).
///
///     S̄ = MCB − DSC + UNC,  MCB = S̄(p) − S̄(ĉ),  DSC = S̄(ȳ) − S̄(ĉ),  UNC = S̄(ȳ)
///
/// ĉ is the isotonic recalibration, ȳ the base rate. MCB is what recalibration could win, DSC what
/// the ranking is worth, UNC how hard the problem is; MCB ≥ 0 and DSC ≥ 0. A calibrated model has a
/// positive MCB too, about (number of blocks)·p(1−p)/n: the fit follows chance.
public struct ScoreDecomposition: Sendable, Hashable {
    /// The mean score S̄; lower is better.
    public let score: Double
    /// MCB, the miscalibration; lower is better.
    public let miscalibration: Double
    /// DSC, the discrimination; higher is better.
    public let discrimination: Double
    /// UNC, the uncertainty: the score of the base rate.
    public let uncertainty: Double
}

/// Splits the mean score of forecasts.
///
/// - Parameters:
///   - forecasts: n ≥ 1 forecasts.
///   - score: The proper score to split.
///   - clip: ε of the log loss; not used by the Brier score.
/// - Returns: The parts; they add up to the score by construction.
/// - Complexity: O(n log n).
///
/// ## Edge cases
///
/// - One class: UNC = DSC = 0 and MCB is the whole score.
/// - Under the log score ĉ may be 0 or 1; 0·ln 0 = 0, so every part stays finite.
///
/// ## Source
///
/// Dimitriadis, T., Gneiting, T. and Jordan, A. I. (2021). Stable reliability diagrams for
/// probabilistic classifiers. *PNAS*, 118(8), e2016191118.
/// Checked against model-diagnostics 1.5.0 `decompose`: `fixtures/statistics/04_calibration`.
public func scoreDecomposition(
    _ forecasts: BinaryForecasts,
    score: ProperScore = .brier,
    clip: Double = 1e-15
) -> ScoreDecomposition {
    let mean =
        switch score {
        case .brier: brierScore(forecasts)
        case .logarithmic: logLoss(forecasts, clip: clip).value
        }
    let groups = ScoreGroups(forecasts)
    let counts = zip(groups.negatives, groups.positives).map { $0 + $1 }
    return decomposition(
        meanScore: mean,
        recalibrated: pooledScore(counts, groups.positives, score),
        uncertainty: uncertainty(groups, score)
    )
}

/// The parts of a mean score from bins, with bounds for the parts from the rows themselves.
public struct BoundedScoreDecomposition: Sendable, Hashable {
    /// The mean score S̄, which the caller knows exactly.
    public let score: Double
    /// MCB with its bounds.
    public let miscalibration: BoundedValue
    /// DSC with its bounds.
    public let discrimination: BoundedValue
    /// UNC, exact.
    public let uncertainty: Double
}

/// Splits a mean score of which only bins are known.
///
/// S̄(ĉ) lies between the isotonic fit of the bins each split as "all negatives, then all positives"
/// and the isotonic fit of the whole bins: moving a negative before a positive never raises the
/// optimum, and a coarser partition never lowers it. The value takes whole bins.
///
/// - Parameters:
///   - histogram: Counts of both classes by bin, ascending.
///   - meanScore: The exact mean score S̄ of the rows.
///   - score: The proper score to split.
/// - Returns: The parts, or `nil` without rows.
/// - Complexity: O(bins).
public func scoreDecomposition(
    _ histogram: ScoreHistogram,
    meanScore: Double,
    score: ProperScore = .brier
) -> BoundedScoreDecomposition? {
    let groups = ScoreGroups(histogram)
    guard groups.negativeTotal + groups.positiveTotal > 0 else { return nil }
    let counts = zip(groups.negatives, groups.positives).map { $0 + $1 }
    var splitCounts: [Double] = []
    var splitPositives: [Double] = []
    for (zeros, ones) in zip(groups.negatives, groups.positives) {
        splitCounts += [zeros, ones]
        splitPositives += [0, ones]
    }
    let whole = pooledScore(counts, groups.positives, score)
    let split = min(whole, pooledScore(splitCounts, splitPositives, score))
    let unc = uncertainty(groups, score)
    let value = decomposition(meanScore: meanScore, recalibrated: whole, uncertainty: unc)
    let limit = decomposition(meanScore: meanScore, recalibrated: split, uncertainty: unc)
    return BoundedScoreDecomposition(
        score: meanScore,
        miscalibration: BoundedValue(
            value: value.miscalibration,
            bounds: Interval(low: value.miscalibration, high: limit.miscalibration)
        ),
        discrimination: BoundedValue(
            value: value.discrimination,
            bounds: Interval(low: value.discrimination, high: limit.discrimination)
        ),
        uncertainty: unc
    )
}

private func decomposition(
    meanScore: Double,
    recalibrated: Double,
    uncertainty: Double
) -> ScoreDecomposition {
    // Both are at least 0 in exact arithmetic; rounding must not show as a negative part.
    ScoreDecomposition(
        score: meanScore,
        miscalibration: max(0, meanScore - recalibrated),
        discrimination: max(0, uncertainty - recalibrated),
        uncertainty: uncertainty
    )
}

/// The mean score of the isotonic fit of groups.
private func pooledScore(
    _ counts: [Double],
    _ positives: [Double],
    _ score: ProperScore
) -> Double {
    var (sum, rows) = (0.0, 0.0)
    for block in PoolAdjacentViolators.blocks(counts: counts, positives: positives) {
        sum += score.entropy(count: block.count, positives: block.positives)
        rows += block.count
    }
    return sum / rows
}

private func uncertainty(_ groups: ScoreGroups, _ score: ProperScore) -> Double {
    let rows = groups.negativeTotal + groups.positiveTotal
    return score.entropy(count: rows, positives: groups.positiveTotal) / rows
}
