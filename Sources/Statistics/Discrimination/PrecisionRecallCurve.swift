/// Precision against recall by threshold.
public struct PrecisionRecallCurve: Sendable, Hashable {
    /// Precision and recall of the decision `score >= threshold`.
    public struct Point: Sendable, Hashable {
        /// The threshold.
        public let threshold: Double
        /// The share of positives predicted positive.
        public let recall: Double
        /// The share of positives among those predicted positive.
        public let precision: Double
    }

    /// The points by descending threshold, one a distinct score; recall never falls.
    public let points: [Point]

    /// Computes the points of forecasts.
    ///
    /// - Parameter forecasts: Forecasts with outcomes; the result is `nil` without positives.
    public init?(_ forecasts: BinaryForecasts) {
        let groups = ScoreGroups(forecasts)
        guard groups.positiveTotal > 0 else { return nil }
        var (truePositives, falsePositives) = (0.0, 0.0)
        var points: [Point] = []
        for group in (0..<groups.count).reversed() {
            truePositives += groups.positives[group]
            falsePositives += groups.negatives[group]
            points.append(
                Point(
                    threshold: groups.scores[group],
                    recall: truePositives / groups.positiveTotal,
                    precision: truePositives / (truePositives + falsePositives)
                )
            )
        }
        self.points = points
    }
}
