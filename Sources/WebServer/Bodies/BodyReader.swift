import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Ingest
import NIOCore
import Synchronization

/// Reads the body of a request to its end before anything is done with it.
///
/// An upload holds its task's gate from its first look to its commit. A body that is still on its way must
/// therefore hold nothing: neither a connection to the database nor the gate.
struct BodyReader: Sendable {
    var limits: ServerLimits
    /// The most bytes as they are sent.
    var maximumBytes: Int64
    var isGzip: Bool
    /// Whether JSON is turned into one row a line.
    var splitsRows: Bool

    /// How much has come, for the one who watches.
    private final class Progress: Sendable {
        let bytes = Atomic<Int64>(0)
    }

    /// - Parameter request: Its body is read.
    /// - Returns: The body.
    /// - Throws: `Problem` for one that is too large, too slow, or not what it says.
    func read(_ request: Request) async throws -> ReceivedBody {
        if let length = request.headers[.contentLength].flatMap(Int64.init), length > maximumBytes {
            throw tooLarge("\(length) bytes", limit: "\(maximumBytes) bytes")
        }
        let progress = Progress()
        do {
            return try await withThrowingTaskGroup(of: ReceivedBody?.self) { group in
                group.addTask { try await receive(request.body, progress) }
                group.addTask {
                    try await watch(progress)
                    return nil
                }
                defer { group.cancelAll() }
                while let body = try await group.next() {
                    if let body { return body }
                }
                throw CancellationError()
            }
        } catch var problem as Problem {
            problem.endsConnection = true
            throw problem
        }
    }

    /// Ends with a problem as soon as the body comes too slowly.
    private func watch(_ progress: Progress) async throws {
        var before: Int64 = 0
        while true {
            try await Task.sleep(for: limits.slowBodyTime)
            let now = progress.bytes.load(ordering: .relaxed)
            if now - before < limits.slowBodyBytes {
                throw Problem(
                    .slowBody,
                    "Fewer than \(limits.slowBodyBytes) bytes came within \(limits.slowBodyTime). "
                        + "Nothing was kept; send it again."
                )
            }
            before = now
        }
    }

    private func receive(
        _ body: RequestBody,
        _ progress: Progress
    ) async throws -> ReceivedBody {
        var sink = BodySink(limits: limits, isGzip: isGzip, splitsRows: splitsRows)
        var count: Int64 = 0
        for try await buffer in body {
            count += Int64(buffer.readableBytes)
            guard count <= maximumBytes else {
                throw tooLarge("more", limit: "\(maximumBytes) bytes")
            }
            progress.bytes.store(count, ordering: .relaxed)
            try sink.take(Array(buffer.readableBytesView))
        }
        try Task.checkCancellation()
        return try sink.finish()
    }

    private func tooLarge(_ size: String, limit: String) -> Problem {
        Problem(
            .tooLarge,
            "The body has \(size); the limit is \(limit). Send it in parts: rows that came already are "
                + "duplicates and do no harm."
        )
    }
}

/// Takes the bytes of a body as they come: counts, digests, decompresses, splits, keeps.
private struct BodySink: ~Copyable {
    private let limits: ServerLimits
    private var gunzip: Gunzip?
    private var mark = ByteOrderMark()
    private var splitter: RowSplitter?
    private var spool: BodySpool
    private var digest = SHA256()
    private var decompressed: Int64 = 0
    private var lines: Int64 = 0
    private var lastByte: UInt8 = 0x0A
    private var block = [UInt8](repeating: 0, count: 0)

    private static let blockBytes = 64 << 10

    init(limits: ServerLimits, isGzip: Bool, splitsRows: Bool) {
        self.limits = limits
        gunzip = isGzip ? Gunzip() : nil
        splitter = splitsRows ? RowSplitter(maximumDepth: limits.jsonDepth) : nil
        spool = BodySpool(memoryBytes: limits.memoryBytes)
        if isGzip { block = [UInt8](repeating: 0, count: Self.blockBytes) }
    }

    mutating func take(_ bytes: [UInt8]) throws {
        digest.update(data: bytes)
        guard gunzip != nil else {
            try takePlain(bytes)
            return
        }
        var start = 0
        while true {
            let progress: (read: Int, written: Int)
            do {
                guard
                    let step = try gunzip?.inflate(
                        bytes,
                        from: start,
                        to: bytes.count,
                        into: &block,
                        at: 0,
                        limit: block.count
                    )
                else { return }
                progress = step
            } catch {
                throw Problem(.invalidRequest, "The gzip data are corrupt: \(error.reason).")
            }
            start += progress.read
            if progress.written > 0 { try takePlain(Array(block[..<progress.written])) }
            if progress.read == 0, progress.written == 0 { return }
            if start == bytes.count, progress.written < block.count { return }
        }
    }

    private mutating func takePlain(_ marked: [UInt8]) throws {
        decompressed += Int64(marked.count)
        guard decompressed <= limits.decompressedBytes else {
            throw Problem(
                .tooLarge,
                "The body has more than \(limits.decompressedBytes) bytes once it is decompressed. "
                    + "Send it in parts."
            )
        }
        try takeText(mark.pass(marked))
    }

    private mutating func takeText(_ bytes: [UInt8]) throws {
        if splitter != nil {
            var rows: [UInt8] = []
            rows.reserveCapacity(bytes.count + 16)
            try splitter?.add(bytes, to: &rows)
            lines = splitter?.rows ?? 0
            try keep(rows)
        } else {
            lines += Int64(bytes.count { $0 == 0x0A })
            try keep(bytes)
        }
        guard lines <= limits.rows else {
            throw Problem(
                .tooLarge,
                "The body has more than \(limits.rows) rows. Send it in parts."
            )
        }
    }

    private mutating func keep(_ bytes: [UInt8]) throws {
        if let last = bytes.last { lastByte = last }
        try spool.append(bytes)
    }

    consuming func finish() throws -> ReceivedBody {
        if gunzip?.isComplete == false {
            throw Problem(.invalidRequest, "The gzip data end too early; send the body again.")
        }
        try takeText(mark.rest)
        try splitter?.finish()
        return ReceivedBody(
            bytes: spool.bytes,
            file: spool.file,
            count: spool.count,
            rows: lines + (lastByte == 0x0A ? 0 : 1),
            digest: Array(digest.finalize())
        )
    }
}
