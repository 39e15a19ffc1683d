/// How good each model is on each slice, over one interval.
package struct SliceReports: Sendable {
    package var asOf: Instant
    package var interval: Window
    /// In alphabetical order; those without predictions in the interval are left out.
    package var slices: [SliceReport]
    /// Requests that are missing in the numbers, for their rows were deleted.
    package var forgotten: Int64
    /// Set where it is a replay.
    package var replay: Replay?

    package init(
        asOf: Instant,
        interval: Window,
        slices: [SliceReport],
        forgotten: Int64 = 0,
        replay: Replay? = nil
    ) {
        self.asOf = asOf
        self.interval = interval
        self.slices = slices
        self.forgotten = forgotten
        self.replay = replay
    }
}

/// How good each model is on one slice.
package struct SliceReport: Sendable {
    package var name: Slice
    package var models: [ModelReport]

    package init(name: Slice, models: [ModelReport]) {
        self.name = name
        self.models = models
    }
}
