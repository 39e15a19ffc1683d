package import Evaluation
package import Ingest

/// A stored row of predictions: one key, one set of models.
package struct PredictionFact: Sendable {
    package var key: PredictionKey
    package var predictedAt: Instant
    package var knownAt: Instant
    package var modelSet: Int32
    package var sliceSet: Int32
    package var part: Int32
    package var copy: Int16
    /// Where the row's scores start in `Facts.scores`.
    package var scoreStart: Int
    package var details: String

    package init(
        key: PredictionKey,
        predictedAt: Instant,
        knownAt: Instant,
        modelSet: Int32,
        sliceSet: Int32,
        part: Int32,
        copy: Int16,
        scoreStart: Int,
        details: String
    ) {
        self.key = key
        self.predictedAt = predictedAt
        self.knownAt = knownAt
        self.modelSet = modelSet
        self.sliceSet = sliceSet
        self.part = part
        self.copy = copy
        self.scoreStart = scoreStart
        self.details = details
    }
}

/// A stored revision of a label.
package struct LabelFact: Sendable {
    package var key: PredictionKey
    package var revision: LabelRevision
    package var number: Int32
    /// The partition of its prediction; `nil` for an orphan.
    package var part: Int32?
    package var uploadID: Int64

    package init(
        key: PredictionKey,
        revision: LabelRevision,
        number: Int32,
        part: Int32?,
        uploadID: Int64
    ) {
        self.key = key
        self.revision = revision
        self.number = number
        self.part = part
        self.uploadID = uploadID
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
            return ($0.part, $0.modelSet, $0.copy) < ($1.part, $1.modelSet, $1.copy)
        }
        labels.sort {
            if $0.key != $1.key { return $0.key < $1.key }
            return ($0.part ?? .min, $0.number) < ($1.part ?? .min, $1.number)
        }
    }
}
