import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

/// Every kind of bad input gets one line, the documented status, and leaves nothing behind.
@Suite(.temporaryDatabase, .hangLimit)
struct ErrorTests {
    private static let header = "prediction_id,predicted_at,model,version,score\n"
    private static let row = "a,2013-01-01T00:00:00Z,m,v,0.5\n"

    /// Runs an upload of one file that must fail.
    private func expectFailure(
        _ name: String,
        _ data: Data,
        status: Int32 = 1,
        says text: String,
        _ options: String...
    ) async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        let outcome = try await program.run(
            ["predictions", "upload", "--task", "t"] + options + [program.file(name, data)]
        )
        try await expect(outcome, status: status, says: text)
    }

    private func expect(
        _ outcome: Command.Outcome,
        status: Int32,
        says text: String
    ) async throws {
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("gnomon: "))
        #expect(outcome.errors.contains(text), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        try await expectNothingKept()
    }

    private func expectNothingKept() async throws {
        let connection = try await TemporaryDatabase.connect()
        for table in ["predictions", "labels", "uploads", "rejects"] {
            let count = try await connection.query(
                "SELECT count(*) AS n FROM \(identifier: table)"
            ).single().int64("n")
            #expect(count == 0, "\(table)")
        }
        await connection.close()
    }

    // MARK: - Windows

    @Test(arguments: [
        ["report"], ["calibration"], ["compare"], ["recalibrate"],
    ])
    func `a window the wrong way round is 64, whatever is asked`(question: [String]) async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        try await expect(
            program.run(
                question + ["--task", "t", "--from", "2025-01-01", "--to", "2024-01-01"]
            ),
            status: 64,
            says: "--to must lie after --from"
        )
    }

    @Test func `a walk and a baseline the wrong way round are 64`() async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        let reversed = "2025-01-01..2024-01-01"
        try await expect(
            program.run("recommend", "--task", "t", "--walk", reversed),
            status: 64,
            says: "--to must lie after --from"
        )
        try await expect(
            program.run("task", "set", "t", "--baseline", reversed),
            status: 64,
            says: "--to must lie after --from"
        )
    }

    // MARK: - Files

    @Test func `no such file is 66`() async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        try await expect(
            program.run("predictions", "upload", "--task", "t", "/no/such/file.csv"),
            status: 66,
            says: "there is no such file"
        )
        try await expect(
            program.run("labels", "upload", "--task", "t", "/no/such/file.csv"),
            status: 66,
            says: "there is no such file"
        )
    }

    @Test func `a directory`() async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        try await expect(
            program.run("predictions", "upload", "--task", "t", program.folder),
            status: 1,
            says: "is a directory"
        )
    }

    @Test func `an empty file`() async throws {
        try await expectFailure("x.csv", Data(), says: "is empty")
    }

    @Test func `gzip that was cut off`() async throws {
        let whole = try Fixtures.data("flights_predictions.csv.gz")
        try await expectFailure(
            "x.csv.gz",
            whole.prefix(whole.count / 2),
            says: "cut off",
            "--columns",
            "prediction_id=key,predicted_at=event_time,version=model_version",
            "--ignore",
            "expected_delay_min"
        )
    }

    @Test func `UTF-16`() async throws {
        let text = (Self.header + Self.row).data(using: .utf16) ?? Data()
        try await expectFailure("x.csv", text, says: "UTF-16")
    }

    @Test func `binary noise`() async throws {
        var generator = TestGenerator(seed: 1)
        let noise = Data((0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) })
        try await expectFailure("x.csv", noise, says: "binary data")
    }

    @Test func `unknown columns are listed beside the known ones`() async throws {
        try await expectFailure(
            "x.csv",
            Data("prediction_id,when,score\na,b,c\n".utf8),
            says: "predicted_at"
        )
    }

    @Test func `a header without rows is no error, and says so`() async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        let output = try await program.output(
            "predictions",
            "upload",
            "--task",
            "t",
            program.file("x.csv", Self.header)
        )
        #expect(output.contains("no rows"))
    }

    @Test func `a line of a megabyte is one reject among good rows`() async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        let long = String(repeating: "x", count: 1_200_000) + ",2013-01-01T00:00:00Z,m,v,0.5\n"
        let json = try await program.json(
            "predictions",
            "upload",
            "--task",
            "t",
            program.file("x.csv", Self.header + long + Self.row)
        )
        #expect(json["accepted"] as? Int == 1)
        #expect(json["rejected"] as? Int == 1)
    }

    @Test func `strict is all or nothing with 65`() async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        let path = try program.file(
            "x.csv",
            Self.header + Self.row + "b,2013-01-01T00:00:00Z,m,v,1.5\n"
        )
        let outcome = try await program.run(
            "predictions",
            "upload",
            "--task",
            "t",
            "--strict",
            path
        )
        try await expect(outcome, status: 65, says: "1 of 2 rows rejected")
        #expect(outcome.output.contains("line 3, score \"1.5\""))
    }

    @Test func `a dry run keeps nothing`() async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        try await program.output(
            "predictions",
            "upload",
            "--task",
            "t",
            "--dry-run",
            program.file("x.csv", Self.header + Self.row)
        )
        try await expectNothingKept()
    }

    // MARK: - Names and settings

    @Test(
        arguments: [
            (["report", "--task", "nosuch"], 66, "There is no task \"nosuch\""),
            (["predictions", "upload", "--task", "nosuch", "/dev/null"], 66, "no task"),
            (["report"], 64, "--task"), (["frobnicate"], 64, "frobnicate"),
            (["report", "--task", "t"], 1, "has no predictions"),
            (["calibration", "--task", "r"], 64, "is for binary tasks"),
            (["report", "--task", "t", "--metrics", "beauty"], 64, "brier_score"),
            (["report", "--task", "t", "--from", "yesterday"], 64, "ISO 8601"),
            (["report", "--task", "t", "--from", "2013-02-01", "--to", "2013-01-01"], 64, "--to"),
            (["report", "--task", "t", "--as-of", "2999-01-01"], 64, "future"),
            (["task", "create", "t", "--kind", "binary"], 1, "already"),
            (["task", "create", "u", "--kind", "binary", "--horizon", "3"], 64, "60d"),
            (
                ["task", "create", "u", "--kind", "binary", "--time-zone", "Mars/Base"], 64,
                "time zone"
            ),
            (["task", "create", "u", "--kind", "binary", "--positive", "x"], 64, "classes"),
            (["task", "set", "t"], 64, "setting"),
            (["calibration", "--task", "t", "--bins", "7"], 64, "--bins"),
            (["compare", "--task", "t", "--margin", "-1"], 64, "--margin"),
            (
                ["predictions", "upload", "--task", "t", "--columns", "x", "/dev/null"], 64,
                "--columns"
            ),
            (["predictions", "upload", "--task", "t"], 64, "files"),
        ] as [([String], Int32, String)]
    )
    func `wrong names and settings`(
        arguments: [String],
        status: Int32,
        text: String
    ) async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        try await program.output("task", "create", "r", "--kind", "regression")
        try await expect(program.run(arguments), status: status, says: text)
    }

    @Test func `a file of the wrong kind names the columns that the task takes`() async throws {
        let program = try Program()
        try await program.output("task", "create", "r", "--kind", "regression")
        try await expect(
            program.run(
                "predictions",
                "upload",
                "--task",
                "r",
                program.file("x.csv", Self.header + Self.row)
            ),
            status: 1,
            says: "Required and missing: value"
        )
    }

    // MARK: - The database

    @Test func `a database that is down is 69`() async throws {
        let gnomon = try Executable(
            environment: ["GNOMON_DATABASE_URL": "postgresql://127.0.0.1:1/none"])
        let outcome = try await gnomon.run("task", "list")
        #expect(outcome.status == 69)
        #expect(outcome.errors.hasPrefix("gnomon: The database cannot be reached"))
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }

    @Test func `a password never shows`() async throws {
        let gnomon = try Executable()
        let outcome = try await gnomon.run(
            "task",
            "list",
            "--database",
            "postgresql://me:secret@127.0.0.1:1/none"
        )
        #expect(outcome.status == 69)
        #expect(!outcome.errors.contains("secret"))
    }

    @Test func `a full disk for the result is 1`() async throws {
        let program = try Program()
        let shell = try shell("task list > /dev/full", program)
        #expect(shell.status == 1)
        #expect(shell.errors.contains("No space left on device"))
    }

    @Test func `a reader that goes away is no error`() async throws {
        let program = try Program()
        try await program.uploadSmallHistory()
        let outcome = try shell(
            "report --task small --by day --format csv; echo \"status $?\" >&2; } | { head -n 1",
            program
        )
        #expect(outcome.errors == "status 0\n")
        #expect(outcome.output.hasPrefix("model,version,role"))
    }

    /// Runs the program from a shell.
    private func shell(_ line: String, _ program: Program) throws -> Command.Outcome {
        var environment = program.executable.environment
        environment["GNOMON"] = program.executable.path
        return try Command(
            arguments: ["/bin/sh", "-c", "{ \"$GNOMON\" \(line); }"],
            environment: environment
        ).run()
    }
}

@Suite(.emptyDatabase, .hangLimit)
struct SchemaErrorTests {
    @Test func `a database without tables asks for migrate, which is harmless twice`() async throws
    {
        let program = try Program()
        let outcome = try await program.run("task", "list")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("run gnomon migrate"))
        let first = try await program.json("migrate")
        #expect((first["applied"] as? [String])?.isEmpty == false)
        let second = try await program.json("migrate")
        #expect((second["applied"] as? [String])?.isEmpty == true)
        try await program.output("task", "list")
    }
}
