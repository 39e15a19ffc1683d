/// What the verdict of a comparison is about.
package enum ComparisonMetric: Sendable, Hashable {
    case loss(PairedLoss)
    /// The area under the ROC curve within days: of all pairs of a positive and a negative of the same day, the
    /// share that is ranked rightly.
    case ranking

    package var name: String {
        switch self {
        case .loss(let loss): loss.metricName
        case .ranking: "roc_auc"
        }
    }

    /// As sentences call it.
    package var words: String {
        switch self {
        case .loss(let loss): loss.words
        case .ranking: "area under the ROC curve"
        }
    }

    /// Whether a larger value is the better one.
    package var isAscending: Bool {
        switch self {
        case .loss(let loss): loss == .decision
        case .ranking: true
        }
    }

    /// What the square of a gain can be, with whichever label is the worse; `nil` where that is not known.
    ///
    /// For the Brier score |p − q|·max(p + q, 2 − p − q) ≤ 2|p − q|, for absolute errors |p − q|; 0 where all predictions are
    /// the same.
    ///
    /// - Parameters:
    ///   - distance: Of a pair in the mean, as `PairDistance` has it.
    ///   - differing: The share of the pairs on which the models decide differently.
    /// - Returns: The mean square of a pair.
    func possibleSquare(distance: Double, differing: Double) -> Double? {
        if distance == 0 { return 0 }
        return switch self {
        case .loss(.brier): 4 * distance
        case .loss(.absoluteError): distance * distance
        case .loss(.decision): differing
        case .loss(.logLoss), .loss(.squaredError), .ranking: nil
        }
    }

    /// The metrics that a verdict can be asked for; the first is the default.
    package static func all(for kind: TaskKind) -> [ComparisonMetric] {
        kind.losses.map { .loss($0) } + (kind.has(.areas) ? [.ranking] : [])
    }

    /// The names of those of each kind of task, for who has not said which it is.
    package static let listing = TaskKind.open.map { kind in
        all(for: kind).map(\.name).joined(separator: ", ")
    }
    .joined(separator: "; ")

    package init?(name: String, kind: TaskKind) {
        guard let metric = Self.all(for: kind).first(where: { $0.name == name }) else { return nil }
        self = metric
    }
}
