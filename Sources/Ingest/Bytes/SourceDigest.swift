/// The digest of inputs that can be read twice, ahead of reading them.
package enum SourceDigest {
    /// SHA-256 of the inputs' bytes as they are stored: what the reader's `digest` will be.
    ///
    /// - Throws: `IngestError` where an input cannot be read, or is standard input or a pipe, which
    ///   can be read only once.
    package static func compute(of sources: [InputSource]) throws(IngestError) -> [UInt8] {
        var digest = RunningDigest()
        var block = [UInt8](repeating: 0, count: 1 << 20)
        for source in sources {
            switch source {
            case .bytes(let bytes, _):
                digest.update(bytes, from: 0, count: bytes.count)
            case .file(let path) where try FileStatus(path: path).size != nil,
                .received(let path, _) where try FileStatus(path: path).size != nil:
                let file = try OpenFile(path: path)
                while true {
                    let count = try file.read(into: &block, at: 0, limit: block.count)
                    if count == 0 { break }
                    digest.update(block, from: 0, count: count)
                }
            default:
                throw .unreadable(source.name, reason: "it can be read only once")
            }
            digest.endSource()
        }
        return digest.value
    }
}
