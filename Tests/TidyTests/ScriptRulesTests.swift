import Foundation
import Testing

/// What people run explains itself.
struct ScriptRulesTests {
    private let folder = "\(Repository.path)/scripts"

    private var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter { name in
                var isFolder: ObjCBool = false
                let exists = FileManager.default.fileExists(
                    atPath: "\(folder)/\(name)",
                    isDirectory: &isFolder
                )
                return exists && !isFolder.boolValue && !name.contains(".")
            }
        }
    }

    @Test func `every script can be run, and answers --help`() throws {
        for name in try names {
            let path = "\(folder)/\(name)"
            #expect(FileManager.default.isExecutableFile(atPath: path), "\(name)")
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let isShell = text.hasPrefix("#!/usr/bin/env bash\n# ")
            let isOther = text.hasPrefix("#!/usr/bin/env python3\n")
            #expect(isShell || isOther, "\(name)")
            #expect(text.contains("usage: scripts/\(name)"), "\(name)")
            if isShell { #expect(text.contains("help_on_request \"$@\""), "\(name)") }
        }
    }

    @Test func `continuous integration runs what people run`() throws {
        let text = try String(contentsOfFile: "\(Repository.path)/.ci/run", encoding: .utf8)
        #expect(text.contains("scripts/test"))
    }
}
