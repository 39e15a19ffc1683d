// Writes one Swift file with the texts of all files in it.
//
//     embed-texts OUTPUT.swift migrations/0001_create_tasks.sql …

import Foundation

/// With one `#` more than the text has in a row, nothing in it can end or interpolate.
func literal(_ text: String) -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
        run = byte == UInt8(ascii: "#") ? run + 1 : 0
        longest = max(longest, run)
    }
    let hashes = String(repeating: "#", count: longest + 1)
    return "\(hashes)\"\"\"\n\(text)\n\"\"\"\(hashes)"
}

func entry(_ path: String) throws -> String {
    let file = URL(fileURLWithPath: path)
    let name = file.deletingPathExtension().lastPathComponent
    let text = try String(contentsOf: file, encoding: .utf8)
    return """
                EmbeddedText(
                    name: "\(name)",
                    text: \(literal(text))
                ),

        """
}

func run(output: String, inputs: [String]) throws {
    let source = """
        // Generated.

        /// A file that is part of the program.
        struct EmbeddedText: Sendable {
            /// Of the file, without what follows its last dot.
            let name: String
            let text: String

            /// In the order of their names.
            static let all: [EmbeddedText] = [
        \(try inputs.map(entry).joined())    ]
        }

        """
    try source.write(toFile: output, atomically: true, encoding: .utf8)
}

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else {
    FileHandle.standardError.write(Data("usage: embed-texts OUTPUT.swift INPUT …\n".utf8))
    exit(1)
}
do {
    try run(output: output, inputs: Array(arguments.dropFirst()))
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
