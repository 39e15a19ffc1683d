import RealModule

/// A uniform mixture of constant bets λ_k = (½/m)·2^(−k/2) that the mean of a loss in [0, 1] exceeds m.
///
/// A bet multiplies its wealth by 1 + λ(ℓ − m) ≥ ½ with each loss ℓ. Large bets find large changes
/// fast, small bets find small ones at all.
struct BetMixture: Hashable, Sendable {
    let riskBound: Double
    let bets: [Double]
    /// The logarithms of the weights of the bets, which add up to 1.
    let logWeights: [Double]

    init(riskBound: Double, count: Int) {
        let bets = (0..<count).map { 0.5 / riskBound * Double.exp2(-0.5 * Double($0)) }
        self.init(
            riskBound: riskBound,
            bets: bets,
            weights: [Double](repeating: 1 / Double(count), count: count)
        )
    }

    init(riskBound: Double, bets: [Double], weights: [Double]) {
        self.riskBound = riskBound
        self.bets = bets
        logWeights = weights.map { Double.log($0) }
    }

    init(
        checking bets: [Double],
        weights: [Double],
        riskBound: Double
    ) throws(StatisticsError) {
        try Checks.notEmpty("bets", bets.count)
        try Checks.sameCount("bets", bets.count, "weights", weights.count)
        try Checks.positive("bets", bets)
        try Checks.positive("weights", weights)
        for bet in bets where !(bet * riskBound < 1) {
            throw .outOfRange(name: "bet", value: bet, allowed: "below one over the risk bound")
        }
        var total = 0.0
        for weight in weights { total += weight }
        self.init(riskBound: riskBound, bets: bets, weights: weights.map { $0 / total })
    }

    /// ln Σ w_k exp(v_k).
    func mix(_ logValues: [Double]) -> Double {
        LogSpace.sum(logValues.indices.map { logValues[$0] + logWeights[$0] })
    }

    /// Σ ln(1 + λ_k(ℓᵢ − m)) over losses, one sum a bet.
    func logIncrements(losses: [Double]) -> [Double] {
        bets.map { bet in
            var sum = 0.0
            for loss in losses { sum += Double.log(onePlus: bet * (loss - riskBound)) }
            return sum
        }
    }

    /// Σ c_g ln(1 + λ_k(g/B − m)) over a grid of B + 1 points with weights c.
    func logIncrements(gridWeights: [Double]) -> [Double] {
        let width = Double(gridWeights.count - 1)
        return bets.map { bet in
            var sum = 0.0
            for (point, weight) in gridWeights.enumerated() where weight > 0 {
                sum += weight * Double.log(onePlus: bet * (Double(point) / width - riskBound))
            }
            return sum
        }
    }
}

/// Splits losses linearly onto the two nearest points of a grid of B + 1 points over [0, 1].
///
/// Each loss x between g/B and (g + 1)/B gives 1 − f to point g and f to the next, f = xB − g, so the
/// mean of the losses is kept exactly. A concave function averaged over the grid is then at most its
/// average over the losses: an e-process computed from the grid is conservative.
///
/// - Parameters:
///   - losses: Losses from 0 to 1; others are moved to the nearer end.
///   - intervals: B ≥ 1.
/// - Returns: B + 1 weights that add up to the number of losses.
public func linearlySplit(losses: [Double], intervals: Int) -> [Double] {
    precondition(intervals >= 1, "A grid has at least one interval.")
    var weights = [Double](repeating: 0, count: intervals + 1)
    for loss in losses {
        let position = min(max(loss, 0), 1) * Double(intervals)
        let point = min(Int(position), intervals - 1)
        let share = position - Double(point)
        weights[point] += 1 - share
        weights[point + 1] += share
    }
    return weights
}
