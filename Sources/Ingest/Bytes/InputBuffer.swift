import CSimdJSON

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A window over the decompressed bytes of one input, wide enough for the longest row.
struct InputBuffer: ~Copyable {
    /// Only `start..<end` has content; what lies after it may be read but means nothing.
    private(set) var bytes: [UInt8]
    var start = 0
    private(set) var end = 0
    /// Whether the input has no bytes after `end`.
    private(set) var isAtEnd = false
    private(set) var source: ByteSource
    private let blockBytes: Int
    private let largestCapacity: Int
    private let padding = csimdjson_padding()

    init(sources: [InputSource], options: IngestOptions) throws(IngestError) {
        source = try ByteSource(sources: sources, options: options)
        blockBytes = source.blockBytes
        largestCapacity = options.limits.rowBytes + 2 + blockBytes
        bytes = Array(repeating: 0, count: min(2 * blockBytes, largestCapacity) + padding)
    }

    /// Opens the next input, or returns false after the last one.
    mutating func openNext() throws(IngestError) -> Bool {
        (start, end, isAtEnd) = (0, 0, false)
        return try source.openNext()
    }

    /// Reads more bytes, or finds the end of the input.
    ///
    /// There must be room: `end - start` may exceed the row limit by two bytes at most.
    mutating func fill() throws(IngestError) {
        if bytes.count - padding - end < blockBytes { makeRoom() }
        let limit = min(end + blockBytes, bytes.count - padding)
        let count = try source.read(into: &bytes, at: end, limit: limit)
        end += count
        isAtEnd = count == 0
    }

    /// Moves what is still needed to the front, into a wider window where this one is too narrow.
    private mutating func makeRoom() {
        let needed = end - start + blockBytes
        if needed > bytes.count - padding {
            let capacity = min(max(needed, 2 * bytes.count), largestCapacity)
            var wider = [UInt8](repeating: 0, count: capacity + padding)
            wider.overwrite(at: 0, with: bytes, start..<end)
            bytes = wider
        } else {
            bytes.moveToFront(start..<end)
        }
        end -= start
        start = 0
    }

    /// The position of the first line feed at `position` or behind it, among the bytes read so far.
    func indexOfLineFeed(from position: Int) -> Int? {
        guard position < end else { return nil }
        return unsafe bytes.withUnsafeBytes { all -> Int? in
            guard let first = all.baseAddress,
                let found = unsafe memchr(first + position, 0x0A, end - position)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - first
        }
    }
}
