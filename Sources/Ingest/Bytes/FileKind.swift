/// What can be told of a file before it is read as rows.
package struct FileKind: Sendable {
    /// Whether it can be read more than once; a pipe cannot.
    package let isRegular: Bool

    /// - Parameter path: Of a file.
    /// - Throws: Where a path does not exist, is a directory or must not be read.
    package init(path: String) throws(IngestError) {
        isRegular = try FileStatus(path: path).size != nil
    }

    /// Whether a regular file is compressed with gzip, by its first two bytes.
    package static func isGzip(path: String) throws(IngestError) -> Bool {
        let file = try OpenFile(path: path)
        var start: [UInt8] = [0, 0]
        let count = try file.read(into: &start, at: 0, limit: 2)
        return count == 2 && start == [0x1F, 0x8B]
    }
}
