/// Passes over the byte order mark of UTF-8, with which a body may begin, however it comes in pieces.
///
/// In one place for all bodies, so that it does not matter what becomes of one afterwards.
struct ByteOrderMark: Sendable {
    private static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Bytes that may be the beginning of a mark.
    private(set) var rest: [UInt8] = []
    private var isPast = false

    /// - Parameter bytes: What came next.
    /// - Returns: What of it is text, with what was held back before.
    mutating func pass(_ bytes: [UInt8]) -> [UInt8] {
        if isPast { return bytes }
        let all = rest + bytes
        guard all.count >= Self.bytes.count || !Self.bytes.starts(with: all) else {
            rest = all
            return []
        }
        isPast = true
        rest = []
        return all.starts(with: Self.bytes) ? Array(all.dropFirst(Self.bytes.count)) : all
    }
}
