import Evaluation
import Store

extension PredictionMerge {
    /// What a part of a batch adds.
    struct Addition: Sendable {
        var rows: [NewPrediction] = []
        /// The positions of the rows by partition and key, as COPY likes them.
        var copyOrder: [Int] = []
        var scores: [Double] = []
        /// Rows that say nothing new, one model each; their scores are in `repeatedScores`.
        private(set) var repeats: [NewPrediction] = []
        private(set) var repeatedScores: [Double] = []
        /// Labels that had waited for their prediction.
        var joinedLabels: [LabelFact] = []
        var scatteredKeys: [PredictionKey] = []
        var rowsByPart: [Int32: Int64] = [:]
    }

    /// A row that says nothing new.
    struct Repeat {
        var prediction: StoredPrediction
        /// Where its scores are in the batch.
        var scores: Range<Int>
        /// How many predictions of the id were known when it was told.
        var before: Int
    }
}

extension PredictionMerge.Addition {
    /// Keeps a row that says nothing new.
    ///
    /// `place` is as the next new row of its model would have it.
    mutating func keep(
        _ told: PredictionMerge.Repeat,
        of key: PredictionKey,
        predictionID: String,
        scores: ArraySlice<Double>,
        modelSet: Int32,
        part: Int32,
        place: Int32
    ) {
        let prediction = told.prediction
        let fact = PredictionFact(
            key: key,
            predictedAt: prediction.predictedAt,
            telling: Telling(
                knownAt: prediction.knownAt,
                uploadID: prediction.telling.uploadID,
                place: place
            ),
            modelSet: modelSet,
            sliceSet: prediction.sliceSet,
            part: part,
            scoreStart: repeatedScores.count,
            details: prediction.details
        )
        repeatedScores += scores
        repeats.append(
            NewPrediction(fact: fact, scoreCount: scores.count, predictionID: predictionID)
        )
    }

    /// Replaces the stand-ins of model sets that were new by their ids.
    mutating func resolve(_ ids: [Int32]) {
        for index in rows.indices { rows[index].fact.resolve(ids) }
        for index in repeats.indices { repeats[index].fact.resolve(ids) }
    }
}

extension PredictionFact {
    fileprivate mutating func resolve(_ ids: [Int32]) {
        if let index = ModelSetStandIn.index(of: modelSet) { modelSet = ids[index] }
    }
}
