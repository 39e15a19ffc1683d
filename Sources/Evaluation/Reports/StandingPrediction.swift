/// A prediction with what stands about its outcome: a row behind a number of a report.
package struct StandingPrediction: Sendable, Equatable {
    package var prediction: StoredPrediction
    package var score: Double
    package var status: OutcomeStatus
    /// The revision that decides, also where it withdraws the label; `nil` where none is known.
    package var revision: LabelRevision?
    /// The index of the class, or the value; also where the label policy implies it.
    package var label: Double?
    /// `nil` where the outcome is unknown.
    package var loss: Double?
}

/// Makes rows of histories: which predictions stand, and what their outcomes are.
package struct StandingPredictionReader: Sendable {
    private let task: PredictionTask
    private let dictionary: TaskDictionary
    private let buckets: TimeBuckets
    private let rank: LabelSourceRank
    private let asOf: Instant
    private let present: Instant
    private var standing: [Int] = []

    /// - Parameters:
    ///   - task: Whose histories they are.
    ///   - dictionary: Its names.
    ///   - buckets: Its calendar.
    ///   - asOf: What became known later is not seen.
    ///   - present: The instant at which it is judged which labels are due.
    package init(
        task: PredictionTask,
        dictionary: TaskDictionary,
        buckets: TimeBuckets,
        asOf: Instant,
        present: Instant
    ) {
        self.task = task
        self.dictionary = dictionary
        self.buckets = buckets
        self.asOf = asOf
        self.present = present
        rank = LabelSourceRank(task: task, dictionary: dictionary)
    }

    /// The standing predictions of a history, in no particular order.
    package mutating func rows(of history: PredictionHistory) -> [StandingPrediction] {
        history.standing(asOf: asOf, into: &standing)
        let revision = history.currentRevision(asOf: asOf, rank: rank)
        return standing.map { row(history.predictions[$0], of: history, revision) }
    }

    private func row(
        _ prediction: StoredPrediction,
        of history: PredictionHistory,
        _ revision: LabelRevision?
    ) -> StandingPrediction {
        let score = history.score(prediction)
        let (status, label) = outcome(of: prediction, revision)
        return StandingPrediction(
            prediction: prediction,
            score: score,
            status: status,
            revision: revision,
            label: label,
            loss: label.map { task.cohortLoss(score, label: $0) }
        )
    }

    private func outcome(
        of prediction: StoredPrediction,
        _ revision: LabelRevision?
    ) -> (OutcomeStatus, label: Double?) {
        if let label = revision?.value { return (.labelled, label) }
        let bucket = buckets.number(of: prediction.predictedAt)
        guard CohortBuilder.maturity(of: bucket, task, buckets) <= present else {
            return (.pending, nil)
        }
        guard let silent = task.silentLabel else { return (.overdue, nil) }
        return (.implied, silent)
    }
}
