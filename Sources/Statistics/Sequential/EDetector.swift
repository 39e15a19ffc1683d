import RealModule

/// How a detector forgets the quiet past.
enum DetectorRecursion: Hashable, Sendable {
    /// M ← (M + 1)·e, the sum over all starting points.
    case shiryaevRoberts
    /// M ← max(M, 1)·e, the best starting point.
    case cumulativeSum
}

/// What the e-SR and e-CUSUM detectors share: bets, wealth, evidence, alarm and change point.
struct EDetector: Hashable, Sendable {
    let recursion: DetectorRecursion
    let mixture: BetMixture
    let overdispersion: Double
    let logThreshold: Double
    private var logWealths: [Double]
    private(set) var increments: [[Double]] = []
    private(set) var logEvidencePath: [Double] = []
    private(set) var alarmIndex: Int?

    init(
        recursion: DetectorRecursion,
        mixture: BetMixture,
        overdispersion: Double,
        horizon: Int,
        alpha: Double
    ) throws(StatisticsError) {
        Checks.alpha(alpha)
        precondition(horizon >= 1, "The horizon is one cohort or more.")
        let bound = mixture.riskBound
        guard bound > 0, bound < 1, (0.5 / bound).isFinite else {
            throw .outOfRange(name: "risk bound", value: bound, allowed: "strictly between 0 and 1")
        }
        guard overdispersion.isFinite else {
            throw .outOfRange(name: "overdispersion", value: overdispersion, allowed: "finite")
        }
        self.recursion = recursion
        self.mixture = mixture
        self.overdispersion = max(1, overdispersion)
        logThreshold = Double.log(Double(horizon)) - Double.log(alpha)
        logWealths = [Double](repeating: -.infinity, count: mixture.bets.count)
    }

    mutating func add(losses: [Double]) throws(StatisticsError) {
        try Checks.probabilities("losses", losses)
        add(logIncrements: mixture.logIncrements(losses: losses))
    }

    mutating func add(gridWeights: [Double]) throws(StatisticsError) {
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
            let start =
                switch recursion {
                case .shiryaevRoberts: LogSpace.add(logWealths[k], 0)
                case .cumulativeSum: max(logWealths[k], 0)
                }
            logWealths[k] = start + tempered[k]
        }
        increments.append(tempered)
        let evidence = mixture.mix(logWealths)
        logEvidencePath.append(evidence)
        if alarmIndex == nil, evidence >= logThreshold { alarmIndex = increments.count - 1 }
    }

    /// ln E of the e-process that starts with the first cohort.
    var logEvidenceFromStart: Double {
        var sums = [Double](repeating: 0, count: mixture.bets.count)
        for increment in increments {
            for k in sums.indices { sums[k] += increment[k] }
        }
        return mixture.mix(sums)
    }

    func changePoint() -> Int? {
        var sums = [Double](repeating: 0, count: mixture.bets.count)
        var best: (index: Int, evidence: Double)?
        for index in increments.indices.reversed() {
            for k in sums.indices { sums[k] += increments[index][k] }
            let evidence = mixture.mix(sums)
            if best.map({ evidence > $0.evidence }) ?? true { best = (index, evidence) }
        }
        return best?.index
    }
}
