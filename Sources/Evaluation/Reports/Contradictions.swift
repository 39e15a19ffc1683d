/// How many requests of a question were told in several ways, and by which uploads.
package struct Contradictions: Sendable, Equatable {
    /// Requests, over all models and slices, whatever of them the question is about.
    package var requests: ContradictionCount
    /// The uploads with the most rows that contradict others.
    package var uploads: [ContradictingUpload]
    /// How many more there are.
    package var moreUploads: Int

    package init(
        requests: ContradictionCount,
        uploads: [ContradictingUpload],
        moreUploads: Int = 0
    ) {
        self.requests = requests
        self.uploads = uploads
        self.moreUploads = moreUploads
    }

    /// How many uploads are named.
    package static let namedUploads = 5
}

/// An upload that contradicts another, or itself.
package struct ContradictingUpload: Sendable, Equatable {
    package var id: Int64
    package var against: Int64
    /// All of its rows that contradict the other, also those about predictions that the question leaves out.
    package var rows: Int64

    package init(id: Int64, against: Int64, rows: Int64) {
        self.id = id
        self.against = against
        self.rows = rows
    }
}
