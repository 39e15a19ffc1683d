package import Evaluation
package import Store

/// Which rows are asked for.
package struct RowQuery: Sendable {
    /// `nil` takes all that there is.
    package var from: Instant?
    package var to: Instant?
    package var model: String?
    package var slice: SliceName?
    package var asOf: Instant?
    package var order: RowOrder
    /// Where the page before ended; in the order of time only.
    package var after: RowPlace?
    package var limit: Int

    package init(
        from: Instant? = nil,
        to: Instant? = nil,
        model: String? = nil,
        slice: SliceName? = nil,
        asOf: Instant? = nil,
        order: RowOrder = .time,
        after: RowPlace? = nil,
        limit: Int = 100
    ) {
        self.from = from
        self.to = to
        self.model = model
        self.slice = slice
        self.asOf = asOf
        self.order = order
        self.after = after
        self.limit = limit
    }

    var interval: Range<Instant> {
        let lower = from ?? .distantPast
        return lower..<max(lower, to ?? .distantFuture)
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
    package var model: String

    package init(place: PredictionPlace, model: String) {
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
    package var interval: Range<Instant>
    package var order: RowOrder
    package var rows: [Row]
    /// Where the next page begins, if there is one.
    package var next: RowPlace?
    /// Set where it is a replay.
    package var replay: Replay?

    package struct Row: Sendable {
        package var predictionID: String
        package var model: String
        package var version: String
        package var slices: [SliceName]
        package var row: StandingPrediction
    }
}
