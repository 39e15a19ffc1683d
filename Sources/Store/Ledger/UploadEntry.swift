package import Evaluation

/// An upload as the ledger has it.
package struct UploadEntry: Sendable, Equatable {
    package var id: Int64
    package var kind: String
    /// When its rows became known; of the small writes of an hour, the first of them.
    package var knownAt: Instant
    /// Of the small writes of an hour: when the newest of them became known.
    package var lastKnownAt: Instant?
    /// The tokens that it came by, by name; none on the command line.
    package var tokenNames: [Name]
    package var counts: UploadCounts

    package init(
        id: Int64,
        kind: String,
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

/// Where a page of rejects ended.
package struct RejectPlace: Sendable, Equatable {
    package var uploadID: Int64
    package var line: Int64
    /// How many rejects of that line there were, from the first one on.
    package var count: Int

    package init(uploadID: Int64, line: Int64, count: Int) {
        self.uploadID = uploadID
        self.line = line
        self.count = count
    }
}
