package import Evaluation
package import Store

/// Which rows are asked for.
package struct RowQuery: Sendable {
    package var window: Window
    package var model: Name?
    package var slice: SliceName?
    package var asOf: Instant?
    package var order: RowOrder
    /// Where the page before ended; in the order of time only.
    package var after: RowPlace?
    package var limit: Int

    package init(
        window: Window = .always,
        model: Name? = nil,
        slice: SliceName? = nil,
        asOf: Instant? = nil,
        order: RowOrder = .time,
        after: RowPlace? = nil,
        limit: Int = 100
    ) {
        self.window = window
        self.model = model
        self.slice = slice
        self.asOf = asOf
        self.order = order
        self.after = after
        self.limit = limit
    }
}

package enum RowOrder: String, Sendable, CaseIterable {
    /// By time, then by key, then by model.
    case time
    /// The largest loss first; what has none is left out.
    case worst
}

/// Where a page of rows ended.
package struct RowPlace: Sendable, Equatable, Comparable {
    package var place: PredictionPlace
    package var model: Name

    package init(place: PredictionPlace, model: Name) {
        self.place = place
        self.model = model
    }

    package static func < (left: RowPlace, right: RowPlace) -> Bool {
        left.place != right.place ? left.place < right.place : left.model < right.model
    }
}

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

    package struct Row: Sendable {
        package var predictionID: String
        package var model: Name
        package var version: Name
        package var slices: [SliceName]
        package var row: StandingPrediction
    }
}
