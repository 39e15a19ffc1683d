/// Where a page of rejects ended.
package struct RejectPlace: Sendable, Equatable {
    package var uploadID: Int64
    package var line: Int64
    /// How many rejects of that line there were, from the first one on.
    package var count: Int

    package init(uploadID: Int64, line: Int64, count: Int) {
        self.uploadID = uploadID
        self.line = line
        self.count = count
    }
}
