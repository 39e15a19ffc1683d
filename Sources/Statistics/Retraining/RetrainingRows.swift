/// The values of one feature, row by row.
public struct FeatureColumn: Sendable, Hashable {
    /// The feature's name, compared by its UTF-8 bytes.
    public let name: String
    /// The value of each row; `nil` where it is missing.
    public let values: [FeatureValue?]

    /// Keeps a feature with its values.
    ///
    /// - Parameters:
    ///   - name: The feature's name.
    ///   - values: The value of each row; `nil` where it is missing.
    public init(name: String, values: [FeatureValue?]) {
        self.name = name
        self.values = values
    }
}

/// A training window: what a champion said, what happened, and the features of each row, checked once.
public struct RetrainingRows: Sendable, Hashable {
    enum Outcomes: Hashable {
        case classes([Bool])
        case numbers([Double])
    }

    /// The champion's scores: probabilities, or numbers.
    let scores: [Double]
    let outcomes: Outcomes
    /// By name, so that no fit depends on the order in which they were given.
    let features: [FeatureColumn]

    /// Takes in the rows of a task of two classes.
    ///
    /// - Parameters:
    ///   - probabilities: The champion's probabilities, n ≥ 1.
    ///   - outcomes: Whether the event happened; as many.
    ///   - features: Any number of features with n values each, in any order.
    /// - Throws: ``StatisticsError`` for no rows, unequal lengths and what is not a probability.
    public init(
        probabilities: [Double],
        outcomes: [Bool],
        features: [FeatureColumn]
    ) throws(StatisticsError) {
        let forecasts = try BinaryForecasts(probabilities: probabilities, outcomes: outcomes)
        try self.init(forecasts.probabilities, .classes(outcomes), features)
    }

    /// Takes in the rows of a task of numbers.
    ///
    /// - Parameters:
    ///   - predictions: The champion's predictions, n ≥ 1 numbers.
    ///   - outcomes: What was observed; as many numbers.
    ///   - features: Any number of features with n values each, in any order.
    /// - Throws: ``StatisticsError`` for no rows, unequal lengths and numbers out of range.
    public init(
        predictions: [Double],
        outcomes: [Double],
        features: [FeatureColumn]
    ) throws(StatisticsError) {
        let forecasts = try PointForecasts(predictions: predictions, outcomes: outcomes)
        try self.init(forecasts.predictions, .numbers(outcomes), features)
    }

    private init(
        _ scores: [Double],
        _ outcomes: Outcomes,
        _ features: [FeatureColumn]
    ) throws(StatisticsError) {
        for feature in features {
            try Checks.sameCount(
                "scores",
                scores.count,
                "values of the feature \(feature.name)",
                feature.values.count
            )
        }
        self.scores = scores
        self.outcomes = outcomes
        self.features = features.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The number of rows, n ≥ 1.
    public var count: Int { scores.count }

    /// What is to be explained, and the scale that it is on; `nil` for one class only and a champion without errors.
    var observations: (champion: ChampionScale, OffsetObservations)? {
        switch outcomes {
        case .classes(let outcomes):
            guard Set(outcomes).count == 2 else { return nil }
            return (
                .probabilities, OffsetObservations(probabilities: scores, outcomes: outcomes)
            )
        case .numbers(let outcomes):
            let errorScale = ChampionScale.errorScale(predictions: scores, outcomes: outcomes)
            guard let errorScale else { return nil }
            return (
                .numbers(Standardisation(sorted: scores.sorted()), errorScale: errorScale),
                OffsetObservations(
                    predictions: scores,
                    outcomes: outcomes,
                    errorScale: errorScale
                )
            )
        }
    }
}
