package import Contract
package import Evaluation

/// The requests on which a champion and a shadow are farthest apart.
package struct PairsPage: Sendable {
    package var place: TaskPlace
    package var outline: TaskOutline
    /// What was asked, beside the instant.
    package var asked: Parameters
    /// `nil` where there is no champion or no shadow.
    package var pairs: PairPage?

    package init(
        place: TaskPlace,
        outline: TaskOutline,
        asked: Parameters = Parameters(),
        pairs: PairPage?
    ) {
        self.place = place
        self.outline = outline
        self.asked = asked
        self.pairs = pairs
    }

    /// Rows of a page: as many as it can hold, and as are shown where nobody asks for another number.
    package static let mostRows = 100
    package static let usualRows = 50

    var root: PageAddress { PageAddress(["tasks", place.task.name.text, "pairs"]) }

    var address: PageAddress { root.with("as_of", place.asOf?.iso8601).with(asked) }
}
