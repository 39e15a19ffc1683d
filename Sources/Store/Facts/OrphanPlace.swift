package import Ingest

/// Where a page of orphans ended.
package struct OrphanPlace: Sendable, Equatable {
    /// The id, empty for a UUID.
    package var text: String
    package var key: PredictionKey

    package init(text: String, key: PredictionKey) {
        self.text = text
        self.key = key
    }
}
