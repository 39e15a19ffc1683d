import RealModule

/// A function from scores to recalibrated probabilities, as plain values that can be written as JSON.
public enum RecalibrationMap: Sendable, Hashable, Codable {
    /// logit r = intercept + slope·logit p: Platt's sigmoid on the log odds.
    case platt(intercept: Double, slope: Double)
    /// logit r = a ln p − b ln(1 − p) + c, with a ≥ 0 and b ≥ 0.
    case beta(a: Double, b: Double, c: Double)
    /// Linear between points of ascending score, constant beyond the first and the last.
    case isotonic(scores: [Double], values: [Double])

    /// The recalibrated probability of a score.
    ///
    /// - Parameter score: A probability; Platt and beta maps clip it to [1e-6, 1 − 1e-6] first.
    /// - Returns: A probability.
    public func callAsFunction(_ score: Double) -> Double {
        switch self {
        case .platt(let intercept, let slope):
            return logistic(intercept + slope * logit(score, clip: logOddsClip))
        case .beta(let a, let b, let c):
            let p = min(max(score, logOddsClip), 1 - logOddsClip)
            return logistic(a * Double.log(p) - b * Double.log(onePlus: -p) + c)
        case .isotonic(let scores, let values):
            let index = scores.partitioningIndex { $0 >= score }
            guard index < scores.count else { return values.last ?? score }
            if index == 0 || scores[index] == score { return values[index] }
            let share = (score - scores[index - 1]) / (scores[index] - scores[index - 1])
            return values[index - 1] + share * (values[index] - values[index - 1])
        }
    }

    /// Fits Platt's map with a penalty (κ/2)(a² + (b − 1)²), which keeps separated classes finite.
    ///
    /// - Parameters:
    ///   - forecasts: Forecasts with outcomes.
    ///   - penalty: κ > 0; 4 counts as much as a handful of rows.
    /// - Returns: The map.
    ///
    /// ## Source
    ///
    /// Platt, J. C. (1999). Probabilistic outputs for support vector machines. *Advances in Large
    /// Margin Classifiers*, 61–74, on log odds instead of margins.
    public static func platt(
        fitting forecasts: BinaryForecasts,
        penalty: Double = 4
    ) -> RecalibrationMap {
        platt(BinomialPoints(forecasts), penalty)
    }

    /// Fits Platt's map to binned forecasts, each bin at its mean score.
    ///
    /// - Parameters:
    ///   - bins: Rows, scores and positives by bin.
    ///   - penalty: κ > 0.
    /// - Returns: The map.
    public static func platt(
        fitting bins: CalibrationBins,
        penalty: Double = 4
    ) -> RecalibrationMap {
        platt(BinomialPoints(bins), penalty)
    }

    private static func platt(_ points: BinomialPoints, _ penalty: Double) -> RecalibrationMap {
        precondition(penalty > 0, "The penalty is above 0.")
        let fit = points.fit(penalty: penalty)
        return .platt(intercept: fit?.a ?? 0, slope: fit?.b ?? 1)
    }

    /// Fits the isotonic map: each block's share at its lowest and highest score.
    ///
    /// - Parameter forecasts: Forecasts with outcomes.
    /// - Returns: The map, equal to scikit-learn's `IsotonicRegression(out_of_bounds="clip")`.
    public static func isotonic(fitting forecasts: BinaryForecasts) -> RecalibrationMap {
        isotonic(IsotonicRegression(forecasts))
    }

    /// The map of an isotonic fit, of rows or of bins.
    ///
    /// - Parameter fit: The fit.
    /// - Returns: The map.
    public static func isotonic(_ fit: IsotonicRegression) -> RecalibrationMap {
        var scores: [Double] = []
        var values: [Double] = []
        for block in fit.blocks {
            scores.append(block.low)
            values.append(block.value)
            if block.high > block.low {
                scores.append(block.high)
                values.append(block.value)
            }
        }
        return .isotonic(scores: scores, values: values)
    }

    /// Fits the beta map with a small penalty that pulls towards no change.
    ///
    /// - Parameters:
    ///   - forecasts: Forecasts with outcomes.
    ///   - penalty: κ > 0, on (a − 1)² + (b − 1)² + c².
    /// - Returns: The map; a and b that would be negative are 0.
    ///
    /// ## Source
    ///
    /// Kull, M., Silva Filho, T. M. and Flach, P. (2017). Beyond sigmoids: how to obtain
    /// well-calibrated probabilities from binary classifiers with beta calibration. *Electronic
    /// Journal of Statistics*, 11(2), 5052–5080.
    public static func beta(
        fitting forecasts: BinaryForecasts,
        penalty: Double = 4
    ) -> RecalibrationMap {
        precondition(penalty > 0, "The penalty is above 0.")
        var fit = BetaFit(forecasts, penalty: penalty)
        var solution = fit.solve()
        // A negative coefficient would turn the map around; it is held at 0 and the rest refitted.
        for index in [0, 1] where solution[index] < 0 {
            fit.heldAtZero.insert(index)
            solution = fit.solve()
        }
        return .beta(a: max(0, solution[0]), b: max(0, solution[1]), c: solution[2])
    }
}
