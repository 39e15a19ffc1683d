/// How rows are written down.
package enum InputFormat: String, Sendable, CaseIterable {
    /// Comma-separated values as in RFC 4180, with a header.
    case csv
    /// One JSON object a line.
    case ndjson
}
