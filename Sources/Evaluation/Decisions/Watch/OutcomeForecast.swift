import Statistics

/// The forecast of somebody who knows which outcomes came so far, and nothing else.
enum OutcomeForecast: Sendable {
    /// Of two classes: how often the positive one came.
    case share(ReferenceForecast)
    /// Of numbers: the one in the middle.
    case median(MedianForecast)

    var isSettled: Bool {
        switch self {
        case .share(let forecast): forecast.isSettled
        case .median(let forecast): forecast.isSettled
        }
    }

    /// What it loses on a row of an outcome.
    func loss(_ outcome: Double) -> Double {
        switch self {
        case .share(let forecast):
            BinaryLosses.brier(forecast.probability, isPositive: outcome == 1)
        case .median(let forecast): forecast.loss(outcome)
        }
    }

    /// Takes in the outcomes of a block.
    mutating func add(_ outcomes: LabelGroups) {
        switch self {
        case .share(var forecast):
            forecast.add(rows: outcomes.rows, positives: outcomes.sum)
            self = .share(forecast)
        case .median(var forecast):
            forecast.add(outcomes)
            self = .median(forecast)
        }
    }
}

/// The median of all earlier labels: the constant that loses least by absolute error, and that no single label moves.
///
/// A label that lies too far off counts as lying where the farthest one counts in full (`FarthestCounted`).
struct MedianForecast: Sendable {
    private static let mostGroups = 256

    private var groups = LabelGroups()
    private var newest = LabelGroups()
    private var median = 0.0
    private var farthest = 0.0

    /// Whether a hundred labels are known, which are not all the same.
    var isSettled: Bool { groups.rows >= FarthestCounted.leastRows && farthest > 0 }

    mutating func add(_ labels: LabelGroups) {
        newest.add(labels)
        guard newest.rows > FarthestCounted.growth * groups.rows else { return }
        groups.add(newest)
        groups.compact(most: Self.mostGroups)
        newest = LabelGroups()
        median = groups.quantile(0.5, of: { $0 }) ?? 0
        farthest =
            FarthestCounted.times
            * (groups.quantile(FarthestCounted.covered, of: { abs($0 - median) }) ?? 0)
    }

    /// The absolute error of the median, as far as it counts.
    func loss(_ label: Double) -> Double { min(abs(label - median), farthest) }
}
