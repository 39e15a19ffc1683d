import EmbeddedPostgres
import TestSupport
import Testing

/// Looking at uploads and taking them back on the command line.
@Suite(.temporaryDatabase, .hangLimit)
struct UploadsTests {
    private static func rows(_ score: String) -> String {
        "prediction_id,predicted_at,model,version,score\n"
            + "a,2013-01-01T00:00:00Z,gbm,v,\(score)\nb,2013-01-02T00:00:00Z,gbm,v,\(score)\n"
    }

    /// - Returns: The number of the upload.
    private static func upload(_ program: Program, _ score: String) async throws -> String {
        let file = try program.file("rows-\(score).csv", rows(score))
        let report = try await program.json("predictions", "upload", "--task", "t", file)
        return "\(try #require(report["upload"] as? Int))"
    }

    private func program() async throws -> Program {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        return program
    }

    @Test func `a wrong file is seen, taken back, and still told of`() async throws {
        let program = try await program()
        #expect(try await program.output("uploads", "list", "--task", "t").contains("Nothing was"))
        let wrong = try await Self.upload(program, "0.9")
        let right = try await Self.upload(program, "0.1")
        let listed = try await program.output("uploads", "list", "--task", "t", "--limit", "1")
        #expect(listed.contains("predictions") && listed.contains("There may be more"))
        let shown = try await program.output("uploads", "show", right, "--task", "t")
        #expect(shown.contains("conflict") && !shown.contains("Taken back"))

        let withdraw = ["uploads", "withdraw", wrong, "--task", "t", "--note", "wrong day"]
        let taken = try await program.run(withdraw)
        #expect(taken.status == 0 && taken.errors == "", "\(taken.errors)")
        #expect(taken.output.hasPrefix("Took back 2 rows of predictions of upload \(wrong).\n"))
        let sentences = taken.output.replacing("\n", with: " ")
        for part in [
            "on they do not count", "--as-of", "gnomon predictions upload --task t FILE",
        ] { #expect(sentences.contains(part), "\(part)") }
        let again = try await program.run(withdraw)
        let said = again.output.replacing("\n", with: " ")
        #expect(again.status == 0 && said.contains("taken back already"))
        #expect(said.contains("by command line: wrong day. Nothing was changed."))

        let table = try await program.output("uploads", "list", "--task", "t", "--format", "csv")
        #expect(table.hasPrefix("upload,kind,known_at,") && table.split(separator: "\n").count == 3)
        let record = try await program.output("uploads", "show", wrong, "--task", "t")
        #expect(record.contains("Taken back") && record.contains("by command line, 2 rows: wrong"))
        try await program.output("verify", "--task", "t")
    }

    @Test(
        arguments: [
            (["withdraw", "77", "--note", "x"], 66, "has no upload 77"),
            (["show", "77"], 66, "has no upload 77"),
            (["withdraw", "77"], 64, "--note"),
            (["withdraw", "--note", "x"], 64, "number of an upload"),
            (
                ["withdraw", "1", "--small-writes-of", "a", "--note", "x"], 64,
                "number of an upload"
            ),
            (["withdraw", "1", "--from", "2013-01-01", "--note", "x"], 64, "as a whole"),
            (["withdraw", "--small-writes-of", "a", "--note", "x"], 64, "--from and --to"),
            (["withdraw", "1", "--note", ""], 64, "says why"),
            (
                [
                    "withdraw", "--small-writes-of", "a", "--from", "2013-01-01", "--to",
                    "2013-01-02",
                    "--note", "x",
                ], 66, "Token a made no small writes"
            ),
        ] as [([String], Int32, String)]
    )
    func `what cannot be taken back is said`(arguments: [String], status: Int32, text: String)
        async throws
    {
        let program = try await program()
        let outcome = try await program.run(["uploads"] + arguments + ["--task", "t"])
        #expect(outcome.status == status && outcome.errors.contains(text), "\(outcome.errors)")
    }
}
