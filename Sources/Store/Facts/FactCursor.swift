package import Evaluation

/// Walks through facts key by key, and puts what is known of a key into a history.
package struct FactCursor {
    package let facts: Facts
    private let dictionary: TaskDictionary
    private let scoresPerPrediction: Int
    private var predictionIndex = 0
    private var labelIndex = 0

    /// `facts` are sorted.
    package init(_ facts: Facts, task: PredictionTask, dictionary: TaskDictionary) {
        self.facts = facts
        self.dictionary = dictionary
        scoresPerPrediction = task.scoresPerPrediction
    }

    /// The rows of one key.
    package struct Rows {
        package var predictions: Range<Int>
        package var labels: Range<Int>
    }

    /// The next key that has rows.
    package var nextKey: PredictionKey? {
        let prediction =
            predictionIndex < facts.predictions.count ? facts.predictions[predictionIndex].key : nil
        let label = labelIndex < facts.labels.count ? facts.labels[labelIndex].key : nil
        guard let prediction else { return label }
        guard let label else { return prediction }
        return min(prediction, label)
    }

    /// Puts everything that is stored of a key into an empty history, and moves past it.
    ///
    /// `key` is not before the last key that was taken; keys in between are passed over.
    package mutating func take(_ key: PredictionKey, into history: inout PredictionHistory) -> Rows
    {
        while predictionIndex < facts.predictions.count,
            facts.predictions[predictionIndex].key < key
        {
            predictionIndex += 1
        }
        while labelIndex < facts.labels.count, facts.labels[labelIndex].key < key {
            labelIndex += 1
        }
        history.requestNumber = key.high ^ key.low
        let firstPrediction = predictionIndex
        while predictionIndex < facts.predictions.count,
            facts.predictions[predictionIndex].key == key
        {
            restore(facts.predictions[predictionIndex], into: &history)
            predictionIndex += 1
        }
        let firstLabel = labelIndex
        while labelIndex < facts.labels.count, facts.labels[labelIndex].key == key {
            history.restore(facts.labels[labelIndex].revision)
            labelIndex += 1
        }
        return Rows(
            predictions: firstPrediction..<predictionIndex,
            labels: firstLabel..<labelIndex
        )
    }

    /// The partition in which a key has rows of predictions, if it has.
    package func part(of key: PredictionKey) -> Int32? {
        var (low, high) = (0, facts.predictions.count)
        while low < high {
            let middle = (low + high) / 2
            if facts.predictions[middle].key < key { low = middle + 1 } else { high = middle }
        }
        guard low < facts.predictions.count, facts.predictions[low].key == key else { return nil }
        return facts.predictions[low].part
    }

    private func restore(_ fact: PredictionFact, into history: inout PredictionHistory) {
        for (position, version) in (dictionary.modelSets[fact.modelSet] ?? []).enumerated() {
            let start = fact.scoreStart + position * scoresPerPrediction
            history.restore(
                StoredPrediction(
                    predictedAt: fact.predictedAt,
                    telling: fact.telling,
                    modelVersion: version,
                    model: dictionary.versions[version]?.model ?? 0,
                    sliceSet: fact.sliceSet,
                    scoreStart: 0,
                    details: fact.details
                ),
                scores: facts.scores[start..<start + scoresPerPrediction]
            )
        }
    }
}
