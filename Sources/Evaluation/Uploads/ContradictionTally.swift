/// Which uploads the rows of an upload contradict.
package struct ContradictionTally: Sendable, Equatable {
    /// By the upload that is contradicted.
    package private(set) var uploads: [Int64: Rows] = [:]

    /// Rows, and from when to when the predictions are that they are about.
    package struct Rows: Sendable, Equatable {
        package var count: Int64
        package var first: Instant
        package var last: Instant

        fileprivate static func += (left: inout Rows, right: Rows) {
            left.count += right.count
            left.first = min(left.first, right.first)
            left.last = max(left.last, right.last)
        }
    }

    package init() {}

    /// Notes a row.
    ///
    /// - Parameters:
    ///   - uploadID: That it contradicts.
    ///   - instant: When the first prediction of its request was made; of a label that waits for one, when it was
    ///     observed.
    package mutating func note(_ uploadID: Int64, at instant: Instant) {
        add(Rows(count: 1, first: instant, last: instant), to: uploadID)
    }

    package static func += (left: inout ContradictionTally, right: ContradictionTally) {
        for (uploadID, rows) in right.uploads { left.add(rows, to: uploadID) }
    }

    private mutating func add(_ rows: Rows, to uploadID: Int64) {
        uploads[uploadID, default: Rows(count: 0, first: rows.first, last: rows.last)] += rows
    }
}
