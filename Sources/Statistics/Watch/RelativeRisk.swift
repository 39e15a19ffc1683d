/// The risk of a model as a share of that of a constant forecast, over the blocks of a baseline, and the bound that later
/// risk is tested against.
///
///     ρ̂ = ΣS/ΣR     S_d = Σℓ, R_d = Σref of block d     e_d = S_d − ρ̂R_d
///     SE = √(Σe_d² · m/(m−1)) / ΣR                         m blocks
///     φ = Σe_d² / ΣΣ(ℓ − ρ̂·ref)²     φ* = max(1, φ(m−1)/χ²_{0.10, m−1})
///     b = max(ρ̂ + min(ε, ½·max(1 − ρ̂, 0)) + 3·SE, 1.15/ΣR, 0.01)
///
/// 0 is a perfect model, 1 one without skill. The tolerance ε never takes more than half of the way to a model without
/// skill, or a constant would pass for a rare class. Three standard errors pay for reading the bound anew at every
/// block; the two floors give a model without a single error a bound. Of losses without a largest value there is the floor
/// 0.01 alone, and none where the reference is 1, for then ρ̂ has the unit of the loss and no skill is told.
///
/// ## Source
///
/// Own construction. The bound of a source is that of Podkopaev, A. and Ramdas, A. (2022), *ICLR*; skill over a
/// constant is that of Murphy, A. H. (1973), *Journal of Applied Meteorology*, 12(4).
/// Checked against `fixtures/statistics/13_watch`.
public struct RelativeRisk: Sendable, Hashable {
    /// m, the blocks so far.
    public private(set) var blockCount = 0
    /// Over all rows.
    private var sums = RiskMoments()
    /// Σ over blocks of S², S·R and R².
    private var blockSums = RiskMoments()

    /// Standard errors that the bound lies above the tolerated ratio.
    private static let errors = 3.0
    /// The most of the way to a model without skill that a tolerance may take.
    private static let mostTolerated = 0.5
    /// The loss that a baseline without any error counts as having.
    private static let leastLoss = 1.15
    private static let leastBound = 0.01

    /// Starts without any block.
    public init() {}

    /// Takes in a block.
    public mutating func add(_ block: RiskMoments) {
        sums += block
        blockSums.add(loss: block.loss, reference: block.reference, weight: 1)
        blockCount += 1
    }

    /// ρ̂ ≥ 0; `nil` without rows.
    public var ratio: Double? { sums.reference > 0 ? sums.loss / sums.reference : nil }

    /// SE of ρ̂ between blocks; `nil` with fewer than two.
    public var standardError: Double? {
        guard let ratio, blockCount > 1 else { return nil }
        let blocks = Double(blockCount)
        let squares = blockSums.squaredExcess(ratio)
        return (squares * blocks / (blocks - 1)).squareRoot() / sums.reference
    }

    /// How surely ρ̂ is above a bound, in standard errors: (ρ̂ − b)/SE, 0 where both are the same.
    ///
    /// - Parameter bound: b, of other blocks.
    /// - Returns: `nil` with fewer than two blocks.
    public func rise(above bound: Double) -> Double? {
        guard let ratio, let standardError else { return nil }
        return ratio == bound ? 0 : (ratio - bound) / standardError
    }

    /// φ*, by which the log of every bet is divided: 1 or more; `nil` with fewer than two blocks.
    ///
    /// Where rows do not scatter at all φ counts as 1, and φ* is the upper limit of that.
    public var tempering: Double? {
        guard let ratio, blockCount > 1 else { return nil }
        let within = sums.squaredExcess(ratio)
        let factor = within > 0 ? blockSums.squaredExcess(ratio) / within : 1
        let degrees = Double(blockCount - 1)
        let decile = LowerDecile.ofChiSquared(degrees: blockCount - 1)
        return max(1, factor * degrees / decile)
    }

    /// The ratio that later blocks are held against.
    ///
    /// - Parameters:
    ///   - tolerance: ε, as a share of ρ̂, or as an amount of loss a row.
    ///   - scale: Of the losses.
    /// - Returns: b, 0 or more; `nil` with fewer than two blocks.
    public func bound(_ tolerance: RiskTolerance, scale: RiskScale = .bounded) -> Double? {
        guard let ratio, let standardError else { return nil }
        let margin =
            switch tolerance {
            case .relative(let share): share * ratio
            case .absolute(let amount): amount * sums.rows / sums.reference
            }
        let error = Self.errors * standardError
        let room = Self.mostTolerated * max(1 - ratio, 0)
        switch scale {
        case .bounded:
            let tolerated = ratio + min(margin, room) + error
            return max(tolerated, Self.leastLoss / sums.reference, Self.leastBound)
        case .relative:
            return max(ratio + min(margin, room) + error, Self.leastBound)
        case .absolute:
            return ratio + margin + error
        }
    }
}
