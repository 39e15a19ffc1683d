import Foundation
import Testing

/// Numbers of the reference files under `fixtures/statistics`.
enum ReferenceFile {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("fixtures/statistics")

    /// What a case of a file expects.
    static func expected<Expected: Decodable>(
        _ path: String,
        _ id: String,
        as type: Expected.Type = Expected.self
    ) throws -> Expected {
        let data = try Data(contentsOf: folder.appendingPathComponent(path))
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let cases = try #require(root["cases"] as? [[String: Any]])
        let found = try #require(cases.first { $0["id"] as? String == id })
        let expected = try #require(found["expected"])
        return try JSONDecoder().decode(
            type,
            from: JSONSerialization.data(withJSONObject: expected)
        )
    }

    /// The rows of a CSV file of numbers, without its header.
    static func rows(_ path: String) throws -> [[Double]] {
        try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
            .split(whereSeparator: \.isNewline).dropFirst()
            .map { $0.split(separator: ",").compactMap { Double($0) } }
    }
}

/// Expects a number within an absolute tolerance.
func expectNear(
    _ actual: Double?,
    _ expected: Double,
    within tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(
        actual.map { abs($0 - expected) <= tolerance } ?? false,
        "\(actual.map { "\($0)" } ?? "nothing") is not \(expected), by \(actual.map { abs($0 - expected) } ?? .nan)",
        sourceLocation: sourceLocation
    )
}
