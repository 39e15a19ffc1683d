import Crypto
package import Evaluation

/// Makes the keys of one task's prediction ids.
///
/// An id in the canonical form of a UUID, in either case, keeps its 128 bits, combined by exclusive
/// or with a constant of the task, so that equal ids of two tasks differ, time-ordered ids stay in
/// order, and the id can be shown again. Any other id becomes the first 16 bytes of
/// SHA-256(constant, 0, id).
package struct PredictionKeyMaker: Sendable {
    /// The first 16 bytes of SHA-256 over "gnomon task" and the task's id, 4 bytes, highest first.
    let mask: PredictionKey
    /// What is hashed: the constant, a zero, and from `prefixCount` on the last id that was hashed.
    private var message: [UInt8]
    private var messageCount = Self.prefixCount
    private var lastKey: PredictionKey?
    private static let prefixCount = 17

    package init(taskID: Int32) {
        var digest = SHA256()
        digest.update(data: Array("gnomon task".utf8))
        let bits = UInt32(bitPattern: taskID)
        digest.update(data: (0..<4).map { UInt8(truncatingIfNeeded: bits >> (24 - 8 * $0)) })
        let constant = Array(digest.finalize().prefix(16))
        mask = PredictionKey(leading: constant)
        message = constant + [UInt8](repeating: 0, count: 256)
    }

    /// The key of the id that fills the bytes from `start` up to `end`.
    package mutating func key(
        of bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int
    ) -> (key: PredictionKey, isUUID: Bool) {
        if end - start == UUIDText.count, let uuid = UUIDText.parse(bytes, from: start) {
            return (PredictionKey(high: uuid.high ^ mask.high, low: uuid.low ^ mask.low), true)
        }
        // Rows of several models on one request follow each other in most files, and hashing takes
        // longer than all else that is done with a row.
        if let lastKey, messageCount - Self.prefixCount == end - start,
            message.matches(at: Self.prefixCount, bytes, from: start, to: end)
        {
            return (lastKey, false)
        }
        messageCount = Self.prefixCount + (end - start)
        if messageCount > message.count {
            message.append(contentsOf: repeatElement(0, count: messageCount - message.count))
        }
        message.overwrite(at: Self.prefixCount, with: bytes, from: start, to: end)
        let key = unsafe message.withUnsafeBytes { all in
            var digest = SHA256()
            unsafe digest.update(bufferPointer: .init(rebasing: all[..<messageCount]))
            return unsafe digest.finalize().withUnsafeBytes { unsafe PredictionKey(leading: $0) }
        }
        lastKey = key
        return (key, false)
    }
}

extension PredictionKey {
    /// The key of one prediction id; for many, use `PredictionKeyMaker`.
    package init(taskID: Int32, id: some Collection<UInt8>) {
        var maker = PredictionKeyMaker(taskID: taskID)
        let bytes = Array(id)
        self = maker.key(of: bytes.span, from: 0, to: bytes.count).key
    }

    /// The UUID that the key was made of, in lower case; means something only for such keys.
    package func uuidText(taskID: Int32) -> String {
        let mask = PredictionKeyMaker(taskID: taskID).mask
        return UUIDText.format(high: high ^ mask.high, low: low ^ mask.low)
    }

    fileprivate init(leading bytes: [UInt8]) {
        self = unsafe bytes.withUnsafeBytes { unsafe PredictionKey(leading: $0) }
    }

    fileprivate init(leading bytes: UnsafeRawBufferPointer) {
        unsafe self.init(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }
}
