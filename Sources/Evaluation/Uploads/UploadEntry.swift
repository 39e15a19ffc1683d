/// An upload as the ledger has it.
package struct UploadEntry: Sendable, Equatable {
    package var id: Int64
    package var kind: UploadKind
    /// When its rows became known; of the small writes of an hour, the first of them.
    package var knownAt: Instant
    /// Of the small writes of an hour: when the newest of them became known.
    package var lastKnownAt: Instant?
    /// The tokens that it came by, by name; none on the command line.
    package var tokenNames: [Name]
    package var counts: UploadCounts

    package init(
        id: Int64,
        kind: UploadKind,
        knownAt: Instant,
        lastKnownAt: Instant? = nil,
        tokenNames: [Name] = [],
        counts: UploadCounts = UploadCounts()
    ) {
        self.id = id
        self.kind = kind
        self.knownAt = knownAt
        self.lastKnownAt = lastKnownAt
        self.tokenNames = tokenNames
        self.counts = counts
    }
}
