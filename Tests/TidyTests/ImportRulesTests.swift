import Foundation
import Testing

/// Which target may use which: what is pure never reaches what has effects.
struct ImportRulesTests {
    /// Everything that may be imported, by target; what is not here may not.
    private static let allowed: [String: Set<String>] = [
        "Statistics": ["RealModule", "Synchronization"],
        "Evaluation": ["Foundation", "Statistics"],
        "Ingest": ["CSimdJSON", "CZlib", "Crypto", "Evaluation", "Foundation", "Synchronization"],
        "Contract": ["Evaluation", "Foundation"],
        "Presentation": ["Contract", "Evaluation", "Foundation"],
        "Dashboard": ["Contract", "Evaluation", "Foundation", "Presentation"],
        "Postgres": ["CPostgres", "Dispatch", "Logging", "Synchronization"],
        "EmbeddedPostgres": ["Dispatch", "Foundation", "Logging", "Postgres", "Synchronization"],
        "Migrations": ["Logging", "Postgres"],
        "Store": ["Evaluation", "Ingest", "Postgres"],
        "Harness": ["Contract", "Crypto", "Evaluation", "Ingest", "Postgres", "Store"],
        "Endpoints": [
            "Contract", "Evaluation", "Harness", "Ingest", "Postgres", "Presentation",
        ],
        "WebServer": [
            "Contract", "Crypto", "Dashboard", "Endpoints", "Evaluation", "Foundation", "HTTPTypes",
            "Harness",
            "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Ingest", "Logging", "Migrations",
            "NIOCore", "NIOHTTP1", "NIOSSL", "Postgres", "Presentation", "ServiceLifecycle",
            "Store",
            "Synchronization", "UnixSignals",
        ],
        "Commands": [
            "ArgumentParser", "CMalloc", "Contract", "Dashboard", "Dispatch", "EmbeddedPostgres",
            "Endpoints", "Evaluation", "Foundation", "FoundationEssentials", "FoundationNetworking",
            "Harness",
            "Ingest", "Logging", "Migrations", "Postgres", "Presentation", "Store",
            "Synchronization",
            "WebServer",
        ],
        "gnomon": ["Commands"],
        "embed-texts": ["Foundation"],
    ]
    /// What each operating system calls its C library.
    private static let systems: Set = ["Darwin", "Glibc", "Musl"]

    @Test func `targets import only what lies below them`() {
        #expect(Self.strangers(among: SwiftSource.sources) == [])
    }

    @Test(arguments: [
        ("Evaluation", "import Postgres"), ("Contract", "package import Harness"),
        ("Presentation", "@testable import Store"), ("Dashboard", "import struct Ingest.Reject"),
        ("Statistics", "import Foundation"), ("Harness", "internal import WebServer"),
        ("Unknown", "import Evaluation"),
    ])
    func `an import that is not in the table is found`(target: String, line: String) {
        let source = SwiftSource(path: "Sources/\(target)/X.swift", text: "\(line)\n")
        #expect(Self.strangers(among: [source]).count == 1)
    }

    /// What is imported and may not be.
    private static func strangers(among sources: [SwiftSource]) -> [String] {
        sources.flatMap { source in
            source.code.split(separator: "\n").compactMap { line in
                guard let module = module(importedBy: line) else { return nil }
                let isAllowed =
                    allowed[source.target]?.contains(module) == true || systems.contains(module)
                return isAllowed ? nil : "\(source.path) imports \(module)"
            }
        }
    }

    private static func module(importedBy line: Substring) -> String? {
        line.firstMatch(
            of:
                /^\s*(?:(?:@\w+|package|public|internal|private|fileprivate)\s+)*import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
        ).map { String($0.1) }
    }

    // MARK: - What is compiled with it

    @Test(arguments: ["Statistics", "Evaluation", "Contract", "Presentation", "Dashboard"])
    func `what is pure, and its tests, compile without a database, a parser or a server`(
        target: String
    ) throws {
        let package = try PackageDescription.current()
        for name in [target, "\(target)Tests"] {
            let closure = try package.closure(of: name)
            let effects: Set = [
                "CPostgres", "CSimdJSON", "CZlib", "Crypto", "Hummingbird", "Logging", "Postgres",
                "NIOCore", "ArgumentParser",
            ]
            #expect(closure.isDisjoint(with: effects), "\(name): \(closure)")
        }
    }
}

/// What the manifest says of the targets, as SwiftPM reads it.
private struct PackageDescription: Decodable {
    private var targets: [Target]

    private struct Target: Decodable {
        var name: String
        var dependencies: [Dependency]
    }

    private struct Dependency: Decodable {
        var byName: [Name?]?
        var target: [Name?]?
        var product: [Name?]?

        /// A name, or a condition that does not matter here.
        enum Name: Decodable {
            case text(String)
            case other

            init(from decoder: any Decoder) throws {
                self =
                    (try? decoder.singleValueContainer().decode(String.self)).map(Name.text)
                    ?? .other
            }
        }

        var name: String? {
            guard case .text(let name)?? = (byName ?? target ?? product)?.first else { return nil }
            return name
        }
    }

    /// In a folder of its own, since the tests may run while SwiftPM holds the usual one.
    static func current() throws -> PackageDescription {
        let scratch = FileManager.default.temporaryDirectory
            .appendingPathComponent("gnomon-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "swift", "package", "--package-path", Repository.path, "--scratch-path", scratch.path,
            "dump-package",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(PackageDescription.self, from: data)
    }

    /// A target with all that it needs, by name.
    func closure(of name: String) throws -> Set<String> {
        let byName = Dictionary(targets.map { ($0.name, $0) }) { first, _ in first }
        _ = try #require(byName[name], "there is no target \(name)")
        var found: Set<String> = []
        var waiting = [name]
        while let next = waiting.popLast() {
            guard found.insert(next).inserted else { continue }
            waiting += byName[next]?.dependencies.compactMap(\.name) ?? []
        }
        return found
    }
}
