/// The receiver operating characteristic (ROC): hit rate against false alarm rate by threshold.
public struct ReceiverOperatingCharacteristic: Sendable, Hashable {
    /// The rates of the decision `score >= threshold`.
    public struct Point: Sendable, Hashable {
        /// The threshold; `nil` at the origin, where nothing is predicted positive.
        public let threshold: Double?
        /// The share of negatives predicted positive.
        public let falsePositiveRate: Double
        /// The share of positives predicted positive.
        public let truePositiveRate: Double
    }

    /// The points by descending threshold, from (0, 0) to (1, 1).
    public let points: [Point]

    /// Computes the points of forecasts, one a distinct score.
    ///
    /// - Parameters:
    ///   - forecasts: Forecasts with outcomes; the result is `nil` unless both classes are present.
    ///   - keepsCollinear: Whether points inside straight stretches are kept.
    ///
    /// ## Source
    ///
    /// Fawcett, T. (2006). An introduction to ROC analysis. *Pattern Recognition Letters*, 27(8),
    /// 861–874.
    public init?(_ forecasts: BinaryForecasts, keepsCollinear: Bool = false) {
        let groups = ScoreGroups(forecasts)
        guard groups.hasBothClasses else { return nil }
        var counts = [(threshold: Double?.none, negatives: 0.0, positives: 0.0)]
        for group in (0..<groups.count).reversed() {
            let last = counts[counts.count - 1]
            counts.append(
                (
                    groups.scores[group], last.negatives + groups.negatives[group],
                    last.positives + groups.positives[group]
                )
            )
        }
        if !keepsCollinear { counts = Self.withoutCollinear(counts) }
        points = counts.map {
            Point(
                threshold: $0.threshold,
                falsePositiveRate: $0.negatives / groups.negativeTotal,
                truePositiveRate: $0.positives / groups.positiveTotal
            )
        }
    }

    private static func withoutCollinear(
        _ counts: [(threshold: Double?, negatives: Double, positives: Double)]
    ) -> [(threshold: Double?, negatives: Double, positives: Double)] {
        var kept: [(threshold: Double?, negatives: Double, positives: Double)] = []
        for point in counts {
            while kept.count >= 2 {
                let (a, b) = (kept[kept.count - 2], kept[kept.count - 1])
                let cross =
                    (b.negatives - a.negatives) * (point.positives - a.positives)
                    - (b.positives - a.positives) * (point.negatives - a.negatives)
                guard cross == 0 else { break }
                kept.removeLast()
            }
            kept.append(point)
        }
        return kept
    }

    /// The area under the curve up to a false positive rate, standardised by McClish.
    ///
    ///     ½(1 + (A − f²/2)/(f − f²/2))            ½ is no ranking, 1 the best
    ///
    /// - Parameter limit: f, above 0 and at most 1.
    /// - Returns: The standardised partial area.
    ///
    /// ## Source
    ///
    /// McClish, D. K. (1989). Analyzing a portion of the ROC curve. *Medical Decision Making*, 9(3),
    /// 190–195. Checked against scikit-learn 1.9.1 `roc_auc_score(max_fpr=)`.
    public func partialArea(toFalsePositiveRate limit: Double) -> Double {
        precondition(limit > 0 && limit <= 1, "The limit is above 0 and at most 1.")
        var area = 0.0
        for (a, b) in zip(points, points.dropFirst()) where a.falsePositiveRate < limit {
            var (x, y) = (b.falsePositiveRate, b.truePositiveRate)
            if x > limit {
                let share = (limit - a.falsePositiveRate) / (x - a.falsePositiveRate)
                y = a.truePositiveRate + share * (y - a.truePositiveRate)
                x = limit
            }
            area += 0.5 * (x - a.falsePositiveRate) * (a.truePositiveRate + y)
        }
        let least = 0.5 * limit * limit
        return 0.5 * (1 + (area - least) / (limit - least))
    }
}
