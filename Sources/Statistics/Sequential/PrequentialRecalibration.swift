import RealModule

/// Evidence that forecasts are miscalibrated, from recalibrating them on the past only.
///
///     logit r = a + b·logit p, (a, b) the penalised fit on earlier cohorts, penalty (κ/2)(a² + (b−1)²)
///     ln E = Σ [ln Bern(y; r) − ln Bern(y; p)]
///
/// Null: P(y = 1 | past, features) is the forecast p. Under it E is a test martingale, whatever the fit,
/// so E ≥ 1/α at any time rejects: exact, no bins, any number of looks. ln E is also the log-loss gain of
/// the recalibrated forecasts, which are returned to be judged as a virtual shadow.
///
/// The null is a point: with enough data any small miscalibration rejects it, so show the size beside it.
///
/// ## Source
///
/// Henzi, A. and Ziegel, J. F. (2022), *Biometrika*, 109(3); Arnold, S., Henzi, A. and Ziegel, J. F.
/// (2023). Sequentially valid tests for forecast calibration. *Annals of Applied Statistics*, 17(3).
/// The fit is our choice. Checked against `fixtures/statistics/07_recommended`.
public struct PrequentialRecalibration: Sendable {
    /// The number of latest cohorts that are fitted; `nil` for all.
    public let window: Int?
    /// κ, which pulls the fit towards no change.
    public let penalty: Double
    /// ln E over the cohorts that were added as evidence.
    public private(set) var logEvidence = 0.0
    /// The coefficients that the latest cohort was recalibrated with; (0, 1) at the start.
    public private(set) var coefficients = LogOddsLine(intercept: 0, slope: 1)

    private var cohorts: [BinomialPoints] = []

    /// Starts with no cohorts.
    ///
    /// - Parameters:
    ///   - window: The number of latest cohorts to fit, 1 or more; `nil` for all. A short window follows
    ///     change, a long one is steadier: run both, each as evidence of its own.
    ///   - penalty: κ > 0; 4 by default.
    public init(window: Int? = nil, penalty: Double = 4) {
        precondition((window ?? 1) >= 1 && penalty > 0, "The window and the penalty are above 0.")
        self.window = window
        self.penalty = penalty
    }

    /// Adds the next cohort in event order.
    ///
    /// - Parameter cohort: Its forecasts with mature outcomes; probabilities are clipped to
    ///   [1e-6, 1 − 1e-6].
    /// - Returns: The recalibrated probabilities, which used earlier cohorts only.
    public mutating func add(_ cohort: BinaryForecasts) -> [Double] {
        let points = BinomialPoints(cohort)
        add(points)
        return points.x.map { coefficients.probability(logOdds: $0) }
    }

    /// Adds the next cohort in event order, as bins, with each row at the mean score of its bin.
    ///
    /// The evidence is that of forecasts rounded to their bin means; use many narrow bins.
    ///
    /// - Parameter cohort: Rows, scores and positives by bin.
    /// - Returns: The recalibrated mean score of each bin with rows.
    public mutating func add(_ cohort: CalibrationBins) -> [Double] {
        let points = BinomialPoints(cohort)
        add(points)
        return points.x.map { coefficients.probability(logOdds: $0) }
    }

    private mutating func add(_ points: BinomialPoints) {
        coefficients = nextFit()
        logEvidence +=
            points.logLikelihood(coefficients.intercept, coefficients.slope)
            - points.logLikelihood(0, 1)
        append(points)
    }

    /// Adds the next cohort in event order for later fits alone: it is no evidence, and is not recalibrated.
    ///
    /// - Parameter cohort: Rows, scores and positives by bin.
    public mutating func learn(_ cohort: CalibrationBins) { append(BinomialPoints(cohort)) }

    private mutating func append(_ points: BinomialPoints) {
        cohorts.append(points)
        if let window, cohorts.count > window { cohorts.removeFirst(cohorts.count - window) }
    }

    /// The fit on the cohorts so far, with which the next one will be recalibrated.
    ///
    /// A map that turns the order of scores around is no recalibration. Where the fit would, the scores say nothing, or the
    /// opposite of what they did, and the map is a constant: the share of positives.
    ///
    /// - Returns: Its coefficients, with a slope of 0 or more; (0, 1) without cohorts.
    public func nextFit() -> LogOddsLine {
        guard !cohorts.isEmpty else { return LogOddsLine(intercept: 0, slope: 1) }
        let all = BinomialPoints(
            x: cohorts.flatMap(\.x),
            trials: cohorts.flatMap(\.trials),
            successes: cohorts.flatMap(\.successes)
        )
        guard let (a, b) = all.fit(penalty: penalty) else {
            return LogOddsLine(intercept: 0, slope: 1)
        }
        guard b < 0 else { return LogOddsLine(intercept: a, slope: b) }
        let positives = all.successes.reduce(0, +)
        let rows = all.trials.reduce(0, +)
        return LogOddsLine(intercept: logit(positives / rows, clip: logOddsClip), slope: 0)
    }
}
