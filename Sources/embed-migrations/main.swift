// Writes one Swift file with the text of all migrations in it.
//
//     embed-migrations OUTPUT.swift migrations/0001_create_tasks.sql …

import Foundation

struct EmbeddingError: Error, CustomStringConvertible {
    var description: String
}

struct MigrationFile {
    var version: Int
    var name: String
    var text: String

    init(_ path: String) throws {
        let file = URL(fileURLWithPath: path)
        let stem = file.deletingPathExtension().lastPathComponent
        let parts = stem.split(separator: "_", maxSplits: 1)
        guard parts.count == 2, parts[0].utf8.count == 4, let version = Int(parts[0]), version > 0
        else {
            throw EmbeddingError(
                description: "\(path): error: a migration is named NNNN_verb_noun.sql"
            )
        }
        self.version = version
        name = String(parts[1])
        text = try String(contentsOf: file, encoding: .utf8)
    }

    /// With one `#` more than the text has in a row, nothing in it can end or interpolate.
    var source: String {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "#") ? run + 1 : 0
            longest = max(longest, run)
        }
        let hashes = String(repeating: "#", count: longest + 1)
        return """
                    Migration(
                        version: \(version), name: "\(name)",
                        sql: \(hashes)\"\"\"
            \(text)
            \"\"\"\(hashes)),

            """
    }
}

func run(output: String, inputs: [String]) throws {
    let files = try inputs.map(MigrationFile.init).sorted { $0.version < $1.version }
    for (index, file) in files.enumerated() where file.version != index + 1 {
        throw EmbeddingError(
            description: """
                migrations: error: \(file.name) has number \(file.version); \(index + 1) comes next
                """
        )
    }
    let source = """
        // Generated from migrations/*.sql.

        extension Migration {
            /// All of this build, oldest first.
            package static let all: [Migration] = [
        \(files.map(\.source).joined())    ]
        }

        """
    try source.write(toFile: output, atomically: true, encoding: .utf8)
}

let arguments = CommandLine.arguments.dropFirst()
do {
    guard let output = arguments.first else {
        throw EmbeddingError(description: "usage: embed-migrations OUTPUT.swift INPUT.sql …")
    }
    try run(output: output, inputs: Array(arguments.dropFirst()))
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
