/// Which rows are asked for.
package struct RowQuery: Sendable {
    package var window: Window
    package var model: Name?
    package var slice: Slice?
    package var asOf: Instant?
    package var order: RowOrder
    /// Where the page before ended; in the order of time only.
    package var after: RowPlace?
    package var limit: Int

    package init(
        window: Window = .always,
        model: Name? = nil,
        slice: Slice? = nil,
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
