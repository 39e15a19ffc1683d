/// The area under the ROC curve (AUC): the chance that a positive scores above a negative.
///
///     AUC = P(s⁺ > s⁻) + ½ P(s⁺ = s⁻) = (Σ_{positives} Rᵢ − m(m+1)/2)/(mn)     0 ≤ AUC ≤ 1
///
/// R are midranks among all rows, m positives, n negatives; higher is better, ½ is no ranking at all.
///
/// - Parameter forecasts: Forecasts with their outcomes.
/// - Returns: The area, or `nil` unless both classes are present.
/// - Complexity: O(n log n).
///
/// ## Edge cases
///
/// - Equal scores count one half; constant scores give exactly ½.
///
/// ## Source
///
/// Hanley, J. A. and McNeil, B. J. (1982). The meaning and use of the area under a receiver operating
/// characteristic (ROC) curve. *Radiology*, 143(1), 29–36.
/// Checked against scikit-learn 1.9.1 `roc_auc_score` and R pROC 1.18.0:
/// `fixtures/statistics/01_binary`.
public func areaUnderCurve(_ forecasts: BinaryForecasts) -> Double? {
    ScoreGroups(forecasts).areaUnderCurve
}

/// The area under the ROC curve from bins, with bounds for the area from the rows themselves.
///
///     A = Σ_b n₁_b (N₀_{<b} + ½ n₀_b)/(n₁ n₀)     T = Σ_b n₁_b n₀_b/(n₁ n₀)     AUC ∈ [A − T/2, A + T/2]
///
/// - Parameter histogram: Counts of both classes by bin.
/// - Returns: A with its bounds, or `nil` unless both classes are present.
public func areaUnderCurve(_ histogram: ScoreHistogram) -> BoundedValue? {
    let groups = ScoreGroups(histogram)
    guard let area = groups.areaUnderCurve else { return nil }
    var tied = 0.0
    for (negatives, positives) in zip(groups.negatives, groups.positives) {
        tied += (positives / groups.positiveTotal) * (negatives / groups.negativeTotal)
    }
    return BoundedValue(
        value: area,
        bounds: Interval(low: max(0, area - 0.5 * tied), high: min(1, area + 0.5 * tied))
    )
}

extension ScoreGroups {
    /// The area with groups as ties; `nil` unless both classes are present.
    var areaUnderCurve: Double? {
        guard hasBothClasses else { return nil }
        var below = 0.0
        var wins = 0.0
        // Counts and half counts are exact in Double, so that the order of rows cannot matter.
        for (n, p) in zip(negatives, positives) {
            wins += p * (below + 0.5 * n)
            below += n
        }
        return min(1, wins / (positiveTotal * negativeTotal))
    }
}
