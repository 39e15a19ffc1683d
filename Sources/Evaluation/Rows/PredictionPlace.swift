/// Where a row stands in a list of predictions: by time, then by key.
package struct PredictionPlace: Sendable, Hashable, Comparable {
    package var predictedAt: Instant
    package var key: PredictionKey

    package init(predictedAt: Instant, key: PredictionKey) {
        self.predictedAt = predictedAt
        self.key = key
    }

    package static func < (left: PredictionPlace, right: PredictionPlace) -> Bool {
        left.predictedAt != right.predictedAt
            ? left.predictedAt < right.predictedAt : left.key < right.key
    }
}
