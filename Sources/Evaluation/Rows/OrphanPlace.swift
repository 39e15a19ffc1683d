/// Where a page of orphans ended.
package struct OrphanPlace: Sendable, Equatable, Comparable {
    /// The id, empty for a UUID.
    package var text: String
    package var key: PredictionKey

    package init(text: String, key: PredictionKey) {
        self.text = text
        self.key = key
    }

    package static func < (left: OrphanPlace, right: OrphanPlace) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
            ? left.key < right.key : left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}
