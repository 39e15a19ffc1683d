/// The forecast of somebody who knows how often the outcome came so far, and nothing else.
///
///     r_d = (½ + Σ_{j<d} P_j) / (1 + Σ_{j<d} n_j)
///
/// Of all earlier blocks, so that it is predictable, and follows a season slowly enough that a model which follows
/// it is better. Its loss is what a ``RelativeRiskBlock`` holds a model's against.
public struct ReferenceForecast: Sendable, Hashable {
    private var rows = 0.0
    private var positives = 0.0

    /// Starts without any block.
    public init() {}

    /// r, the forecast for the next block, strictly between 0 and 1; ½ before the first.
    public var probability: Double { (0.5 + positives) / (1 + rows) }

    /// The rows before which the forecast is none.
    public static let leastRows = 100.0
    /// The rows of each class before which it is none.
    public static let leastOfClass = 10.0

    /// Whether enough is known for the forecast to be one: 100 rows, 10 of each class.
    ///
    /// The loss of an earlier forecast says more of the ½ that it starts with than of the outcomes; where positives
    /// are rare it would make a watch deaf for years.
    public var isSettled: Bool {
        rows >= Self.leastRows && min(positives, rows - positives) >= Self.leastOfClass
    }

    /// Takes in a block.
    ///
    /// - Parameters:
    ///   - rows: n ≥ 0, its labelled rows.
    ///   - positives: P, from 0 to n.
    public mutating func add(rows: Double, positives: Double) {
        precondition(rows >= 0 && positives >= 0 && positives <= rows, "Positives are rows.")
        self.rows += rows
        self.positives += positives
    }
}
