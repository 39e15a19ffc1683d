import RealModule

/// How values of classes become one number.
public enum ClassAverage: String, Sendable, Hashable, CaseIterable {
    /// The mean over the classes that are present among truths or predictions.
    case macro
    /// From the pooled counts of all classes.
    case micro
    /// The mean weighted by the number of true rows of each class.
    case weighted
}

/// The counts of a decision among K classes: actual class by predicted class.
public struct MulticlassConfusion: Sendable, Hashable {
    /// counts[actual][predicted].
    public let counts: [[Double]]

    /// Keeps a square table.
    ///
    /// - Parameter counts: counts[actual][predicted], K ≥ 2 rows of K numbers, 0 or more.
    /// - Throws: ``StatisticsError`` for a table that is not square or numbers out of range.
    public init(counts: [[Double]]) throws(StatisticsError) {
        guard counts.count >= 2 else {
            throw .outOfRange(
                name: "number of classes",
                value: Double(counts.count),
                allowed: "2 or more"
            )
        }
        for row in counts {
            try Checks.sameCount("classes", counts.count, "columns", row.count)
            try Checks.nonnegative("counts", row)
        }
        self.counts = counts
    }

    /// Counts the most probable class of each row; the lowest wins ties.
    ///
    /// - Parameter forecasts: Forecasts with outcomes.
    public init(_ forecasts: MulticlassForecasts) {
        let row = [Double](repeating: 0, count: forecasts.classCount)
        var counts = [[Double]](repeating: row, count: forecasts.classCount)
        for (index, outcome) in forecasts.outcomes.enumerated() {
            counts[outcome][forecasts.prediction(row: index)] += 1
        }
        self.counts = counts
    }

    /// K, the number of classes.
    public var classCount: Int { counts.count }

    /// The counts of one class against the rest.
    ///
    /// - Parameter label: The class, from 0 to K − 1.
    /// - Returns: A two-class table.
    public func oneVersusRest(_ label: Int) -> ConfusionCounts {
        var (row, column, all) = (0.0, 0.0, 0.0)
        for actual in counts.indices {
            for predicted in counts.indices {
                let n = counts[actual][predicted]
                all += n
                if actual == label { row += n }
                if predicted == label { column += n }
            }
        }
        let hits = counts[label][label]
        return ConfusionCounts(
            truePositives: hits,
            falsePositives: column - hits,
            falseNegatives: row - hits,
            trueNegatives: max(0, all - row - column + hits)
        )
    }

    /// The share of right decisions; `nil` without rows.
    public var accuracy: Double? {
        let (trace, all) = (traceAndTotal.trace, traceAndTotal.total)
        return all > 0 ? trace / all : nil
    }

    private var traceAndTotal: (trace: Double, total: Double) {
        var (trace, all) = (0.0, 0.0)
        for actual in counts.indices {
            trace += counts[actual][actual]
            for n in counts[actual] { all += n }
        }
        return (trace, all)
    }

    /// The mean recall over the classes that have true rows; `nil` without rows.
    public var balancedAccuracy: Double? {
        let recalls = counts.indices.compactMap { oneVersusRest($0).recall }
        guard !recalls.isEmpty else { return nil }
        return recalls.reduce(0, +) / Double(recalls.count)
    }

    /// Precision, recall or F1 over classes.
    ///
    /// - Parameters:
    ///   - metric: `.precision`, `.recall`, `.f1`, `.jaccard` or `.specificity`.
    ///   - average: How classes are put together.
    /// - Returns: The value, or `nil` when it is undefined for a class that enters: precision of a
    ///   class that is present but never predicted, recall of one that is predicted but never true.
    ///
    /// ## Source
    ///
    /// Checked against scikit-learn 1.9.1, which takes an undefined value for 0:
    /// `fixtures/statistics/02_multiclass`.
    public func average(_ metric: ConfusionMetric, _ average: ClassAverage) -> Double? {
        let tables = counts.indices.map { oneVersusRest($0) }
        switch average {
        case .micro:
            return metric.value(
                in: ConfusionCounts(
                    truePositives: tables.reduce(0) { $0 + $1.truePositives },
                    falsePositives: tables.reduce(0) { $0 + $1.falsePositives },
                    falseNegatives: tables.reduce(0) { $0 + $1.falseNegatives },
                    trueNegatives: tables.reduce(0) { $0 + $1.trueNegatives }
                )
            )
        case .macro:
            return mean(tables.filter { $0.positives + $0.predictedPositives > 0 }, metric) { _ in
                1
            }
        case .weighted:
            return mean(tables.filter { $0.positives > 0 }, metric) { $0.positives }
        }
    }

    private func mean(
        _ tables: [ConfusionCounts],
        _ metric: ConfusionMetric,
        _ weight: (ConfusionCounts) -> Double
    ) -> Double? {
        var (sum, total) = (0.0, 0.0)
        for table in tables {
            guard let value = metric.value(in: table) else { return nil }
            sum += weight(table) * value
            total += weight(table)
        }
        return total > 0 ? sum / total : nil
    }

    /// Matthews' correlation coefficient of K classes, from −1 to 1.
    ///
    ///     (c·s − Σ_k p_k t_k)/√((s² − Σp_k²)(s² − Σt_k²)), c right of s rows, p predicted, t true
    ///
    /// `nil` when all rows are of one class or predicted to be.
    public var matthewsCorrelation: Double? {
        let m = margins
        guard m.trueSpread > 0, m.predictedSpread > 0 else { return nil }
        let scale = Double.sqrt(m.trueSpread) * Double.sqrt(m.predictedSpread)
        return min(1, max(-1, (m.agreement - m.chance) / scale))
    }

    /// Cohen's kappa of K classes, at most 1; `nil` when chance agreement is 1 or there are no rows.
    public var cohenKappa: Double? {
        let m = margins
        guard m.chance < 1 else { return nil }
        return (m.agreement - m.chance) / (1 - m.chance)
    }

    /// Agreement, chance agreement and spread of the margins, as shares.
    private var margins:
        (agreement: Double, chance: Double, trueSpread: Double, predictedSpread: Double)
    {
        let (trace, all) = (traceAndTotal.trace, traceAndTotal.total)
        guard all > 0 else { return (0, 1, 0, 0) }
        var (chance, ofTrue, ofPredicted) = (0.0, 0.0, 0.0)
        for label in counts.indices {
            let table = oneVersusRest(label)
            let (t, p) = (table.positives / all, table.predictedPositives / all)
            chance += t * p
            ofTrue += t * (1 - t)
            ofPredicted += p * (1 - p)
        }
        return (trace / all, chance, ofTrue, ofPredicted)
    }
}
