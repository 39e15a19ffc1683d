import Evaluation

/// Numbers rows of one id that say nothing new: each as the next new row of its model would be, so that it comes
/// between the same rows when it counts after all.
struct RepeatNumbers {
    private let copies: CopyCounter
    /// The first of the new predictions, and the row that each became.
    private let first: Int
    private var rows: [Int32]
    private var seen: Int
    /// The next number of each model in each partition, after the new predictions that have been seen.
    private var next: [Place: Int32] = [:]

    private struct Place: Hashable {
        var model: Int32
        var part: Int32
    }

    /// - Parameters:
    ///   - first: The first of the predictions that are new.
    ///   - copies: Before the new rows are numbered.
    init(first: Int, _ copies: CopyCounter) {
        self.copies = copies
        self.first = first
        rows = []
        seen = first
    }

    /// Notes that some of the new predictions became a row.
    mutating func note(_ members: [Int], _ number: Int32) {
        for member in members {
            while rows.count <= member - first { rows.append(0) }
            rows[member - first] = number
        }
    }

    /// The number of a row; `known` are the predictions that had been told by then, and grow from call to call.
    mutating func number(
        of model: Int32,
        part: Int32,
        after known: ArraySlice<StoredPrediction>,
        partOf: (Instant) -> Int32
    ) -> Int32 {
        while seen < known.endIndex {
            let prediction = known[seen]
            let place = Place(model: prediction.model, part: partOf(prediction.predictedAt))
            next[place] = rows[seen - first] + 1
            seen += 1
        }
        return next[Place(model: model, part: part)] ?? copies.upcoming(part: part)
    }
}
