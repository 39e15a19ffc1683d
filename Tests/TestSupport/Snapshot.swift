import Foundation
package import Testing

/// Compares a text with the one in `__Snapshots__` beside the test, and records an issue at the first
/// line that differs. With RECORD_SNAPSHOTS=1 it writes the file instead.
///
/// - Parameters:
///   - text: What the program made.
///   - name: The file's name, with its extension.
///   - file: Of the test.
///   - location: Of the test.
/// - Throws: Where the file cannot be written.
package func expectSnapshot(
    _ text: String,
    _ name: String,
    file: String = #filePath,
    location: SourceLocation = #_sourceLocation
) throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    try expectSnapshot(
        text,
        at: folder.appendingPathComponent("__Snapshots__/\(name)").path,
        location: location
    )
}

/// Compares a text with the file at `path`, like `expectSnapshot(_:_:)`.
///
/// - Parameters:
///   - text: What the program made.
///   - path: The file.
///   - location: Of the test.
/// - Throws: Where the file cannot be written.
package func expectSnapshot(
    _ text: String,
    at path: String,
    location: SourceLocation = #_sourceLocation
) throws {
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return
    }
    guard let data = FileManager.default.contents(atPath: path) else {
        Issue.record(
            "There is no snapshot \(path). Make it with RECORD_SNAPSHOTS=1 and look at it.",
            sourceLocation: location
        )
        return
    }
    let expected = String(decoding: data, as: UTF8.self)
    guard expected != text else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
    var line = 0
    while line < min(lines.count, expectedLines.count), lines[line] == expectedLines[line] {
        line += 1
    }
    Issue.record(
        """
        Line \(line + 1) differs from \(path):
        - \(line < expectedLines.count ? String(expectedLines[line]) : "(no line)")
        + \(line < lines.count ? String(lines[line]) : "(no line)")
        """,
        sourceLocation: location
    )
}
