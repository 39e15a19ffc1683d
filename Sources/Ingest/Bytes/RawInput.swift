/// The bytes of one input after the other as they are stored, counted and digested.
struct RawInput: ~Copyable {
    private(set) var bytesRead: Int64 = 0
    private var file: OpenFile?
    private var memory: [UInt8] = []
    private var memoryPosition = 0
    private var digest: RunningDigest?

    init(computesDigest: Bool) {
        digest = computesDigest ? RunningDigest() : nil
    }

    /// SHA-256 of what was read so far; see `SourceDigest`.
    var currentDigest: [UInt8] { digest?.value ?? [] }

    mutating func open(_ source: InputSource) throws(IngestError) {
        close()
        switch source {
        case .file(let path), .received(let path, _): file = try OpenFile(path: path)
        case .standardInput: file = OpenFile(standardInput: source.name)
        case .bytes(let bytes, _): memory = bytes
        }
    }

    mutating func close() {
        digest?.endSource()
        file = nil
        memory = []
        memoryPosition = 0
    }

    /// Reads up to `limit` bytes into the buffer from `position` on; 0 at the end of the input.
    mutating func read(
        into buffer: inout [UInt8],
        at position: Int,
        limit: Int
    ) throws(IngestError) -> Int {
        let count: Int
        if file != nil {
            count = try file?.read(into: &buffer, at: position, limit: limit) ?? 0
        } else {
            count = min(limit, memory.count - memoryPosition)
            buffer.overwrite(
                at: position,
                with: memory,
                memoryPosition..<memoryPosition + count
            )
            memoryPosition += count
        }
        bytesRead += Int64(count)
        digest?.update(buffer, from: position, count: count)
        return count
    }
}
