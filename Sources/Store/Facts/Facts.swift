package import Evaluation

/// A stored row of predictions: one key, one set of models.
package struct PredictionFact: Sendable {
    package var key: PredictionKey
    package var predictedAt: Instant
    /// Its place is the row's number among those of the key in the partition.
    package var telling: Telling
    package var modelSet: Int32
    package var sliceSet: Int32
    package var part: Int32
    /// Where the row's scores start in `Facts.scores`.
    package var scoreStart: Int
    package var details: String

    package init(
        key: PredictionKey,
        predictedAt: Instant,
        telling: Telling,
        modelSet: Int32,
        sliceSet: Int32,
        part: Int32,
        scoreStart: Int,
        details: String
    ) {
        self.key = key
        self.predictedAt = predictedAt
        self.telling = telling
        self.modelSet = modelSet
        self.sliceSet = sliceSet
        self.part = part
        self.scoreStart = scoreStart
        self.details = details
    }
}

extension PredictionFact {
    package var knownAt: Instant { telling.knownAt }
}

/// A stored revision of a label.
package struct LabelFact: Sendable {
    package var key: PredictionKey
    /// The place of its telling is its number among the revisions of the key.
    package var revision: LabelRevision
    /// The partition of its prediction; `nil` for an orphan.
    package var part: Int32?

    package init(key: PredictionKey, revision: LabelRevision, part: Int32?) {
        self.key = key
        self.revision = revision
        self.part = part
    }
}

/// Stored rows of some keys.
package struct Facts: Sendable {
    package var predictions: [PredictionFact] = []
    package var labels: [LabelFact] = []
    package var scores: [Double] = []

    package init() {}

    /// Brings the rows of each key together, in an order that does not depend on how they were read.
    package mutating func sort() {
        predictions.sort {
            if $0.key != $1.key { return $0.key < $1.key }
            let (left, right) = ($0.telling.place, $1.telling.place)
            return ($0.part, left, $0.modelSet) < ($1.part, right, $1.modelSet)
        }
        labels.sort {
            if $0.key != $1.key { return $0.key < $1.key }
            let (left, right) = ($0.revision.telling.place, $1.revision.telling.place)
            return ($0.part ?? .min, left) < ($1.part ?? .min, right)
        }
    }
}
