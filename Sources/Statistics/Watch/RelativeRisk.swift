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
/// block; the two floors give a model without a single error a bound.
///
/// ## Source
///
/// Own construction. The bound of a source is that of Podkopaev, A. and Ramdas, A. (2022), *ICLR*; skill over a
/// constant is that of Murphy, A. H. (1973), *Journal of Applied Meteorology*, 12(4).
/// Checked against `fixtures/statistics/13_watch`.
public struct RelativeRisk: Sendable, Hashable {
    /// m, the blocks so far.
    public private(set) var blockCount = 0
    private var rows = 0.0
    private var loss = 0.0
    private var reference = 0.0
    /// Σ over blocks of S², S·R and R².
    private var blockSquares = CrossSums()
    /// Σ over rows of ℓ², ℓ·ref and ref².
    private var rowSquares = CrossSums()

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
    public mutating func add(_ block: RelativeRiskBlock) {
        var (loss, reference) = (0.0, 0.0)
        for index in block.losses.indices {
            let weight = block.weights[index]
            rows += weight
            loss += weight * block.losses[index]
            reference += weight * block.references[index]
            rowSquares.add(block.losses[index], block.references[index], weight)
        }
        blockSquares.add(loss, reference, 1)
        self.loss += loss
        self.reference += reference
        blockCount += 1
    }

    /// ρ̂ ≥ 0; `nil` without rows.
    public var ratio: Double? { reference > 0 ? loss / reference : nil }

    /// SE of ρ̂ between blocks; `nil` with fewer than two.
    public var standardError: Double? {
        guard let ratio, blockCount > 1 else { return nil }
        let blocks = Double(blockCount)
        return (blockSquares.residual(ratio) * blocks / (blocks - 1)).squareRoot() / reference
    }

    /// φ*, by which the log of every bet is divided: 1 or more; `nil` with fewer than two blocks.
    ///
    /// Where rows do not scatter at all φ counts as 1, and φ* is the upper limit of that.
    public var tempering: Double? {
        guard let ratio, blockCount > 1 else { return nil }
        let within = rowSquares.residual(ratio)
        let factor = within > 0 ? blockSquares.residual(ratio) / within : 1
        let degrees = Double(blockCount - 1)
        let quantile = ChiSquared(degreesOfFreedom: degrees).quantile(0.10) ?? degrees
        return max(1, factor * degrees / quantile)
    }

    /// The ratio that later blocks are held against.
    ///
    /// - Parameter tolerance: ε, as a share of ρ̂, or as an amount of loss a row.
    /// - Returns: b, above 0; `nil` with fewer than two blocks.
    public func bound(_ tolerance: RiskTolerance) -> Double? {
        guard let ratio, let standardError else { return nil }
        let margin =
            switch tolerance {
            case .relative(let share): share * ratio
            case .absolute(let amount): amount * rows / reference
            }
        let room = Self.mostTolerated * max(1 - ratio, 0)
        let tolerated = ratio + min(margin, room) + Self.errors * standardError
        return max(tolerated, Self.leastLoss / reference, Self.leastBound)
    }

    /// Σx², Σxy and Σy² of losses x and references y, of which Σ(x − ρy)² comes for any ρ.
    private struct CrossSums: Sendable, Hashable {
        private var losses = 0.0
        private var products = 0.0
        private var references = 0.0

        mutating func add(_ loss: Double, _ reference: Double, _ weight: Double) {
            losses += weight * loss * loss
            products += weight * loss * reference
            references += weight * reference * reference
        }

        func residual(_ ratio: Double) -> Double {
            max(0, losses - 2 * ratio * products + ratio * ratio * references)
        }
    }
}
