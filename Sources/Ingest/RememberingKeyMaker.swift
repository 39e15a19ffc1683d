/// Makes keys, and remembers the last one.
///
/// Rows of several models on one request follow each other in most files, and hashing an id takes
/// longer than all else that is done with a row.
struct RememberingKeyMaker: Sendable {
    private var keys: PredictionKeyMaker
    private var lastID: [UInt8] = []
    private var lastKey = (key: PredictionKey(high: 0, low: 0), isUUID: false)

    init(taskID: Int32) {
        keys = PredictionKeyMaker(taskID: taskID)
    }

    mutating func key(
        of bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int
    ) -> (key: PredictionKey, isUUID: Bool) {
        if lastID.count == end - start, lastID.matches(at: 0, bytes, from: start, to: end) {
            return lastKey
        }
        lastKey = keys.key(of: bytes, from: start, to: end)
        lastID.removeAll(keepingCapacity: true)
        lastID.append(bytes, from: start, to: end)
        return lastKey
    }
}
