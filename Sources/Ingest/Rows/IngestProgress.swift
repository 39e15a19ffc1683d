/// How far reading has come.
package struct IngestProgress: Sendable, Equatable {
    /// Bytes read over all sources, as they are stored.
    package var bytesRead: Int64
    /// How many there are; nil where a source is a pipe.
    package var totalBytes: Int64?
    /// Rows read over all sources, accepted and rejected.
    package var rowsRead: Int64
    /// The source that is being read.
    package var sourceName: String

    package init(
        bytesRead: Int64 = 0,
        totalBytes: Int64? = nil,
        rowsRead: Int64 = 0,
        sourceName: String = ""
    ) {
        self.bytesRead = bytesRead
        self.totalBytes = totalBytes
        self.rowsRead = rowsRead
        self.sourceName = sourceName
    }
}
