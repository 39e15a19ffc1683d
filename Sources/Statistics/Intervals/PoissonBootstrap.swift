import RealModule

/// A bootstrap of a ratio of sums whose weights come from hashes: mergeable, and equal on every machine.
///
/// In replicate r the rows of entity e count as often as a Poisson(1) number drawn from (seed, e, r) says.
/// The same entity has the same weight wherever it is seen, so states of parts add up to the state of
/// the whole, rows of an entity stay together, and subtracting a row undoes adding it.
///
/// ## Source
///
/// Hanley, J. A. and MacGibbon, B. (2006). Creating non-parametric bootstrap samples using Poisson
/// frequencies. *Computer Methods and Programs in Biomedicine*, 83(1), 57–62; Chamandy, N. et al.
/// (2012). Estimating uncertainty for massive data streams. Google technical report.
public struct PoissonBootstrap: Sendable, Hashable {
    /// The seed that the weights depend on.
    public let seed: UInt64
    /// Σ weight · numerator of each replicate.
    public private(set) var numerators: [Double]
    /// Σ weight · denominator of each replicate.
    public private(set) var denominators: [Double]
    private var numerator = 0.0
    private var denominator = 0.0

    /// Starts with no rows.
    ///
    /// - Parameters:
    ///   - replicates: B ≥ 2; 500 to 1000 for an interval.
    ///   - seed: The seed.
    public init(replicates: Int = 500, seed: UInt64 = 1) {
        precondition(replicates >= 2, "There are two replicates or more.")
        self.seed = seed
        numerators = [Double](repeating: 0, count: replicates)
        denominators = numerators
    }

    /// Adds the sums of an entity.
    ///
    /// - Parameters:
    ///   - entity: A hash of the entity's name, the same wherever it is seen.
    ///   - numerator: What its rows add to the numerator, for instance Σ loss.
    ///   - denominator: What its rows add to the denominator, for instance their number.
    public mutating func add(entity: UInt64, numerator: Double, denominator: Double) {
        for replicate in numerators.indices {
            let weight = Self.weight(entity: entity, replicate: replicate, seed: seed)
            numerators[replicate] += weight * numerator
            denominators[replicate] += weight * denominator
        }
        self.numerator += numerator
        self.denominator += denominator
    }

    /// Adds the rows of another state with the same seed and replicates.
    ///
    /// - Parameter other: The other state.
    public mutating func merge(_ other: PoissonBootstrap) {
        precondition(
            seed == other.seed && numerators.count == other.numerators.count,
            "The seeds and replicates are equal."
        )
        for replicate in numerators.indices {
            numerators[replicate] += other.numerators[replicate]
            denominators[replicate] += other.denominators[replicate]
        }
        numerator += other.numerator
        denominator += other.denominator
    }

    /// The ratio over all rows; `nil` when the denominator is not above 0.
    public var ratio: Double? { denominator > 0 ? numerator / denominator : nil }

    private var ratios: [Double] {
        zip(numerators, denominators).compactMap { $1 > 0 ? $0 / $1 : nil }
    }

    /// The standard deviation of the replicates; `nil` with fewer than two that have rows.
    public var standardError: Double? {
        let ratios = ratios
        guard let estimate = try? MeanEstimate(values: ratios), let error = estimate.standardError
        else { return nil }
        return error * Double.sqrt(Double(ratios.count))
    }

    /// The percentile interval of the replicates.
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval, or `nil` with fewer than two replicates that have rows.
    public func interval(level: Double = 0.95) -> Interval? {
        Checks.level(level)
        let sorted = ratios.sorted()
        guard sorted.count >= 2 else { return nil }
        let tail = 0.5 * (1 - level)
        return Interval(
            low: quantile(sorted: sorted, tail),
            high: quantile(sorted: sorted, 1 - tail)
        )
    }

    /// The Poisson(1) weight of an entity in a replicate.
    ///
    /// - Parameters:
    ///   - entity: The hash of the entity's name.
    ///   - replicate: The replicate, from 0.
    ///   - seed: The seed.
    /// - Returns: 0, 1, 2, … with mean 1.
    public static func weight(entity: UInt64, replicate: Int, seed: UInt64) -> Double {
        let mixed = SplitMix64.mix(
            entity ^ SplitMix64.mix(seed &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(replicate + 1))
        )
        let u = Double(mixed >> 11) * 0x1p-53
        var (weight, term) = (0.0, 0.367879441171442321595523770161)
        var cumulative = term
        while u >= cumulative, weight < 20 {
            weight += 1
            term /= weight
            cumulative += term
        }
        return weight
    }
}
