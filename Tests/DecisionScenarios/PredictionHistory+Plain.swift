package import Evaluation

extension PredictionHistory {
    /// Adds a prediction that was known when it was made, without slices; each version is a model.
    package mutating func restore(
        version: Int32,
        score: Double,
        at instant: Instant,
        details: String = ""
    ) {
        restore(
            StoredPrediction(
                predictedAt: instant,
                telling: Telling(knownAt: instant),
                modelVersion: version,
                model: version,
                sliceSet: 0,
                scoreStart: 0,
                details: details
            ),
            scores: [score]
        )
    }

    /// Adds a label that was known when it was observed.
    package mutating func restore(label: Double, at instant: Instant) {
        restore(
            LabelRevision(
                observedAt: instant,
                telling: Telling(knownAt: instant),
                value: label,
                source: 0
            )
        )
    }
}
