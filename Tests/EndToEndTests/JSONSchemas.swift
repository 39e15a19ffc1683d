import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

/// The published schemas, applied by a validator that is none of ours (Debian: python3-jsonschema).
struct JSONSchemas {
    /// A JSON text and the name of the schema that it must meet.
    struct Document {
        var schema: String
        var text: String
    }

    static let folder = "\(Repository.path)/docs/schemas"

    static var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                .filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
        }
    }

    private static let suffix = ".schema.json"

    private static let program = """
        import json, sys
        from jsonschema import Draft202012Validator as Validator
        for folder, name, path in zip(*[iter(sys.argv[1:])] * 3):
            with open(f"{folder}/{name}.schema.json") as file:
                schema = json.load(file)
            Validator.check_schema(schema)
            if schema["$schema"] != Validator.META_SCHEMA["$id"]:
                print(f"{name}: not of draft 2020-12")
            if path == "-":
                continue
            with open(path) as file:
                document = json.load(file)
            for error in Validator(schema).iter_errors(document):
                place = "/".join(map(str, error.absolute_path))
                print(f"{name}: {place}: {error.message[:200]}")
        """

    /// - Returns: A line for each fault.
    static func faults(_ documents: [Document], of program: Program) async throws -> String {
        var arguments: [String] = []
        for (index, document) in documents.enumerated() {
            arguments += [
                folder, document.schema, try program.file("document-\(index).json", document.text),
            ]
        }
        return try await run(arguments)
    }

    /// - Returns: A line for each schema that is none.
    static func faultsOfSchemas() async throws -> String {
        try await run(names.flatMap { [folder, $0, "-"] })
    }

    private static func run(_ arguments: [String]) async throws -> String {
        var python = try Executable()
        python.path = "/usr/bin/env"
        let outcome = try await python.run(["python3", "-c", program] + arguments)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }

    /// Whether the validator is there; `scripts/setup` brings it on Debian and Ubuntu.
    static var canValidate: Bool {
        #if os(Linux)
            true
        #else
            (try? Command(arguments: ["/usr/bin/env", "python3", "-c", "import jsonschema"]).run())?
                .status == 0
        #endif
    }
}
