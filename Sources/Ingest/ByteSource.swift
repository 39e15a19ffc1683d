import Crypto

/// The bytes of several inputs, one after the other, decompressed where they are gzip.
struct ByteSource: ~Copyable {
    private let sources: [InputSource]
    private let limits: IngestLimits
    private var next = 0
    private var file: OpenFile?
    private var memory: [UInt8] = []
    private var memoryPosition = 0
    private var gunzip: Gunzip?
    private var block: [UInt8]
    private var blockStart = 0
    private var blockEnd = 0
    private var digest: RunningDigest?
    private(set) var bytesRead: Int64 = 0
    /// The size of all inputs, as far as it is known beforehand.
    let totalBytes: Int64?
    private(set) var name = ""

    /// - Throws: Where a path does not exist, is a directory or must not be read.
    init(sources: [InputSource], options: IngestOptions) throws(IngestError) {
        self.sources = sources
        limits = options.limits
        digest = options.computesDigest ? RunningDigest() : nil
        block = Array(repeating: 0, count: max(limits.blockBytes, Self.signatureBytes))
        totalBytes = try Self.totalBytes(of: sources)
        name = sources.first?.name ?? ""
    }

    /// SHA-256 of what was read so far; see `SourceDigest`.
    var currentDigest: [UInt8] { digest?.value ?? [] }

    /// Opens the next input, or returns false after the last one.
    mutating func openNext() throws(IngestError) -> Bool {
        digest?.endSource()
        file = nil
        gunzip = nil
        memory = []
        guard next < sources.count else { return false }
        let source = sources[next]
        next += 1
        name = source.name
        (memoryPosition, blockStart, blockEnd) = (0, 0, 0)
        switch source {
        case .file(let path): file = try OpenFile(path: path)
        case .standardInput: file = OpenFile(standardInput: source.name)
        case .bytes(let bytes, _): memory = bytes
        }
        while blockEnd < Self.signatureBytes {
            let count = try readRaw(at: blockEnd, limit: Self.signatureBytes - blockEnd)
            if count == 0 { break }
            blockEnd += count
        }
        if blockEnd == 0 { throw .empty(name) }
        let signature = Array(block[..<blockEnd])
        if signature.starts(with: [0x1F, 0x8B]) {
            gunzip = Gunzip()
        } else if let found = FileSignature.foreign(signature) {
            throw .wrongFormat(name, found: found.format, advice: found.advice)
        }
        return true
    }

    /// Reads at least one byte, or returns 0 at the end of the open input.
    mutating func read(
        into buffer: inout [UInt8],
        at position: Int,
        limit: Int
    ) throws(IngestError) -> Int {
        while true {
            if blockStart == blockEnd {
                blockStart = 0
                blockEnd = try readRaw(at: 0, limit: limits.blockBytes)
            }
            guard gunzip != nil else {
                let count = min(blockEnd - blockStart, limit - position)
                buffer.replaceSubrange(
                    position..<position + count,
                    with: block[blockStart..<blockStart + count]
                )
                blockStart += count
                return count
            }
            let written = try decompress(into: &buffer, at: position, limit: limit)
            if written > 0 || blockEnd == 0 { return written }
        }
    }

    private mutating func decompress(
        into buffer: inout [UInt8],
        at position: Int,
        limit: Int
    ) throws(IngestError) -> Int {
        guard gunzip != nil else { return 0 }
        let isAtEnd = blockEnd == 0
        var (read, written) = (0, 0)
        do throws(Gunzip.Failure) {
            (read, written) =
                try gunzip?.inflate(
                    block,
                    from: blockStart,
                    to: blockEnd,
                    into: &buffer,
                    at: position,
                    limit: limit
                )
                ?? (0, 0)
        } catch {
            throw .corruptGzip(name, reason: error.reason)
        }
        blockStart += read
        if isAtEnd, written == 0, gunzip?.isComplete == false { throw .truncatedGzip(name) }
        return written
    }

    /// Reads bytes as they are stored into the block; 0 at the end of the input.
    private mutating func readRaw(at position: Int, limit: Int) throws(IngestError) -> Int {
        let count: Int
        if file != nil {
            count = try file?.read(into: &block, at: position, limit: limit) ?? 0
        } else {
            count = min(limit, memory.count - memoryPosition)
            block.replaceSubrange(
                position..<position + count,
                with: memory[memoryPosition..<memoryPosition + count]
            )
            memoryPosition += count
        }
        bytesRead += Int64(count)
        digest?.update(block, from: position, count: count)
        return count
    }

    /// As many bytes as the longest signature of a file format that is recognised.
    private static let signatureBytes = 6

    private static func totalBytes(of sources: [InputSource]) throws(IngestError) -> Int64? {
        var total: Int64? = 0
        var readsStandardInput = false
        for source in sources {
            let size: Int64?
            switch source {
            case .file(let path): size = try FileStatus(path: path).size
            case .bytes(let bytes, _): size = Int64(bytes.count)
            case .standardInput:
                if readsStandardInput {
                    throw .invalidOption("Standard input (-) is given twice; give it once.")
                }
                readsStandardInput = true
                size = nil
            }
            total = if let sum = total, let size { sum + size } else { nil }
        }
        return total
    }
}
