import Contract
import Foundation
import TestSupport
import Testing

/// The files in `docs/schemas` are what the declared shapes of answers say.
@Suite struct SchemaFileTests {
    private static let folder = "\(Repository.path)/docs/schemas"

    @Test(arguments: AnswerSchema.all.compactMap(\.file).map(\.name))
    func `a file says what the shape of its answer does`(name: String) throws {
        let answer = try #require(AnswerSchema.all.first { $0.file?.name == name })
        try expectSnapshot(try #require(answer.text), at: "\(Self.folder)/\(name).schema.json")
    }

    @Test func `there is no file without an answer`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
            .filter { $0.hasSuffix(".schema.json") }
        let names = AnswerSchema.all.compactMap(\.file).map { "\($0.name).schema.json" }
        #expect(files.sorted() == names.sorted())
    }
}
