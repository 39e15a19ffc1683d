import RealModule

/// The clip of probabilities before their log odds are taken: 1e-6 from either end.
let logOddsClip = 1e-6

/// Cox's recalibration: the intercept a and the slope b of log odds, logit P(y=1) = a + b·logit p.
///
/// A calibrated model has a = 0 and b = 1; b < 1 means scores that are too extreme.
public struct CalibrationFit: Sendable, Hashable {
    /// The intercept a.
    public let intercept: Double
    /// The slope b.
    public let slope: Double
    /// The standard error of the intercept.
    public let interceptStandardError: Double
    /// The standard error of the slope.
    public let slopeStandardError: Double
    /// The likelihood ratio statistic of a = 0 and b = 1, chi-squared with 2 degrees of freedom.
    public let likelihoodRatio: Double
    /// The p-value of that statistic, at one fixed look.
    public let pValue: Double
    /// The rows whose probability was moved to 1e-6 or 1 − 1e-6 first.
    public let clippedCount: Double

    /// The interval b ± z·SE of the slope.
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval.
    public func slopeInterval(level: Double = 0.95) -> Interval {
        Checks.level(level)
        let half = Normal.critical(level: level) * slopeStandardError
        return Interval(low: slope - half, high: slope + half)
    }

    /// The interval a ± z·SE of the intercept.
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval.
    public func interceptInterval(level: Double = 0.95) -> Interval {
        Checks.level(level)
        let half = Normal.critical(level: level) * interceptStandardError
        return Interval(low: intercept - half, high: intercept + half)
    }
}

/// Calibration in the large: the intercept with the slope held at 1.
public struct CalibrationInTheLarge: Sendable, Hashable {
    /// The intercept; positive when events are more frequent than forecast.
    public let intercept: Double
    /// Its standard error.
    public let standardError: Double
    /// The likelihood ratio statistic of intercept 0, chi-squared with 1 degree of freedom.
    public let likelihoodRatio: Double
    /// The p-value of that statistic, at one fixed look.
    public let pValue: Double
}

/// Fits the calibration intercept and slope of forecasts.
///
/// - Parameter forecasts: n ≥ 1 forecasts; rows count as independent.
/// - Returns: The fit, or `nil` when it has no finite maximum: one class only, all probabilities
///   equal, or classes that a threshold separates.
///
/// ## Source
///
/// Cox, D. R. (1958). Two further applications of a model for binary regression. *Biometrika*, 45,
/// 562–565; Van Calster, B. et al. (2019). Calibration: the Achilles heel of predictive analytics.
/// *BMC Medicine*, 17, 230.
/// Checked against statsmodels 0.15.0 `Logit` and R rms 6.5.0 `val.prob`:
/// `fixtures/statistics/04_calibration`.
public func calibrationFit(_ forecasts: BinaryForecasts) -> CalibrationFit? {
    BinomialPoints(forecasts).calibrationFit(clippedCount: clippedCount(forecasts))
}

/// Fits the calibration intercept and slope of binned forecasts, at the mean score of each bin.
///
/// - Parameter bins: Rows, scores and positives by bin; many narrow bins come near to the rows.
/// - Returns: The fit, or `nil` when it has no finite maximum.
public func calibrationFit(_ bins: CalibrationBins) -> CalibrationFit? {
    BinomialPoints(bins).calibrationFit(clippedCount: clippedCount(bins))
}

/// Fits calibration in the large of forecasts.
///
/// - Parameter forecasts: n ≥ 1 forecasts; rows count as independent.
/// - Returns: The fit, or `nil` for one class only.
public func calibrationInTheLarge(_ forecasts: BinaryForecasts) -> CalibrationInTheLarge? {
    BinomialPoints(forecasts).calibrationInTheLarge()
}

/// Fits calibration in the large of binned forecasts, at the mean score of each bin.
///
/// - Parameter bins: Rows, scores and positives by bin.
/// - Returns: The fit, or `nil` for one class only.
public func calibrationInTheLarge(_ bins: CalibrationBins) -> CalibrationInTheLarge? {
    BinomialPoints(bins).calibrationInTheLarge()
}

extension BinomialPoints {
    fileprivate var bothClasses: Bool {
        var (n, y) = (0.0, 0.0)
        for index in x.indices {
            n += trials[index]
            y += successes[index]
        }
        return y > 0 && y < n
    }

    fileprivate func calibrationFit(clippedCount: Double) -> CalibrationFit? {
        guard bothClasses, let (a, b) = fit() else { return nil }
        let d = derivatives(a, b)
        let determinant = d.haa * d.hbb - d.hab * d.hab
        let ratio = max(0, 2 * (logLikelihood(a, b) - logLikelihood(0, 1)))
        return CalibrationFit(
            intercept: a,
            slope: b,
            interceptStandardError: Double.sqrt(d.hbb / determinant),
            slopeStandardError: Double.sqrt(d.haa / determinant),
            likelihoodRatio: ratio,
            pValue: ChiSquared(degreesOfFreedom: 2).survival(ratio),
            clippedCount: clippedCount
        )
    }

    fileprivate func calibrationInTheLarge() -> CalibrationInTheLarge? {
        guard bothClasses, let a = fitIntercept() else { return nil }
        let ratio = max(0, 2 * (logLikelihood(a, 1) - logLikelihood(0, 1)))
        return CalibrationInTheLarge(
            intercept: a,
            standardError: 1 / Double.sqrt(derivatives(a, 1).haa),
            likelihoodRatio: ratio,
            pValue: ChiSquared(degreesOfFreedom: 1).survival(ratio)
        )
    }
}

extension BinomialPoints {
    /// One point a row, at the log odds of its probability.
    init(_ forecasts: BinaryForecasts) {
        x = forecasts.probabilities.map { logit($0, clip: logOddsClip) }
        trials = [Double](repeating: 1, count: forecasts.count)
        successes = forecasts.outcomes.map { $0 ? 1 : 0 }
    }

    /// One point a bin with rows, at the log odds of its mean score.
    init(_ bins: CalibrationBins) {
        let filled = bins.counts.indices.filter { bins.counts[$0] > 0 }
        x = filled.map { logit(bins.scoreSums[$0] / bins.counts[$0], clip: logOddsClip) }
        trials = filled.map { bins.counts[$0] }
        successes = filled.map { min(bins.positives[$0], bins.counts[$0]) }
    }
}

private func isClipped(_ p: Double) -> Bool { p < logOddsClip || p > 1 - logOddsClip }

private func clippedCount(_ forecasts: BinaryForecasts) -> Double {
    var count = 0.0
    for p in forecasts.probabilities where isClipped(p) { count += 1 }
    return count
}

private func clippedCount(_ bins: CalibrationBins) -> Double {
    var count = 0.0
    for bin in bins.counts.indices where bins.counts[bin] > 0 {
        if isClipped(bins.scoreSums[bin] / bins.counts[bin]) { count += bins.counts[bin] }
    }
    return count
}
