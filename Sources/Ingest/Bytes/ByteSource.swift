import Evaluation

/// The bytes of several inputs, one after the other, decompressed where they are gzip.
struct ByteSource: ~Copyable {
    /// How many bytes are read at a time: no more than there are, where that is known.
    let blockBytes: Int
    /// The size of all inputs, as far as it is known beforehand.
    let totalBytes: Int64?
    /// What the open input is called.
    private(set) var name: String
    private let sources: [InputSource]
    /// Whether the first bytes say what the input is: not where they are those of one row of several.
    private let looksAtSignature: Bool
    private var next = 0
    private var raw: RawInput
    private var gunzip: Gunzip?
    /// Bytes that were read and not yet passed on; all of them for gzip, else only the first.
    private var block: [UInt8]
    private var blockStart = 0
    private var blockEnd = 0
    /// As many bytes as the longest signature of a file format that is recognised.
    private static let signatureBytes = 6

    /// - Throws: Where a path does not exist, is a directory or must not be read.
    init(sources: [InputSource], options: IngestOptions) throws(IngestError) {
        self.sources = sources
        looksAtSignature = !options.judgesRowsAlone
        raw = RawInput(computesDigest: options.computesDigest)
        totalBytes = try Self.totalBytes(of: sources)
        let most = Int(clamping: totalBytes ?? .max)
        blockBytes = min(options.limits.blockBytes, max(most, 4096))
        block = Array(repeating: 0, count: max(blockBytes, Self.signatureBytes))
        name = sources.first?.name ?? ""
    }

    var bytesRead: Int64 { raw.bytesRead }
    var currentDigest: [UInt8] { raw.currentDigest }

    /// Opens the next input, or returns false after the last one.
    mutating func openNext() throws(IngestError) -> Bool {
        gunzip = nil
        (blockStart, blockEnd) = (0, 0)
        guard next < sources.count else {
            raw.close()
            return false
        }
        name = sources[next].name
        try raw.open(sources[next])
        next += 1
        while blockEnd < Self.signatureBytes {
            let count = try raw.read(
                into: &block,
                at: blockEnd,
                limit: Self.signatureBytes - blockEnd
            )
            if count == 0 { break }
            blockEnd += count
        }
        guard looksAtSignature else { return true }
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
        if gunzip != nil { return try decompress(into: &buffer, at: position, limit: limit) }
        if blockStart == blockEnd {
            return try raw.read(into: &buffer, at: position, limit: limit - position)
        }
        let count = min(blockEnd - blockStart, limit - position)
        buffer.overwrite(at: position, with: block, blockStart..<blockStart + count)
        blockStart += count
        return count
    }

    private mutating func decompress(
        into buffer: inout [UInt8],
        at position: Int,
        limit: Int
    ) throws(IngestError) -> Int {
        while true {
            if blockStart == blockEnd {
                blockStart = 0
                blockEnd = try raw.read(into: &block, at: 0, limit: blockBytes)
            }
            let isAtEnd = blockEnd == 0
            var progress: (read: Int, written: Int)?
            do throws(Gunzip.Failure) {
                progress = try gunzip?.inflate(
                    block,
                    from: blockStart,
                    to: blockEnd,
                    into: &buffer,
                    at: position,
                    limit: limit
                )
            } catch {
                throw .corruptGzip(name, reason: error.reason)
            }
            guard let progress else { return 0 }
            blockStart += progress.read
            if progress.written > 0 { return progress.written }
            if isAtEnd {
                if gunzip?.isComplete == false { throw .truncatedGzip(name) }
                return 0
            }
        }
    }

    private static func totalBytes(of sources: [InputSource]) throws(IngestError) -> Int64? {
        var total: Int64? = 0
        var readsStandardInput = false
        for source in sources {
            let size: Int64?
            switch source {
            case .file(let path), .received(let path, _): size = try FileStatus(path: path).size
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
