import Store

/// Numbers the rows of one id that have the same models and lie in the same partition.
struct CopyCounter {
    private struct Place: Hashable {
        var modelSet: Int32
        var part: Int32
    }

    private var counts: [Place: Int] = [:]

    /// * `stored`: The rows of the id that there are.
    mutating func begin(_ stored: ArraySlice<PredictionFact>) {
        counts.removeAll(keepingCapacity: true)
        for fact in stored {
            counts[Place(modelSet: fact.modelSet, part: fact.part), default: 0] += 1
        }
    }

    /// The number of a new row; within `PredictionHistory.rowLimit`, for each row has a prediction of each of its
    /// models.
    mutating func next(modelSet: Int32, part: Int32) -> Int16 {
        let place = Place(modelSet: modelSet, part: part)
        let number = counts[place, default: 0]
        counts[place] = number + 1
        return Int16(clamping: number)
    }
}
