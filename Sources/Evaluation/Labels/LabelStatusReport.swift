/// What is known of the labels of a task.
package struct LabelStatusReport: Sendable {
    package var task: PredictionTask
    package var asOf: Instant
    /// Only predictions from here on are counted, where the rows of older ones are no longer kept.
    package var rowsFrom: Instant?
    package var predictionIDs = 0
    package var labelled = 0
    package var pending = 0
    package var overdue = 0
    /// Of `labelled`, ids whose label is older than their prediction.
    package var labelBeforePrediction = 0
    /// Of `labelled`, ids whose label has been revised.
    package var corrected = 0
    package var withdrawn = 0
    /// Labels whose prediction is unknown, by id.
    package var orphans = 0
    package var orphanIDs: [String] = []
    package var predictionUploads = UploadCounts()
    package var labelUploads = UploadCounts()
    /// Hours from prediction to label: all, and for binary tasks by class.
    package var delays: [Delay] = []
    /// Local days with predictions or first labels, in order.
    package var days: [Day] = []
    /// How the share of known labels grows after a prediction.
    ///
    /// Of all predictions, and for binary tasks of the labels of each class. Only predictions whose horizon has
    /// passed count, so that slow labels are not missed.
    package var curves: [DelayCurve] = []
    /// What contradicts of what is counted here; `nil` where nothing does.
    package var contradictions: Contradictions?
    /// Requests that are missing, for their rows were deleted.
    package var forgotten: Int64 = 0
    /// Set where it is a replay.
    package var replay: Replay?

    package init(task: PredictionTask, asOf: Instant, rowsFrom: Instant? = nil) {
        self.task = task
        self.asOf = asOf
        self.rowsFrom = rowsFrom
    }

    /// What came on a day.
    package struct Day: Sendable, Equatable {
        package var start: Instant
        package var end: Instant
        /// Prediction ids of the day.
        package var predictions: Int
        /// First labels that became known on the day, whenever their predictions were made.
        package var labels: Int

        package init(
            start: Instant,
            end: Instant,
            predictions: Int,
            labels: Int
        ) {
            self.start = start
            self.end = end
            self.predictions = predictions
            self.labels = labels
        }
    }

    package struct Delay: Sendable, Equatable {
        package var name: Name
        package var n: Int
        package var p05: Double
        package var p50: Double
        package var p95: Double
        package var p99: Double

        package init(
            name: Name,
            n: Int,
            p05: Double,
            p50: Double,
            p95: Double,
            p99: Double
        ) {
            self.name = name
            self.n = n
            self.p05 = p05
            self.p50 = p50
            self.p95 = p95
            self.p99 = p99
        }
    }

    package var coverage: Double? {
        predictionIDs > 0 ? Double(labelled) / Double(predictionIDs) : nil
    }
}
