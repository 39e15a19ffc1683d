import EmbeddedPostgres
import Foundation
import Migrations
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct SchemaTests {
    /// `scripts/schema` runs this test to write the file.
    @Test func `docs/schema.sql is the schema that the migrations make`() async throws {
        let binaries = try PostgresBinaries.installed()
        let outcome = try Command(
            arguments: [
                binaries[0].path("pg_dump"), "--schema-only", "--no-owner", "--no-privileges",
                TemporaryDatabase.connectionString,
            ]
        ).run()
        try #require(outcome.status == 0, "\(outcome.errors)")
        try expectSnapshot(
            normalised(outcome.output),
            at: "\(Repository.path)/docs/schema.sql"
        )
    }

    /// Without what depends on the version of pg_dump, on the session, and on nothing.
    private func normalised(_ dump: String) -> String {
        let noise = ["--", "SET ", "SELECT pg_catalog.set_config", "\\restrict", "\\unrestrict"]
        var lines: [Substring] = []
        for line in dump.split(separator: "\n", omittingEmptySubsequences: false) {
            if noise.contains(where: line.hasPrefix) { continue }
            if line.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }
}
