/// Requests that a champion and a shadow both scored, farthest apart first.
package struct PairPage: Sendable {
    package var task: PredictionTask
    package var asOf: Instant
    package var champion: Name
    package var shadow: Name
    /// As it was asked for.
    package var query: PairQuery
    /// Of all requests of the window and the slice.
    package var apart: PairsApart
    package var rows: [Row]
    /// Requests of the interval that are missing, for their rows were deleted.
    package var forgotten: Int64
    /// Set where it is a replay.
    package var replay: Replay?

    package init(
        task: PredictionTask,
        asOf: Instant,
        champion: Name,
        shadow: Name,
        query: PairQuery,
        apart: PairsApart,
        rows: [Row],
        forgotten: Int64 = 0,
        replay: Replay? = nil
    ) {
        self.task = task
        self.asOf = asOf
        self.champion = champion
        self.shadow = shadow
        self.query = query
        self.apart = apart
        self.rows = rows
        self.forgotten = forgotten
        self.replay = replay
    }

    package struct Row: Sendable {
        package var predictionID: String
        package var championVersion: Name
        package var shadowVersion: Name
        /// Those that the request belongs to.
        package var slices: [Slice]
        package var pair: RequestPair

        package init(
            predictionID: String,
            championVersion: Name,
            shadowVersion: Name,
            slices: [Slice],
            pair: RequestPair
        ) {
            self.predictionID = predictionID
            self.championVersion = championVersion
            self.shadowVersion = shadowVersion
            self.slices = slices
            self.pair = pair
        }
    }
}
