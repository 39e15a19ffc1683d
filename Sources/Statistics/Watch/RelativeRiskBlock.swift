import RealModule

/// The losses of a model in one block of evidence beside those of a constant forecast on the same rows.
///
/// Losses from 0 to 1, such as the Brier score or the error of a decision, are kept row by row; rows with the same loss and
/// the same reference may be one element with a weight. Of losses without a largest value, such as an absolute error,
/// sums are kept.
public struct RelativeRiskBlock: Sendable, Hashable {
    /// Rows whose losses lie from 0 to 1.
    public struct Rows: Sendable, Hashable {
        /// ℓ by element.
        public let losses: [Double]
        /// The loss of the constant forecast by element; see ``ReferenceForecast``.
        public let references: [Double]
        /// How many rows each element stands for.
        public let weights: [Double]
        /// The largest loss that the constant forecast could have had.
        public let largestReference: Double
    }

    /// Its rows, where their losses lie from 0 to 1.
    public let rows: Rows?
    /// Sums over its rows.
    public let moments: RiskMoments

    /// Keeps a block of losses without a largest value.
    public init(_ moments: RiskMoments) {
        rows = nil
        self.moments = moments
    }

    /// Checks and keeps a block.
    ///
    /// - Parameters:
    ///   - losses: From 0 to 1.
    ///   - references: From 0 to `largestReference`.
    ///   - weights: Above 0; `nil` for one row an element.
    ///   - largestReference: The largest loss that the constant forecast could have had, whatever came: above 0, at most 1. It
    ///     limits the bets, and so must be known before the labels.
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
        rows = Rows(
            losses: losses,
            references: references,
            weights: weights,
            largestReference: largestReference
        )
        var moments = RiskMoments()
        for index in losses.indices {
            moments.add(
                loss: losses[index],
                reference: references[index],
                weight: weights[index]
            )
        }
        self.moments = moments
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
}

extension RelativeRiskBlock.Rows {
    /// Σ w ln(1 + λ(ℓ − b·ref)) for each bet λ; with the sign turned, Σ w ln(1 + λ(b·ref − ℓ)).
    ///
    /// `factor` is what losses are taken times of, up to 1.
    func logIncrements(
        bets: [Double],
        bound: Double,
        turned: Bool,
        factor: Double
    ) -> [Double] {
        let sign: Double = turned ? -1 : 1
        let excesses = losses.indices.map { index in
            sign * (min(1, factor * losses[index]) - bound * references[index])
        }
        return bets.map { bet in
            var sum = 0.0
            for (weight, excess) in zip(weights, excesses) {
                sum += weight * Double.log(onePlus: bet * excess)
            }
            return sum
        }
    }
}

extension RiskMoments {
    /// λΣx − λ²Σ(x² + 2σ²)/6 for each bet λ, x = f·ℓ − b·ref; with the sign turned, of −x.
    func logIncrements(
        bets: [Double],
        bound: Double,
        deviation: Double,
        turned: Bool,
        factor: Double
    ) -> [Double] {
        var scaled = self
        scaled.loss *= factor
        scaled.product *= factor
        scaled.squaredLoss *= factor * factor
        let excess = (turned ? -1 : 1) * scaled.excess(bound)
        let penalty = (scaled.squaredExcess(bound) + 2 * deviation * deviation * rows) / 6
        return bets.map { $0 * excess - $0 * $0 * penalty }
    }
}
