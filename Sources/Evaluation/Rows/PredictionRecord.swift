/// Everything that is known of one prediction id.
package struct PredictionRecord: Sendable {
    package var task: PredictionTask
    package var asOf: Instant
    package var predictionID: String
    /// All predictions, by model and then by time.
    package var predictions: [Prediction]
    /// All revisions of the label, in the order in which they were told.
    package var labels: [Label]
    /// Set where it is a replay.
    package var replay: Replay?

    package init(
        task: PredictionTask,
        asOf: Instant,
        predictionID: String,
        predictions: [Prediction],
        labels: [Label],
        replay: Replay? = nil
    ) {
        self.task = task
        self.asOf = asOf
        self.predictionID = predictionID
        self.predictions = predictions
        self.labels = labels
        self.replay = replay
    }

    package struct Prediction: Sendable {
        package var model: Name
        package var version: Name
        package var score: Double
        package var slices: [Slice]
        package var prediction: StoredPrediction
        /// What its outcome is, where it is the one of its model that stands.
        package var standing: StandingPrediction?

        package init(
            model: Name,
            version: Name,
            score: Double,
            slices: [Slice],
            prediction: StoredPrediction,
            standing: StandingPrediction? = nil
        ) {
            self.model = model
            self.version = version
            self.score = score
            self.slices = slices
            self.prediction = prediction
            self.standing = standing
        }
    }

    package struct Label: Sendable {
        package var revision: LabelRevision
        package var source: Name
        /// The upload that brought it.
        package var uploadID: Int64
        /// Whether it decides: the others were corrected, or came too late to count.
        package var stands: Bool

        package init(
            revision: LabelRevision,
            source: Name,
            uploadID: Int64,
            stands: Bool
        ) {
            self.revision = revision
            self.source = source
            self.uploadID = uploadID
            self.stands = stands
        }
    }
}
