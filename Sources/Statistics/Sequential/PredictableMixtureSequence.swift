import RealModule

/// The predictable-mixture confidence sequences of a mean in [0, 1] that does not change.
///
///     centre ΣλᵢXᵢ/Σλᵢ     margin (ln(2/α) + Σ cost(λᵢ))/Σλᵢ
///     empirical Bernstein: cost (Xᵢ − μ̂_{i−1})² ψ(λᵢ), λᵢ = min(½, √(2 ln(2/α)/(σ̂²_{i−1} i ln(i + 1))))
///     Hoeffding: cost λᵢ²/8, λᵢ = min(1, √(8 ln(2/α)/(i ln(i + 1))))
///
/// The centre is a weighted mean: under drift it is not the running mean. Then use
/// ``EmpiricalBernsteinSequence``.
///
/// ## Source
///
/// Waudby-Smith, I. and Ramdas, A. (2024). *Journal of the Royal Statistical Society B*, 86(1), 1–27,
/// theorems 1 and 2. Checked against confseq 0.0.11 `predmix`: `fixtures/statistics/06_anytime`.
public struct PredictableMixtureSequence: Sendable, Hashable {
    /// How the width follows the data.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// The width follows the variance.
        case empiricalBernstein
        /// The width is that of the widest distribution on [0, 1].
        case hoeffding
    }

    /// How the width follows the data.
    public let form: Form
    /// The probability that the sequence ever misses.
    public let alpha: Double
    /// The values so far.
    public private(set) var count = 0

    private var sum = 0.0
    private var squares = 0.0
    private var bets = 0.0
    private var weighted = 0.0
    private var cost = 0.0

    /// Starts a sequence.
    ///
    /// - Parameters:
    ///   - form: How the width follows the data.
    ///   - alpha: The error probability, strictly between 0 and 1.
    public init(_ form: Form = .empiricalBernstein, alpha: Double = 0.05) {
        Checks.alpha(alpha)
        self.form = form
        self.alpha = alpha
    }

    /// Adds a value.
    ///
    /// - Parameter value: A value from 0 to 1.
    /// - Throws: ``StatisticsError/notAProbability(name:element:value:)``.
    public mutating func add(_ value: Double) throws(StatisticsError) {
        try Checks.probabilities("values", [value])
        let i = Double(count + 1)
        let log = Double.log(2 / alpha) / (i * Double.log(i + 1))
        let bet: Double
        switch form {
        case .empiricalBernstein:
            // One made-up value of ½ with variance ¼ keeps the first bets small.
            bet = min(0.5, Double.sqrt(2 * log * i / (0.25 + squares)))
            let residual = value - (0.5 + sum) / i
            cost += residual * residual * exponentialCost(bet)
        case .hoeffding:
            bet = min(1, Double.sqrt(8 * log))
            cost += bet * bet / 8
        }
        bets += bet
        weighted += bet * value
        count += 1
        sum += value
        let centre = (0.5 + sum) / (i + 1)
        squares += (value - centre) * (value - centre)
    }

    /// The interval now, within [0, 1]; `nil` before the first value.
    public var interval: Interval? {
        guard count > 0 else { return nil }
        let centre = weighted / bets
        let margin = (Double.log(2 / alpha) + cost) / bets
        return Interval(low: max(0, centre - margin), high: min(1, centre + margin))
    }
}
