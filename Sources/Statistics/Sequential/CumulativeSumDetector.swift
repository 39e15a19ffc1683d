/// The cohort e-CUSUM detector: as ``ShiryaevRobertsDetector``, with the best starting point only.
///
///     ln C_k ← max(ln C_k, 0) + L_k     ln C = ln mean_k C_k     alarm at the first ln C ≥ ln(T/α)
///
/// C never exceeds the M of the e-SR detector, so the bound on false alarms within T cohorts holds too;
/// it is slower on small changes and returns to 0 sooner in quiet times.
///
/// ## Source
///
/// Shin, J., Ramdas, A. and Rinaldo, A. (2024). E-detectors: a nonparametric framework for sequential
/// change detection. *New England Journal of Statistics in Data Science*, 2(2), 229–260.
/// Checked against `fixtures/statistics/08_monitor`.
public struct CumulativeSumDetector: Sendable, Hashable {
    private var detector: EDetector

    /// Starts a detector.
    ///
    /// - Parameters:
    ///   - riskBound: m, strictly between 0 and 1; see ``BaselineRisk``.
    ///   - overdispersion: φ; values below 1 count as 1.
    ///   - horizon: T ≥ 1, the cohorts within which a false alarm has probability α at most.
    ///   - alpha: α, strictly between 0 and 1; the part of the error that the baseline did not use.
    ///   - betCount: K ≥ 1, the number of bets.
    /// - Throws: ``StatisticsError/outOfRange(name:value:allowed:)`` for a bound outside (0, 1), for
    ///   which there is nothing to detect, and an overdispersion that is not finite.
    public init(
        riskBound: Double,
        overdispersion: Double = 1,
        horizon: Int = 365,
        alpha: Double = 0.04,
        betCount: Int = 20
    ) throws(StatisticsError) {
        precondition(betCount >= 1, "There is one bet or more.")
        detector = try EDetector(
            recursion: .cumulativeSum,
            mixture: BetMixture(riskBound: riskBound, count: betCount),
            overdispersion: overdispersion,
            horizon: horizon,
            alpha: alpha
        )
    }

    /// Starts a detector with bets of one's own.
    ///
    /// - Parameters:
    ///   - riskBound: m, strictly between 0 and 1.
    ///   - bets: λ_k > 0, each below 1/m so that no loss can ruin it.
    ///   - weights: The weights of the bets, above 0; they are scaled to add up to 1.
    ///   - horizon: T ≥ 1, the cohorts within which a false alarm has probability α at most.
    ///   - alpha: α, strictly between 0 and 1.
    /// - Throws: ``StatisticsError`` for a bound, a bet or a weight outside its range.
    public init(
        riskBound: Double,
        bets: [Double],
        weights: [Double],
        horizon: Int,
        alpha: Double
    ) throws(StatisticsError) {
        detector = try EDetector(
            recursion: .cumulativeSum,
            mixture: try BetMixture(checking: bets, weights: weights, riskBound: riskBound),
            overdispersion: 1,
            horizon: horizon,
            alpha: alpha
        )
    }

    /// m, the risk that is still tolerated.
    public var riskBound: Double { detector.mixture.riskBound }
    /// φ ≥ 1, by which the log of every bet is divided.
    public var overdispersion: Double { detector.overdispersion }
    /// ln(T/α), where the alarm is raised.
    public var logThreshold: Double { detector.logThreshold }
    /// The evidence ln C after each cohort so far.
    public var logEvidencePath: [Double] { detector.logEvidencePath }
    /// ln C now; `nil` before the first cohort.
    public var logEvidence: Double? { detector.logEvidencePath.last }
    /// The index of the cohort, from 0, that first raised the alarm; `nil` while there is none.
    public var alarmIndex: Int? { detector.alarmIndex }
    /// The cohorts fed so far.
    public var cohortCount: Int { detector.increments.count }
    /// ln E of the e-process that starts with the first cohort and never restarts.
    public var logEvidenceFromStart: Double { detector.logEvidenceFromStart }

    /// Feeds the losses of the next cohort.
    ///
    /// - Parameter losses: The losses of its rows, each from 0 to 1; none leaves only the passing of
    ///   a cohort.
    /// - Throws: ``StatisticsError/notAProbability(name:element:value:)`` for a loss outside [0, 1].
    public mutating func add(losses: [Double]) throws(StatisticsError) {
        try detector.add(losses: losses)
    }

    /// Feeds the next cohort as a linearly split histogram, see ``linearlySplit(losses:intervals:)``.
    ///
    /// The evidence is a lower bound of that from the rows, by at most h²λ²/8 a row.
    ///
    /// - Parameter gridWeights: B + 1 ≥ 2 weights of the points 0, 1/B, …, 1.
    /// - Throws: ``StatisticsError`` for fewer than two points and weights below 0.
    public mutating func add(gridWeights: [Double]) throws(StatisticsError) {
        try detector.add(gridWeights: gridWeights)
    }

    /// The likeliest first cohort of the change: from where evidence up to now is largest.
    ///
    ///     argmax_j ln mean_k exp Σ_{d ≥ j} L_{k,d}
    ///
    /// - Returns: The index of the cohort, from 0; `nil` before the first cohort.
    /// - Complexity: O(cohorts · bets).
    public func changePoint() -> Int? { detector.changePoint() }
}
