import Evaluation
import Store

/// Numbers the rows of one id that lie in the same partition, in the order in which they are told.
struct CopyCounter {
    private var next: [Int32: Int32] = [:]

    /// The number of the next new row, without taking it.
    func upcoming(part: Int32) -> Int32 { next[part, default: 0] }

    /// - Parameter stored: The rows of the id that there are.
    mutating func begin(_ stored: ArraySlice<PredictionFact>) {
        next.removeAll(keepingCapacity: true)
        for fact in stored {
            next[fact.part] = max(next[fact.part] ?? 0, fact.telling.place + 1)
        }
    }

    /// The number of a new row.
    mutating func next(part: Int32) -> Int32 {
        let number = next[part, default: 0]
        next[part] = number + 1
        return number
    }
}
