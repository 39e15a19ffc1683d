import RealModule

/// The losses of a model in one block of evidence beside those of a constant forecast on the same rows.
///
/// Losses lie from 0 to 1: the Brier score, the error of a decision, or another one that was brought there. Rows with
/// the same loss and the same reference may be one element with a weight.
public struct RelativeRiskBlock: Sendable, Hashable {
    /// ℓ by element.
    public let losses: [Double]
    /// The loss of the constant forecast by element; see ``ReferenceForecast``.
    public let references: [Double]
    /// How many rows each element stands for.
    public let weights: [Double]
    /// The largest loss that the constant forecast could have had, whatever came: it limits the bets, and so must be known
    /// before the labels.
    public let largestReference: Double

    /// Checks and keeps a block.
    ///
    /// - Parameters:
    ///   - losses: From 0 to 1.
    ///   - references: From 0 to `largestReference`.
    ///   - weights: Above 0; `nil` for one row an element.
    ///   - largestReference: Above 0, at most 1.
    /// - Throws: ``StatisticsError`` for unequal lengths, and for a value outside its range.
    public init(
        losses: [Double],
        references: [Double],
        weights: [Double]? = nil,
        largestReference: Double
    ) throws(StatisticsError) {
        let weights = weights ?? [Double](repeating: 1, count: losses.count)
        try Checks.sameCount("losses", losses.count, "references", references.count)
        try Checks.sameCount("losses", losses.count, "weights", weights.count)
        try Checks.probabilities("losses", losses)
        try Checks.positive("weights", weights)
        guard largestReference >= Checks.least, largestReference <= 1 else {
            throw .outOfRange(
                name: "largest reference",
                value: largestReference,
                allowed: "above 0 and at most 1"
            )
        }
        try Checks.probabilities("references", references)
        for reference in references where reference > largestReference {
            throw .outOfRange(
                name: "reference",
                value: reference,
                allowed: "at most \(largestReference), the largest there can be"
            )
        }
        self.losses = losses
        self.references = references
        self.weights = weights
        self.largestReference = largestReference
    }

    /// A block of the Brier score.
    ///
    /// - Parameters:
    ///   - probabilities: The scores of its rows, from 0 to 1.
    ///   - outcomes: Whether each row is positive.
    ///   - reference: r, strictly between 0 and 1, from earlier blocks.
    /// - Throws: ``StatisticsError`` for unequal lengths and values outside their range.
    public init(
        probabilities: [Double],
        outcomes: [Bool],
        reference: Double
    ) throws(StatisticsError) {
        try Checks.sameCount("probabilities", probabilities.count, "outcomes", outcomes.count)
        try Checks.probabilities("probabilities", probabilities)
        func square(_ forecast: Double, _ outcome: Bool) -> Double {
            let distance = (outcome ? 1 : 0) - forecast
            return distance * distance
        }
        try self.init(
            losses: zip(probabilities, outcomes).map(square),
            references: outcomes.map { square(reference, $0) },
            largestReference: max(square(reference, true), square(reference, false))
        )
    }

    /// S, the sum of its losses.
    public var loss: Double { zip(weights, losses).reduce(0) { $0 + $1.0 * $1.1 } }

    /// R, the sum of the constant forecast's.
    public var reference: Double { zip(weights, references).reduce(0) { $0 + $1.0 * $1.1 } }

    /// Σ w ln(1 + λ(ℓ − b·ref)) for each bet λ; with the sign turned, Σ w ln(1 + λ(b·ref − ℓ)).
    ///
    /// `factor` is what losses are taken times of, up to 1.
    func logIncrements(
        bets: [Double],
        bound: Double,
        turned: Bool = false,
        factor: Double = 1
    ) -> [Double] {
        let sign: Double = turned ? -1 : 1
        return bets.map { bet in
            var sum = 0.0
            for index in losses.indices {
                let loss = min(1, factor * losses[index])
                let excess = sign * (loss - bound * references[index])
                sum += weights[index] * Double.log(onePlus: bet * excess)
            }
            return sum
        }
    }
}
