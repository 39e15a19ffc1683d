package import Evaluation

/// The predictions behind a point of a drawing.
package struct RowsPage: Sendable {
    package var place: TaskPlace
    package var outline: TaskOutline
    package var choice: Choice
    package var rows: RowPage
    /// Leads to the next page, if there is one.
    package var cursor: String?

    package init(
        place: TaskPlace,
        outline: TaskOutline,
        choice: Choice,
        rows: RowPage,
        cursor: String?
    ) {
        self.place = place
        self.outline = outline
        self.choice = choice
        self.rows = rows
        self.cursor = cursor
    }

    /// What is looked at, as it was asked for.
    package struct Choice: Sendable, Equatable {
        package var from: String?
        package var to: String?
        package var model: Name?
        package var slice: String?
        package var order: RowOrder
        package var limit: Int?

        package init(
            from: String? = nil,
            to: String? = nil,
            model: Name? = nil,
            slice: String? = nil,
            order: RowOrder = .time,
            limit: Int? = nil
        ) {
            self.from = from
            self.to = to
            self.model = model
            self.slice = slice
            self.order = order
            self.limit = limit
        }
    }

    /// Rows of a page: as many as it can hold, and as are shown where nobody asks for another number.
    package static let mostRows = 100
    package static let usualRows = 50

    var address: PageAddress {
        PageAddress(["tasks", place.task.name.text, "rows"]).with("from", choice.from)
            .with("to", choice.to).with("model", choice.model?.text).with("slice", choice.slice)
            .with("order", choice.order == .time ? nil : choice.order.rawValue)
            .with("limit", choice.limit.map { "\($0)" }).with("as_of", place.asOf?.iso8601)
    }
}
