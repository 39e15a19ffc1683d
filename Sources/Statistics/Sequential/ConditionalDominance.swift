import RealModule

/// The e-process of Henzi and Ziegel that the shadow is sometimes better in squared error.
///
///     κ = (p + q)/2     π = w·q + (1 − w)·p     E = Π π/κ if y = 1, (1 − π)/(1 − κ) if y = 0
///
/// Null: on every row the champion is at least as good given the past. Under it each factor has mean 1
/// at most, whatever is bet.
///
/// - Parameters:
///   - champion: The champion's forecasts.
///   - shadowProbabilities: The shadow's probabilities of the same rows.
///   - weight: w, how much the alternative leans towards the shadow, from ½ and below 1: at 1 a single
///     row can end the bet.
/// - Returns: ln E after each row.
/// - Throws: ``StatisticsError`` for unequal lengths and values outside [0, 1].
///
/// ## Edge cases
///
/// - Equal probabilities give the factor 1. A row in which both are 0 or both 1 is skipped likewise.
///
/// ## Source
///
/// Henzi, A. and Ziegel, J. F. (2022). Valid sequential inference on probability forecast performance.
/// *Biometrika*, 109(3), 647–663.
/// Checked against comparecast 1.0.0 `eprocess_hz`: `fixtures/statistics/06_anytime`.
public func conditionalDominance(
    champion: BinaryForecasts,
    shadowProbabilities: [Double],
    weight: Double = 0.75
) throws(StatisticsError) -> [Double] {
    precondition(weight >= 0.5 && weight < 1, "The weight is one half or more and below 1.")
    try Checks.sameCount(
        "probabilities",
        champion.count,
        "shadowProbabilities",
        shadowProbabilities.count
    )
    try Checks.probabilities("shadowProbabilities", shadowProbabilities)
    var logE = 0.0
    var path: [Double] = []
    path.reserveCapacity(champion.count)
    for (index, q) in shadowProbabilities.enumerated() {
        let p = champion.probabilities[index]
        let lean = (weight - 0.5) * (q - p)
        let kappa = 0.5 * (p + q)
        // ln(π/κ) as ln(1 + (π − κ)/κ): exact for near-equal forecasts.
        if p != q {
            logE += Double.log(
                onePlus: champion.outcomes[index] ? lean / kappa : -lean / (1 - kappa)
            )
        }
        path.append(logE)
    }
    return path
}
