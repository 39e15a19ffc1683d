/// Predictions with what is known of their outcomes.
package struct RowPage: Sendable {
    package var task: PredictionTask
    package var asOf: Instant
    package var interval: Window
    package var order: RowOrder
    package var rows: [Row]
    /// Where the next page begins, if there is one.
    package var next: RowPlace?
    /// Requests of the interval that are missing, for their rows were deleted.
    package var forgotten: Int64
    /// Set where it is a replay.
    package var replay: Replay?

    package init(
        task: PredictionTask,
        asOf: Instant,
        interval: Window,
        order: RowOrder,
        rows: [Row],
        next: RowPlace? = nil,
        forgotten: Int64,
        replay: Replay? = nil
    ) {
        self.task = task
        self.asOf = asOf
        self.interval = interval
        self.order = order
        self.rows = rows
        self.next = next
        self.forgotten = forgotten
        self.replay = replay
    }

    package struct Row: Sendable {
        package var predictionID: String
        package var model: Name
        package var version: Name
        package var slices: [Slice]
        package var row: StandingPrediction

        package init(
            predictionID: String,
            model: Name,
            version: Name,
            slices: [Slice],
            row: StandingPrediction
        ) {
            self.predictionID = predictionID
            self.model = model
            self.version = version
            self.slices = slices
            self.row = row
        }
    }
}
