import Store

/// What became of the rows of each line of an upload.
struct LineTally: Sendable {
    private(set) var counts: [Int64: UploadCounts] = [:]
    /// The upload that a line's row contradicts, for each of its rows that contradict one.
    private(set) var contradicted: [Int64: [Int64]] = [:]

    mutating func noteAccepted(_ line: Int64) {
        counts[line, default: UploadCounts()].accepted += 1
    }

    mutating func noteContradiction(_ line: Int64, _ uploadID: Int64) {
        contradicted[line, default: []].append(uploadID)
    }

    /// Adds what a row changed in the counts of the upload.
    mutating func note(_ line: Int64, from earlier: UploadCounts, to later: UploadCounts) {
        counts[line, default: UploadCounts()] += later - earlier
    }
}

extension UploadCounts {
    fileprivate static func - (left: UploadCounts, right: UploadCounts) -> UploadCounts {
        var difference = UploadCounts()
        difference.accepted = left.accepted - right.accepted
        difference.duplicate = left.duplicate - right.duplicate
        difference.conflict = left.conflict - right.conflict
        difference.corrected = left.corrected - right.corrected
        difference.withdrawn = left.withdrawn - right.withdrawn
        difference.orphan = left.orphan - right.orphan
        difference.joined = left.joined - right.joined
        difference.labelBeforePrediction =
            left.labelBeforePrediction - right.labelBeforePrediction
        return difference
    }
}
