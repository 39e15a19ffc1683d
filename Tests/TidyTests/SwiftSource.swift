import Foundation

/// A Swift file of the repository, with its code and its texts apart.
struct SwiftSource: Sendable {
    /// From the top of the repository.
    var path: String
    var text: String
    /// The text with comments and the contents of string literals blanked out, line for line.
    var code: String
    /// The contents of the string literals, with everything else blanked out, line for line.
    var literals: String

    /// The folder under `Sources` or `Tests`.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    init(path: String, text: String) {
        self.path = path
        self.text = text
        var splitter = Splitter(text)
        splitter.run()
        code = String(decoding: splitter.code, as: UTF8.self)
        literals = String(decoding: splitter.literals, as: UTF8.self)
    }

    static let sources = all(under: "Sources")

    static func all(under folder: String) -> [SwiftSource] {
        let root = Repository.path
        let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)")
        return (names?.allObjects ?? []).compactMap { $0 as? String }
            .filter { $0.hasSuffix(".swift") }.sorted()
            .compactMap { name in
                let path = "\(folder)/\(name)"
                guard let data = FileManager.default.contents(atPath: "\(root)/\(path)") else {
                    return nil
                }
                return SwiftSource(path: path, text: String(decoding: data, as: UTF8.self))
            }
    }
}

enum Repository {
    static let path = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}

// MARK: -

/// Goes through a file once and says of every byte whether it is code, comment or literal.
private struct Splitter {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var code: [UInt8]
    private(set) var literals: [UInt8]

    private static let newline = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")
    private static let quote = UInt8(ascii: "\"")
    private static let hash = UInt8(ascii: "#")
    private static let backslash = UInt8(ascii: "\\")

    init(_ text: String) {
        bytes = Array(text.utf8)
        code = bytes.map { $0 == Self.newline ? $0 : Self.space }
        literals = code
    }

    mutating func run() {
        while position < bytes.count { readCode(until: nil) }
    }

    /// Reads code up to the end, or up to the parenthesis that ends an interpolation.
    private mutating func readCode(until closing: UInt8?) {
        var depth = 0
        while position < bytes.count {
            if starts("//") {
                while position < bytes.count, bytes[position] != Self.newline { position += 1 }
            } else if starts("/*") {
                readBlockComment()
            } else if let hashes = literalStart() {
                readLiteral(hashes: hashes)
            } else {
                let byte = bytes[position]
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") {
                    if depth == 0, closing != nil { return }
                    depth -= 1
                }
                code[position] = byte
                position += 1
            }
        }
    }

    private mutating func readBlockComment() {
        var depth = 0
        repeat {
            if starts("/*") {
                depth += 1
                position += 2
            } else if starts("*/") {
                depth -= 1
                position += 2
            } else {
                position += 1
            }
        } while depth > 0 && position < bytes.count
    }

    /// The number of `#` before a string literal that begins here, or `nil` where none does.
    private func literalStart() -> Int? {
        var end = position
        while end < bytes.count, bytes[end] == Self.hash { end += 1 }
        return end < bytes.count && bytes[end] == Self.quote ? end - position : nil
    }

    private mutating func readLiteral(hashes: Int) {
        position += hashes
        let isLong = starts("\"\"\"")
        let end =
            [UInt8](repeating: Self.quote, count: isLong ? 3 : 1)
            + [UInt8](repeating: Self.hash, count: hashes)
        let escape = [Self.backslash] + [UInt8](repeating: Self.hash, count: hashes)
        position += isLong ? 3 : 1
        while position < bytes.count {
            if starts(end) {
                position += end.count
                return
            }
            if starts(escape) {
                position += escape.count
                if position < bytes.count, bytes[position] == UInt8(ascii: "(") {
                    position += 1
                    readCode(until: UInt8(ascii: ")"))
                }
                position += 1
                continue
            }
            if !isLong, bytes[position] == Self.newline { return }
            literals[position] = bytes[position]
            position += 1
        }
    }

    private func starts(_ text: StaticString) -> Bool {
        starts(text.withUTF8Buffer { Array($0) })
    }

    private func starts(_ pattern: [UInt8]) -> Bool {
        position + pattern.count <= bytes.count
            && bytes[position..<position + pattern.count].elementsEqual(pattern)
    }
}

// MARK: - Findings

/// A place that breaks a rule, as an editor understands it.
func findings(
    _ regex: Regex<Substring>,
    in text: String,
    of path: String,
    where isBad: (Substring, _ before: Substring) -> Bool = { _, _ in true }
) -> [String] {
    text.matches(of: regex).compactMap { match in
        let before = text[..<match.range.lowerBound]
        guard isBad(match.output, before) else { return nil }
        let line = before.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        let found = match.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return "\(path):\(line): \(found)"
    }
}
