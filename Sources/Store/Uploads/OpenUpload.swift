package import Evaluation

/// An upload that is being written.
package struct OpenUpload: Sendable {
    /// Its row in the ledger, which its facts and rejects name.
    package var id: Int64
    /// Tells its cell deltas from all others: of small writes, a row of the ledger has many.
    package var deltaID: Int64
    /// The rows that the row of the ledger had before.
    package var earlierRows: Int64
    /// Since when its rows are known, but for those that say so themselves.
    package var knownAt: Instant

    /// How a row of the upload was told.
    ///
    /// - Parameters:
    ///   - knownAt: What the row says; `Instant.distantPast` where it says nothing.
    ///   - place: Of the row among those of its id.
    /// - Returns: With the instant of the upload where the row has none.
    package func telling(knownAt: Instant, place: Int32) -> Telling {
        let since = knownAt == .distantPast ? self.knownAt : knownAt
        return Telling(knownAt: since, uploadID: id, place: place)
    }
}
