/// Sums over rows of a model's losses ℓ and of the losses ref of a constant forecast on the same rows.
public struct RiskMoments: Sendable, Hashable {
    /// n, which may be a weight.
    public var rows: Double
    /// Σℓ.
    public var loss: Double
    /// Σref.
    public var reference: Double
    /// Σℓ².
    public var squaredLoss: Double
    /// Σℓ·ref.
    public var product: Double
    /// Σref².
    public var squaredReference: Double

    /// Keeps the sums, of no rows where nothing is given.
    public init(
        rows: Double = 0,
        loss: Double = 0,
        reference: Double = 0,
        squaredLoss: Double = 0,
        product: Double = 0,
        squaredReference: Double = 0
    ) {
        self.rows = rows
        self.loss = loss
        self.reference = reference
        self.squaredLoss = squaredLoss
        self.product = product
        self.squaredReference = squaredReference
    }

    /// Adds rows that all have the same loss and the same reference.
    mutating func add(loss: Double, reference: Double, weight: Double) {
        rows += weight
        self.loss += weight * loss
        self.reference += weight * reference
        squaredLoss += weight * loss * loss
        product += weight * loss * reference
        squaredReference += weight * reference * reference
    }

    /// The losses in themselves: the reference is 1.
    public var absolute: RiskMoments {
        RiskMoments(
            rows: rows,
            loss: loss,
            reference: rows,
            squaredLoss: squaredLoss,
            product: loss,
            squaredReference: rows
        )
    }

    /// Adds those of other rows.
    public static func += (sums: inout RiskMoments, other: RiskMoments) {
        sums.rows += other.rows
        sums.loss += other.loss
        sums.reference += other.reference
        sums.squaredLoss += other.squaredLoss
        sums.product += other.product
        sums.squaredReference += other.squaredReference
    }

    /// Σ(ℓ − ratio·ref).
    func excess(_ ratio: Double) -> Double { loss - ratio * reference }

    /// Σ(ℓ − ratio·ref)², 0 or more.
    func squaredExcess(_ ratio: Double) -> Double {
        max(0, squaredLoss - 2 * ratio * product + ratio * ratio * squaredReference)
    }

    /// The sample variance of ℓ − ratio·ref over rows; 0 with one row or none.
    func variance(_ ratio: Double) -> Double {
        guard rows > 1 else { return 0 }
        let mean = excess(ratio) / rows
        return max(0, squaredExcess(ratio) - rows * mean * mean) / (rows - 1)
    }
}
