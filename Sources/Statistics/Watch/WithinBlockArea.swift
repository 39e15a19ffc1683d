/// The area under the ROC curve within blocks of evidence: how well scores tell the classes of one day apart.
///
///     A = Σ w_d·AUC_d / Σ w_d     w_d = n₁n₀/(n₁ + n₀) of block d, ties count ½
///     SE = √(Σ (w_d(AUC_d − A))² · m/(m−1)) / Σ w_d       m blocks of both classes
///
/// Cases of different blocks are never compared. An area over all rows together rises by itself where the frequency of
/// positives moves between blocks and the scores follow, and so flatters a baseline of two base rates; this one does not
/// move with the base rate.
///
/// 1 ranks every positive above every negative of its block, ½ is chance.
///
/// ## Source
///
/// The stratified area, for instance van Elteren, P. H. (1960), *Bulletin of the Institute of International Statistics*,
/// 37, for the weights. The block error is our own.
/// Checked against `fixtures/statistics/13_watch`.
public struct WithinBlockArea: Sendable, Hashable {
    /// m, the blocks that hold both classes.
    public private(set) var blockCount = 0
    /// Σw, the evidence that the blocks give of the area.
    public private(set) var weight = 0.0
    private var areas = 0.0
    private var squaredWeights = 0.0
    /// Σ w²·AUC and Σ (w·AUC)².
    private var products = 0.0
    private var squaredAreas = 0.0

    /// Starts without any block.
    public init() {}

    /// The blocks of a sequence.
    public init(_ blocks: some Sequence<Block>) {
        for block in blocks { add(block) }
    }

    /// What the area needs of one block.
    public struct Block: Sendable, Hashable {
        /// w = n₁n₀/(n₁ + n₀); 0 with one class alone.
        public let weight: Double
        /// AUC of the block's rows; 0 where there is none.
        public let area: Double

        /// Keeps a weight and an area.
        public init(weight: Double, area: Double) {
            precondition(weight >= 0, "A weight is 0 or more.")
            (self.weight, self.area) = (weight, area)
        }

        /// The area within either of two blocks, whose cases are not compared with each other.
        public func joined(with other: Block) -> Block {
            let sum = weight + other.weight
            guard sum > 0 else { return self }
            return Block(weight: sum, area: (weight * area + other.weight * other.area) / sum)
        }

        /// - Parameter scores: Negatives and positives by score; `nil` for a block without rows.
        public init(_ scores: ScoreHistogram?) {
            let negatives = scores?.negatives.reduce(0, +) ?? 0
            let positives = scores?.positives.reduce(0, +) ?? 0
            guard let scores, negatives > 0, positives > 0,
                let value = areaUnderCurve(scores)?.value
            else {
                (weight, area) = (0, 0)
                return
            }
            weight = positives * negatives / (positives + negatives)
            area = value
        }
    }

    /// Takes in a block; one without both classes says nothing.
    public mutating func add(_ block: Block) {
        guard block.weight > 0 else { return }
        let weighted = block.weight * block.area
        blockCount += 1
        weight += block.weight
        areas += weighted
        squaredWeights += block.weight * block.weight
        products += block.weight * weighted
        squaredAreas += weighted * weighted
    }

    /// A, from 0 to 1; `nil` without a block of both classes.
    public var area: Double? { weight > 0 ? areas / weight : nil }

    /// SE of A between blocks; `nil` with fewer than two.
    public var standardError: Double? {
        guard let area, blockCount > 1 else { return nil }
        let blocks = Double(blockCount)
        let residual =
            squaredAreas - 2 * area * products + area * area * squaredWeights
        return (max(0, residual) * blocks / (blocks - 1)).squareRoot() / weight
    }

    /// The fewest blocks whose own scatter tells how far their area may be off.
    private static let leastBlocks = 3

    /// How surely A lies below that of a baseline, or below what is left of it without a share of its skill.
    ///
    ///     z = (L − A) / √(SE² + (1 − s)²SE_base²)     L = ½ + (1 − s)(A_base − ½)
    ///
    /// Of fewer than three blocks SE is that of the baseline, scaled by √(m_base/m).
    ///
    /// - Parameters:
    ///   - baseline: Other blocks, independent of these.
    ///   - share: s, from 0 to below 1. A base rate that moves changes the area a little by itself, which many rows show.
    /// - Returns: Above 0 for a loss of discrimination, in standard errors, 0 where neither scatters and both are the same;
    ///   `nil` where an area or the baseline's error is missing.
    public func loss(since baseline: WithinBlockArea, beyond share: Double = 0) -> Double? {
        guard let fall = fall(since: baseline, beyond: share) else { return nil }
        return fall.difference == 0 ? 0 : fall.difference / fall.error
    }

    /// L − A and its error, of which ``loss(since:beyond:)`` is the ratio; `nil` where an area or the baseline's error is missing.
    public func fall(
        since baseline: WithinBlockArea,
        beyond share: Double = 0
    ) -> (difference: Double, error: Double)? {
        precondition(share >= 0 && share < 1, "A share is from 0 to below 1.")
        guard let area, let before = baseline.area, let errorBefore = baseline.standardError
        else { return nil }
        let scaled =
            errorBefore * (Double(baseline.blockCount) / Double(blockCount)).squareRoot()
        let error = blockCount < Self.leastBlocks ? scaled : standardError ?? scaled
        let left = (1 - share) * errorBefore
        return (
            0.5 + (1 - share) * (before - 0.5) - area,
            (error * error + left * left).squareRoot()
        )
    }
}
