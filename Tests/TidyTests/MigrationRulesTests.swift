import Foundation
import Testing

/// What the files of `migrations/` look like.
struct MigrationRulesTests {
    private var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: "\(Repository.path)/migrations")
                .filter { !$0.hasPrefix(".") }.sorted()
        }
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(Repository.path)/migrations/\(name)", encoding: .utf8)
    }

    @Test func `numbers go up by one from 0001, and names are NNNN_verb_noun`() throws {
        for (index, name) in try names.enumerated() {
            let match = try #require(
                try /(\d{4})_[a-z]+(_[a-z0-9]+)+\.sql/.wholeMatch(in: name),
                "\(name)"
            )
            #expect(Int(match.output.1) == index + 1, "\(name)")
        }
    }

    @Test func `the first line says why`() throws {
        for name in try names {
            #expect(try text(name).hasPrefix("-- "), "\(name)")
        }
    }

    @Test func `the migrator begins and commits, and nobody else`() throws {
        let control = /^\s*(BEGIN|COMMIT|ROLLBACK|START TRANSACTION)\b/
            .anchorsMatchLineEndings().ignoresCase()
        for name in try names {
            let hasControl = try text(name).contains(control)
            #expect(!hasControl, "\(name)")
        }
    }

    @Test func `constraints have names, and instants have a time zone`() throws {
        for name in try names {
            let statements = try text(name).replacing(/--[^\n]*/, with: "")
            let constraint =
                /(CONSTRAINT\s+\w+\s+)?(PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY|EXCLUDE)\s*\(/
            for match in statements.matches(of: constraint) {
                #expect(match.output.1 != nil, "\(name): \(match.output.0)")
            }
            let plain = /\btimestamp\b(?!\s+with time zone)/
            let hasPlain = statements.contains(plain)
            #expect(!hasPlain, "\(name)")
        }
    }
}
