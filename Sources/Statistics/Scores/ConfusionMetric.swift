/// The metrics of a two-class confusion table, by name.
public enum ConfusionMetric: String, Sendable, Hashable, CaseIterable {
    /// (TP + TN)/N.
    case accuracy
    /// TP/(TP + FP).
    case precision
    /// TP/(TP + FN).
    case recall
    /// TN/(TN + FP).
    case specificity
    /// TN/(TN + FN).
    case negativePredictiveValue
    /// 2TP/(2TP + FP + FN).
    case f1
    /// TP/(TP + FP + FN).
    case jaccard
    /// (recall + specificity)/2.
    case balancedAccuracy
    /// Matthews' correlation coefficient.
    case matthewsCorrelation
    /// Cohen's kappa.
    case cohenKappa

    /// The metric of a table.
    ///
    /// - Parameter counts: The table.
    /// - Returns: The value, or `nil` where it is undefined.
    public func value(in counts: ConfusionCounts) -> Double? {
        switch self {
        case .accuracy: counts.accuracy
        case .precision: counts.precision
        case .recall: counts.recall
        case .specificity: counts.specificity
        case .negativePredictiveValue: counts.negativePredictiveValue
        case .f1: counts.f1
        case .jaccard: counts.jaccard
        case .balancedAccuracy: counts.balancedAccuracy
        case .matthewsCorrelation: counts.matthewsCorrelation
        case .cohenKappa: counts.cohenKappa
        }
    }

    /// Why the metric of a table is undefined.
    ///
    /// - Parameter counts: The table.
    /// - Returns: A sentence, or `nil` when the metric is defined.
    public func undefinedReason(in counts: ConfusionCounts) -> String? {
        guard value(in: counts) == nil else { return nil }
        if counts.total == 0 { return "There are no labelled rows." }
        switch self {
        case .accuracy: return nil
        case .precision: return "No row is predicted positive."
        case .recall: return "No row is positive."
        case .specificity: return "No row is negative."
        case .negativePredictiveValue: return "No row is predicted negative."
        case .f1, .jaccard: return "No row is positive or predicted positive."
        case .balancedAccuracy:
            return counts.positives == 0 ? "No row is positive." : "No row is negative."
        case .matthewsCorrelation, .cohenKappa:
            if counts.positives == 0 { return "No row is positive." }
            if counts.negatives == 0 { return "No row is negative." }
            return counts.predictedPositives == 0
                ? "No row is predicted positive." : "No row is predicted negative."
        }
    }
}
