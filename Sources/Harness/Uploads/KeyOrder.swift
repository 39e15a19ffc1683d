import Evaluation
import Ingest

/// The order of rows by key, and within a key as they came.
enum KeyOrder {
    /// - Returns: The positions of the rows, by ascending key.
    static func positions(count: Int, key: (Int) -> PredictionKey) -> [Int32] {
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        for index in 0..<count {
            let key = key(index)
            entries.append(Entry(high: key.high, low: key.low, position: Int32(index)))
        }
        entries.sort { left, right in
            if left.high != right.high { return left.high < right.high }
            if left.low != right.low { return left.low < right.low }
            return left.position < right.position
        }
        return entries.map(\.position)
    }

    private struct Entry {
        var high: UInt64
        var low: UInt64
        var position: Int32
    }
}
