import RealModule

/// The cohort e-SR detector: raises an alarm when the mean of a loss in [0, 1] exceeds a bound m.
///
///     ln M_k ← ln(M_k + 1) + L_k     L_k = (1/φ) Σ_{i in cohort} ln(1 + λ_k(ℓᵢ − m))
///     ln M = ln mean_k M_k           alarm at the first ln M ≥ ln(T/α)
///
/// Fed one matured cohort at a time, in event order. While the mean given the past is at most m, M − d
/// is a supermartingale, so the probability of any alarm within T cohorts is at most α, however often
/// one looks (φ = 1, rows independent given the past). With φ > 1, which tempers for rows of a day that
/// move together, the guarantee is an approximation that simulations support.
///
/// ## Source
///
/// Shin, J., Ramdas, A. and Rinaldo, A. (2024). E-detectors: a nonparametric framework for sequential
/// change detection. *New England Journal of Statistics in Data Science*, 2(2), 229–260. Cohorts and
/// tempering are our own. Checked against `fixtures/statistics/08_monitor` and `07_recommended`.
public struct ShiryaevRobertsDetector: Sendable, Hashable {
    /// m, the risk that is still tolerated.
    public let riskBound: Double
    /// φ ≥ 1, by which the log of every bet is divided.
    public let overdispersion: Double
    /// ln(T/α), where the alarm is raised.
    public let logThreshold: Double

    private let mixture: BetMixture
    private var logWealths: [Double]
    private var increments: [[Double]] = []

    /// The evidence ln M after each cohort so far.
    public private(set) var logEvidencePath: [Double] = []

    /// The index of the cohort, from 0, that first raised the alarm; `nil` while there is none.
    public private(set) var alarmIndex: Int?

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
        Checks.alpha(alpha)
        precondition(horizon >= 1 && betCount >= 1, "The horizon and the bets are at least one.")
        guard riskBound > 0, riskBound < 1, (0.5 / riskBound).isFinite else {
            throw .outOfRange(
                name: "risk bound",
                value: riskBound,
                allowed: "strictly between 0 and 1"
            )
        }
        guard overdispersion.isFinite else {
            throw .outOfRange(name: "overdispersion", value: overdispersion, allowed: "finite")
        }
        self.riskBound = riskBound
        self.overdispersion = max(1, overdispersion)
        logThreshold = Double.log(Double(horizon)) - Double.log(alpha)
        mixture = BetMixture(riskBound: riskBound, count: betCount)
        logWealths = [Double](repeating: -.infinity, count: betCount)
    }

    /// The cohorts fed so far.
    public var cohortCount: Int { increments.count }

    /// ln M now; `nil` before the first cohort.
    public var logEvidence: Double? { logEvidencePath.last }

    /// Feeds the losses of the next cohort.
    ///
    /// - Parameter losses: The losses of its rows, each from 0 to 1; none leaves only the passing of
    ///   a cohort.
    /// - Throws: ``StatisticsError/notAProbability(name:element:value:)`` for a loss outside [0, 1].
    public mutating func add(losses: [Double]) throws(StatisticsError) {
        try Checks.probabilities("losses", losses)
        add(logIncrements: mixture.logIncrements(losses: losses))
    }

    /// Feeds the next cohort as a linearly split loss histogram, see ``linearlySplit(losses:intervals:)``.
    ///
    /// The evidence is a lower bound of that from the rows, by at most h²λ²/8 a row.
    ///
    /// - Parameter gridWeights: B + 1 ≥ 2 weights of the points 0, 1/B, …, 1.
    /// - Throws: ``StatisticsError`` for fewer than two points and weights below 0.
    public mutating func add(gridWeights: [Double]) throws(StatisticsError) {
        guard gridWeights.count >= 2 else {
            throw .outOfRange(
                name: "number of grid points",
                value: Double(gridWeights.count),
                allowed: "2 or more"
            )
        }
        try Checks.nonnegative("gridWeights", gridWeights)
        add(logIncrements: mixture.logIncrements(gridWeights: gridWeights))
    }

    private mutating func add(logIncrements: [Double]) {
        let tempered = logIncrements.map { $0 / overdispersion }
        for k in tempered.indices {
            logWealths[k] = LogSpace.add(logWealths[k], 0) + tempered[k]
        }
        increments.append(tempered)
        let evidence = LogSpace.mean(logWealths)
        logEvidencePath.append(evidence)
        if alarmIndex == nil, evidence >= logThreshold { alarmIndex = cohortCount - 1 }
    }

    /// The most likely first cohort of the change: where the evidence up to now is largest if started.
    ///
    ///     argmax_j ln mean_k exp Σ_{d ≥ j} L_{k,d}
    ///
    /// - Returns: The index of the cohort, from 0; `nil` before the first cohort.
    /// - Complexity: O(cohorts · bets).
    public func changePoint() -> Int? {
        var sums = [Double](repeating: 0, count: mixture.bets.count)
        var best: (index: Int, evidence: Double)?
        for index in increments.indices.reversed() {
            for k in sums.indices { sums[k] += increments[index][k] }
            let evidence = LogSpace.mean(sums)
            if best.map({ evidence > $0.evidence }) ?? true { best = (index, evidence) }
        }
        return best?.index
    }
}
