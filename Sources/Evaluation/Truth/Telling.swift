/// When, and as which row of which upload, something was told: it orders what time itself leaves equal (rules T1, T2).
///
/// Never by value: a rule that prefers the smaller of two scores or classes is a bias.
package struct Telling: Sendable, Hashable, Comparable {
    /// From when on it is known.
    package var knownAt: Instant
    /// Uploads of a task are numbered in the order in which they come to its gate.
    package var uploadID: Int64
    /// Grows with the rows of an id, in the order in which they were told.
    package var place: Int32

    package init(knownAt: Instant, uploadID: Int64 = 0, place: Int32 = 0) {
        self.knownAt = knownAt
        self.uploadID = uploadID
        self.place = place
    }

    package static func < (left: Telling, right: Telling) -> Bool {
        (left.knownAt, left.uploadID, left.place) < (right.knownAt, right.uploadID, right.place)
    }
}
