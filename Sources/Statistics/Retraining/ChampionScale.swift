import RealModule

/// The scale on which a fit departs from a champion.
///
///     probabilities       l = logit p clipped to ±6          r = σ(l + δ)
///     numbers             z = f standardised                 r = f + s·δ
///
/// δ = x·β is what the fit adds, and l or z is a column of the design: with l, which is not standardised, its coefficient is
/// the slope of a recalibration less 1.
///
/// s = median |y − f|/ln 3 is the scale of the logistic distribution with the champion's median absolute error, so that δ has
/// no unit and rare large errors do not stretch it. Where the champion is exact on more than half of the rows it is
/// mean |y − f|/(2 ln 2), which that distribution has as well.
enum ChampionScale: Sendable, Hashable {
    case probabilities
    case numbers(Standardisation, errorScale: Double)

    private static let mostLogOdds = 6.0

    /// The column of a design that stands for the champion.
    func column(_ champion: Double) -> Double {
        switch self {
        case .probabilities: Self.logOdds(champion)
        case .numbers(let standardised, _): standardised(champion)
        }
    }

    /// The score at a distance δ from the champion's.
    func score(_ champion: Double, movedBy distance: Double) -> Double {
        switch self {
        case .probabilities: logistic(Self.logOdds(champion) + distance)
        case .numbers(_, let errorScale): champion + errorScale * distance
        }
    }

    /// l.
    static func logOdds(_ probability: Double) -> Double {
        min(max(logit(probability, clip: logOddsClip), -mostLogOdds), mostLogOdds)
    }

    /// s; `nil` for a champion without errors.
    static func errorScale(predictions: [Double], outcomes: [Double]) -> Double? {
        let errors = zip(predictions, outcomes).map { abs($1 - $0) }.sorted()
        let scales = [
            quantile(sorted: errors, 0.5) / Double.log(3),
            errors.reduce(0, +) / Double(errors.count) / (2 * Double.log(2)),
        ]
        return scales.first { $0 >= Checks.least }
    }
}
