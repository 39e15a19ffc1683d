import RealModule

/// The binomial distribution: successes in n independent trials of probability p.
public struct Binomial: Sendable, Hashable {
    /// n, the trials.
    public let trials: Int
    /// p, the probability of a success.
    public let probability: Double

    /// Makes the distribution.
    ///
    /// - Parameters:
    ///   - trials: n ≥ 0.
    ///   - probability: p, from 0 to 1.
    public init(trials: Int, probability: Double) {
        precondition(trials >= 0, "There are 0 trials or more.")
        precondition(probability >= 0 && probability <= 1, "A probability is from 0 to 1.")
        self.trials = trials
        self.probability = probability
    }

    /// The probability of at most k successes.
    ///
    /// - Parameter k: A whole number.
    /// - Returns: P(X ≤ k).
    public func cumulative(_ k: Int) -> Double {
        if k < 0 { return 0 }
        if k >= trials || probability == 0 { return 1 }
        if probability == 1 { return 0 }
        return Beta(Double(k) + 1, Double(trials - k)).tails(
            x: probability,
            y: 1 - probability
        ).upper
    }

    /// The least k with P(X ≤ k) ≥ share.
    ///
    /// - Parameter share: A probability from 0 to 1.
    /// - Returns: The quantile, from 0 to n.
    public func quantile(_ share: Double) -> Int {
        var (low, high) = (0, trials)
        while low < high {
            let middle = low + (high - low) / 2
            if cumulative(middle) >= share { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Draws a number of successes.
    ///
    /// Exact by inversion while the variance is at most 100, beyond by the rounded normal, whose skew is
    /// then below 0.1.
    ///
    /// - Parameter generator: The source of randomness.
    /// - Returns: From 0 to n.
    public func sample(using generator: inout SeededGenerator) -> Int {
        let u = generator.nextUniform()
        let p = min(probability, 1 - probability)
        let n = Double(trials)
        let successes: Int
        if n * p * (1 - p) > 100 {
            let z = Normal.uncheckedQuantile(min(max(u, 1e-16), 1 - 1e-16))
            successes = Int(min(max((n * p + z * Double.sqrt(n * p * (1 - p))).rounded(), 0), n))
        } else {
            var term = Double.exp(n * Double.log(onePlus: -p))
            var cumulative = term
            var k = 0
            while u >= cumulative, k < trials {
                k += 1
                term *= (n - Double(k) + 1) / Double(k) * p / (1 - p)
                cumulative += term
                // Past the mean the tail cannot reach u any more: rounding, not probability.
                if term < 1e-18, Double(k) > n * p { break }
            }
            successes = k
        }
        return probability <= 0.5 ? successes : trials - successes
    }
}
