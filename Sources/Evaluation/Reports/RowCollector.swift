/// Collects the labelled rows of models from histories, for metrics that are exact only from rows.
package struct RowCollector: Sendable {
    private let task: PredictionTask
    private let dictionary: TaskDictionary
    private let buckets: TimeBuckets
    private let rank: LabelSourceRank
    private let asOf: Instant
    private let present: Instant
    private let slice: Int32
    private var standing: [Int] = []

    /// - Parameters:
    ///   - task: Whose models they are.
    ///   - dictionary: Its names.
    ///   - buckets: Its calendar.
    ///   - asOf: What became known later is not seen.
    ///   - present: The instant at which maturity is judged, for the label policy.
    ///   - slice: The slice to keep to.
    package init(
        task: PredictionTask,
        dictionary: TaskDictionary,
        buckets: TimeBuckets,
        asOf: Instant,
        present: Instant,
        slice: Int32
    ) {
        self.task = task
        self.dictionary = dictionary
        self.buckets = buckets
        self.asOf = asOf
        self.present = present
        self.slice = slice
        rank = LabelSourceRank(task: task, dictionary: dictionary)
    }

    /// One labelled prediction; binary labels are 1 for the positive class, else 0.
    package struct Row: Sendable {
        package var version: Int32
        package var predictedAt: Instant
        package var score: Double
        package var label: Double
    }

    /// Calls the body with each labelled standing prediction of a history.
    package mutating func collect(_ history: PredictionHistory, _ body: (Row) -> Void) {
        history.standing(asOf: asOf, into: &standing)
        let label = history.currentLabel(asOf: asOf, rank: rank)?.value
        for index in standing {
            let prediction = history.predictions[index]
            guard
                slice == TaskDictionary.allSlices
                    || dictionary.slicesOfSet[prediction.sliceSet]?.contains(slice) == true
            else { continue }
            guard let outcome = outcome(label, of: prediction) else { continue }
            body(
                Row(
                    version: prediction.modelVersion,
                    predictedAt: prediction.predictedAt,
                    score: history.score(prediction),
                    label: outcome
                )
            )
        }
    }

    private func outcome(_ label: Double?, of prediction: StoredPrediction) -> Double? {
        let scoring = task.kind.scoring
        if let label { return scoring.outcome(label, of: task) }
        guard let silent = task.silentLabel else { return nil }
        let bucket = buckets.number(of: prediction.predictedAt)
        guard CohortBuilder.maturity(of: bucket, task, buckets) <= present else { return nil }
        return scoring.outcome(silent, of: task)
    }
}
