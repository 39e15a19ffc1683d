import Crypto
import Ingest

/// A body that has come to its end: decompressed, counted, within all limits.
struct ReceivedBody: Sendable {
    var bytes: [UInt8]
    /// Where it was too long for memory; holds all of it then.
    var file: TemporaryFile?
    var count: Int64
    /// Of JSON, the rows; of NDJSON and CSV, the lines.
    var rows: Int64
    /// SHA-256 of the bytes as they were sent.
    var digest: [UInt8]

    /// What errors and rejects call it.
    static let name = "the body"

    /// What an upload reads; the body must be held until it is done.
    ///
    /// - Parameter name: What rejects call it.
    /// - Returns: The bytes, or the file that holds them.
    func source(named name: String?) -> InputSource {
        let name = name ?? Self.name
        return file.map { .received(path: $0.path, name: name) } ?? .bytes(bytes, name: name)
    }
}
