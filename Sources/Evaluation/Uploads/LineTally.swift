/// What became of the rows of each line of an upload.
package struct LineTally: Sendable {
    package private(set) var counts: [Int64: UploadCounts] = [:]
    /// The upload that a line's row contradicts, for each of its rows that contradict one.
    package private(set) var contradicted: [Int64: [Int64]] = [:]

    package init() {}

    package mutating func noteAccepted(_ line: Int64) {
        counts[line, default: UploadCounts()].accepted += 1
    }

    package mutating func noteContradiction(_ line: Int64, _ uploadID: Int64) {
        contradicted[line, default: []].append(uploadID)
    }

    /// Adds what a row changed in the counts of the upload.
    package mutating func note(_ line: Int64, from earlier: UploadCounts, to later: UploadCounts) {
        counts[line, default: UploadCounts()] += later - earlier
    }
}
