import Crypto

/// Makes the keys of one task's prediction ids.
///
/// An id in the canonical form of a UUID, in either case, keeps its 128 bits, combined by exclusive
/// or with a constant of the task, so that equal ids of two tasks differ, time-ordered ids stay in
/// order, and the id can be shown again. Any other id becomes the first 16 bytes of
/// SHA-256(constant, 0, id).
package struct PredictionKeyMaker: Sendable {
    /// The first 16 bytes of SHA-256 over "gnomon task" and the task's id, 4 bytes, highest first.
    let mask: PredictionKey
    private var message: [UInt8]
    private static let prefixCount = 17

    package init(taskID: Int32) {
        var digest = SHA256()
        digest.update(data: Array("gnomon task".utf8))
        let bits = UInt32(bitPattern: taskID)
        digest.update(data: (0..<4).map { UInt8(truncatingIfNeeded: bits >> (24 - 8 * $0)) })
        let constant = Array(digest.finalize().prefix(16))
        mask = PredictionKey(bytes: constant.span)
        message = constant + [0]
        message.reserveCapacity(Self.prefixCount + 256)
    }

    /// The key of the id that fills the bytes from `start` up to `end`.
    package mutating func key(
        of bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int
    ) -> (key: PredictionKey, isUUID: Bool) {
        if end - start == UUIDText.count,
            let uuid = UUIDText.parse(bytes, from: start)
        {
            return (PredictionKey(high: uuid.high ^ mask.high, low: uuid.low ^ mask.low), true)
        }
        message.removeLast(message.count - Self.prefixCount)
        message.append(bytes, from: start, to: end)
        let digest = SHA256.hash(data: message)
        return (
            unsafe digest.withUnsafeBytes { bytes in unsafe PredictionKey(leading: bytes) }, false
        )
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

    fileprivate init(bytes: Span<UInt8>) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        for index in 0..<8 {
            high = high << 8 | UInt64(bytes[index])
            low = low << 8 | UInt64(bytes[index + 8])
        }
        self.init(high: high, low: low)
    }

    fileprivate init(leading bytes: UnsafeRawBufferPointer) {
        unsafe self.init(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }
}
