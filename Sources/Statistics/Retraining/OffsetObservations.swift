import RealModule

/// Binomial observations: y successes in n trials, at log odds that a fit departs from.
struct OffsetObservations {
    /// The log odds of each row.
    let offsets: [Double]
    /// n, of every row.
    let trials: Double
    /// y, of each row.
    let successes: [Double]

    /// Outcomes of two classes around the log odds of their forecasts.
    init(probabilities: [Double], outcomes: [Bool]) {
        offsets = probabilities.map(ChampionScale.logOdds)
        trials = 1
        successes = outcomes.map { $0 ? 1 : 0 }
    }

    /// Numbers around their forecasts, with errors of a logistic distribution.
    ///
    /// The density of an error e is that of a success and a failure at log odds e:
    ///
    ///     ln f(e) = −e − 2 ln(1 + exp −e) = ln σ(e) + ln σ(−e)
    init(predictions: [Double], outcomes: [Double], errorScale: Double) {
        offsets = zip(predictions, outcomes).map { ($0 - $1) / errorScale }
        trials = 2
        successes = [Double](repeating: 1, count: outcomes.count)
    }

    /// The negative log likelihood at log odds, up to a constant.
    func loss(_ logOdds: [Double]) -> Double {
        var sum = 0.0
        for row in logOdds.indices {
            sum += trials * softplus(logOdds[row]) - successes[row] * logOdds[row]
        }
        return sum
    }
}
