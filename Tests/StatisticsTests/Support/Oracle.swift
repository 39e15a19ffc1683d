import Foundation
import Testing

/// A file of reference values under `fixtures/statistics`.
struct Oracle {
    struct Case: Sendable, CustomTestStringConvertible {
        let id: String
        let topic: String
        let input: String?
        let parameters: JSONValue
        let expected: JSONValue
        let relativeTolerance: Double

        var testDescription: String { id }
    }

    let cases: [Case]

    init(_ topic: String, _ file: String = "expected.json") {
        let root = Fixtures.json("\(topic)/\(file)")
        cases = root["cases"].array.map { item in
            Case(
                id: item["id"].string,
                topic: topic,
                input: item["input"].optionalString,
                parameters: item["params"],
                expected: item["expected"],
                relativeTolerance: item["rtol"].double
            )
        }
    }

    subscript(_ id: String) -> Case {
        guard let found = cases.first(where: { $0.id == id }) else {
            fatalError("No oracle case \(id).")
        }
        return found
    }

    /// The cases whose id starts with a prefix.
    func cases(prefix: String) -> [Case] { cases.filter { $0.id.hasPrefix(prefix) } }
}

/// The files under `fixtures/statistics`, found from this source file upwards.
enum Fixtures {
    static let folder: URL = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appendingPathComponent("fixtures/statistics")
            if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
            folder.deleteLastPathComponent()
        }
        fatalError("No folder fixtures/statistics above \(#filePath).")
    }()

    static func json(_ path: String) -> JSONValue {
        do {
            let data = try Data(contentsOf: folder.appendingPathComponent(path))
            return try JSONDecoder().decode(JSONValue.self, from: data)
        } catch {
            fatalError("Fixture \(path): \(error)")
        }
    }

    /// The columns of a CSV file with a header, as text.
    static func csv(_ path: String) -> [String: [String]] {
        guard
            let text = try? String(
                contentsOf: folder.appendingPathComponent(path),
                encoding: .utf8
            )
        else { fatalError("Fixture \(path) cannot be read.") }
        let lines = text.split(whereSeparator: \.isNewline)
        let names = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(
            String.init
        )
        var columns = names.map { _ in [String]() }
        for line in lines.dropFirst() {
            for (index, field) in line.split(separator: ",", omittingEmptySubsequences: false)
                .enumerated()
            {
                columns[index].append(String(field))
            }
        }
        return Dictionary(uniqueKeysWithValues: zip(names, columns))
    }

    static func numbers(_ path: String, _ column: String) -> [Double] {
        guard let fields = csv(path)[column] else { fatalError("No column \(column) in \(path).") }
        return fields.map { Double($0) ?? .nan }
    }

    static func outcomes(_ path: String, _ column: String = "y") -> [Bool] {
        numbers(path, column).map { $0 == 1 }
    }
}
