import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

/// Commands that work on a service say what they say of the database.
@Suite(.temporaryDatabase, .hangLimit)
struct RemoteTests {
    /// The program on the database, and the same on a service over it.
    private struct Pair: Sendable {
        var local: Program
        var remote: Program

        /// Runs a command on both.
        func expectSame(
            _ arguments: [String],
            location: SourceLocation = #_sourceLocation
        ) async throws {
            let here = try await local.run(arguments)
            let there = try await remote.run(arguments)
            #expect(here.output == there.output, "\(arguments)", sourceLocation: location)
            #expect(here.errors == there.errors, "\(arguments)", sourceLocation: location)
            #expect(here.status == there.status, "\(arguments)", sourceLocation: location)
        }
    }

    /// Runs the body while a service runs.
    private func withService(_ body: (Pair) async throws -> Void) async throws {
        let local = try Program()
        var remote = try Program()
        let token = try await local.output(
            "token",
            "create",
            "tests",
            "--scopes",
            "predictions,labels,backfill,read,admin",
            "--format",
            "csv"
        ).split(separator: "\n")[1].split(separator: ",").last
        let port = try freePort()
        let service = try local.executable.start(["serve", "--port", "\(port)"])
        remote.executable.environment["GNOMON_DATABASE_URL"] = nil
        remote.executable.environment["GNOMON_URL"] = "http://127.0.0.1:\(port)/"
        remote.executable.environment["GNOMON_TOKEN"] = String(try #require(token))
        try await eventually("the service takes requests") {
            try await remote.run("task", "list").status != 69
        }
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(Pair(local: local, remote: remote)))
        } catch {
            outcome = .failure(error)
        }
        service.send(signal: SIGTERM)
        // Waiting blocks, which the threads of tasks must not.
        _ = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try service.wait() }) }
        }
        try outcome.get()
    }

    private static let questions: [[String]] = [
        ["task", "list"], ["task", "show", "small"], ["model", "list", "--task", "small"],
        ["report", "--task", "small", "--by", "week", "--as-of", "2013-02-05"],
        ["report", "--task", "small", "--metrics", "accuracy,mcc", "--as-of", "2013-02-05"],
        [
            "report", "--task", "small", "--slice", "half=even", "--from", "2013-01-02", "--to",
            "2013-01-20", "--model", "shadow", "--by-version", "--exact", "--as-of", "2013-02-05",
        ],
        ["calibration", "--task", "small", "--model", "champion", "--as-of", "2013-02-05"],
        ["calibration", "--task", "small", "--model", "champion", "--bins", "7"],
        [
            "compare", "--task", "small", "--exit-code", "--minimum-gain", "0.001", "--shadow",
            "shadow", "--as-of", "2013-02-05",
        ],
        ["recommend", "--task", "small", "--exit-code", "--as-of", "2013-02-05"],
        [
            "recommend", "--task", "small", "--without-shadows", "--confirm", "2/3", "--cool-down",
            "14d", "--as-of", "2013-02-05",
        ],
        ["recommend", "--task", "small", "--walk", "2013-01-10..2013-02-01"],
        ["recommend", "--task", "small", "--history", "--limit", "3"],
        ["recommend", "--task", "small", "--acknowledge", "nothing stands"],
        ["recalibrate", "--task", "small", "--method", "isotonic", "--as-of", "2013-02-05"],
        ["labels", "status", "--task", "small", "--as-of", "2013-02-05"],
        ["labels", "rejects", "--task", "small", "--limit", "3"],
        ["labels", "orphans", "--task", "small", "--limit", "3"],
        ["uploads", "list", "--task", "small"],
        ["uploads", "list", "--task", "small", "--limit", "1"],
        ["uploads", "show", "0", "--task", "small"], ["uploads", "show", "77", "--task", "small"],
        ["uploads", "withdraw", "77", "--task", "small", "--note", "none"],
        ["uploads", "withdraw", "77", "--task", "small", "--note", " "],
        [
            "uploads", "withdraw", "--small-writes-of", "tests", "--from", "2013-01-01", "--to",
            "2013-01-01", "--task", "small", "--note", "reversed",
        ],
        [
            "uploads", "withdraw", "--small-writes-without-token", "--from", "2013-01-01", "--to",
            "2013-01-02", "--task", "small", "--note", "none",
        ],
        ["verify", "--task", "small"], ["report", "--task", "small", "--model", "nobody"],
        ["report", "--task", "small", "--as-of", "2999-01-01"],
        ["compare", "--task", "small", "--metric", "crps"],
        ["model", "role", "--task", "small", "nobody", "shadow"],
        ["task", "set", "small", "--threshold", "0.4"],
        ["task", "rename", "small", "small"], ["task", "rename", "small", "a b"],
        ["task", "delete", "small", "--confirm", "Small"], ["task", "delete", "small"],
        ["model", "rename", "--task", "small", "shadow", "champion"],
        ["predictions", "upload", "--task", "small", "/tmp/no/such.csv"],
        ["predictions", "upload", "--task", "small", "/tmp"],
    ]

    @Test(arguments: ["table", "json", "csv"])
    func `every question is answered alike`(_ format: String) async throws {
        try await withService { pair in
            try await pair.local.uploadSmallHistory(slice: "half")
            for question in Self.questions {
                try await pair.expectSame(question + ["--format", format])
            }
            try await pair.expectSame([
                "calibration", "--task", "small", "--model", "champion", "--format", "svg",
                "--as-of", "2013-02-05",
            ])
        }
    }

    @Test func `what is uploaded and changed through a service is what it is without one`()
        async throws
    {
        try await withService { pair in
            let rows = "prediction_id,predicted_at,model,version,score\n"
            let files = [
                try pair.local.file("a.csv", rows + "a,2013-01-01T10:00:00Z,gbm,v1,0.3\n"),
                try pair.local.file(
                    "b.ndjson",
                    #"{"prediction_id":"b","predicted_at":"2013-01-01T11:00:00Z","model":"gbm","#
                        + #""version":"v1","score":1.5}"# + "\n"
                ),
            ]
            let baseline = try pair.local.file(
                "baseline.csv",
                "prediction_id,predicted_at,model,version,score,observed_at,label\n"
                    + (1...9).map {
                        "x\($0),2012-12-0\($0)T10:00:00Z,gbm,v0,0.\($0),2012-12-0\($0)T12:00:00Z,1\n"
                    }.joined()
            )
            let steps: [[String]] = [
                [
                    "task", "create", "TASK", "--kind", "binary", "--horizon", "36h", "--slices",
                    "", "--time-zone", "Europe/Berlin", "--partition", "7d", "--classes", "no,1",
                    "--positive", "1", "--label-sources", "desk,file", "--tolerance", "0.02",
                ],
                ["task", "create", "TASK", "--kind", "binary"],
                [
                    "task", "set", "TASK", "--tolerance", "12%", "--no-label-means", "negative",
                    "--baseline", "first:30d", "--evidence-unit", "day",
                ],
                ["task", "set", "TASK", "--baseline", "file:\(baseline)"],
                ["predictions", "upload", "--task", "TASK", "--dry-run", files[0]],
                ["predictions", "upload", "--task", "TASK", "--strict", files[1]],
                ["predictions", "upload", "--task", "TASK"] + files,
                ["predictions", "upload", "--task", "TASK"] + files,
                ["predictions", "upload", "--task", "TASK", "--set", "model=x", baseline],
                ["labels", "upload", "--task", "TASK", "--ignore", "*", baseline],
                ["labels", "rejects", "--task", "TASK"],
                ["model", "role", "--task", "TASK", "gbm", "champion", "--from", "2013-01-01"],
                ["report", "--task", "TASK", "--as-of", "2013-01-01"],
                ["verify", "--task", "TASK"], ["mature", "--task", "TASK"],
                ["task", "set", "TASK", "--retention", "1d"],
                ["task", "set", "TASK", "--retention", "9"],
                ["task", "set", "TASK", "--retention", "400d"],
                ["prune", "--task", "TASK", "--dry-run"], ["prune", "--task", "TASK"],
                ["prune", "--task", "TASK"], ["verify", "--task", "TASK"],
                ["report", "--task", "TASK"], ["report", "--task", "TASK", "--exact"],
                ["task", "set", "TASK", "--retention", "none"],
            ]
            for step in steps {
                func arguments(_ task: String) -> [String] {
                    step.map { $0 == "TASK" ? task : $0 } + ["--format", "csv"]
                }
                let here = try await pair.local.run(arguments("nine"))
                let there = try await pair.remote.run(arguments("five"))
                func plain(_ text: String) -> String {
                    text.replacingOccurrences(of: "five", with: "nine")
                        .replacing(/\d{4}-\d\d-\d\dT[0-9:.]*Z/, with: "INSTANT")
                        .replacing(/^nine,\d+,/.anchorsMatchLineEndings(), with: "nine,UPLOAD,")
                        .replacing(/"upload": \d+/, with: "\"upload\": UPLOAD")
                }
                #expect(plain(here.output) == plain(there.output), "\(step)")
                #expect(plain(here.errors) == plain(there.errors), "\(step)")
                #expect(here.status == there.status, "\(step)")
            }
        }
    }

    @Test(arguments: ["table", "json", "csv"])
    func `an upload is taken back through a service, and the same is said of it here`(
        _ format: String
    ) async throws {
        try await withService { pair in
            try await pair.local.uploadSmallHistory()
            let listed = try await pair.local.output(
                "uploads",
                "list",
                "--task",
                "small",
                "--format",
                "csv"
            )
            let upload = String(listed.split(separator: "\n")[1].prefix { $0 != "," })
            let withdraw = [
                "uploads", "withdraw", upload, "--task", "small", "--note", "wrong labels",
                "--format", format,
            ]
            let taken = try await pair.remote.run(withdraw)
            #expect(taken.status == 0, "\(taken.errors)")
            for question in [
                withdraw, ["uploads", "list", "--task", "small", "--format", format],
                ["uploads", "show", upload, "--task", "small", "--format", format],
            ] { try await pair.expectSame(question) }
        }
    }

    @Test func `rows come from standard input, and a map goes into a file`() async throws {
        try await withService { pair in
            try await pair.local.uploadSmallHistory()
            var remote = pair.remote
            remote.executable.standardInput = try pair.local.file(
                "labels.csv",
                "prediction_id,observed_at,label\nr0-5,2013-02-20T10:00:00Z,1\n"
            )
            let uploaded = try await remote.json("labels", "upload", "--task", "small", "-")
            #expect(uploaded["joined"] as? Int == 1)
            let map = "\(remote.folder)/map.json"
            let shown = try await remote.output(
                "recalibrate",
                "--task",
                "small",
                "--export",
                map
            )
            #expect(shown.contains("Written to \(map)."))
            let written = try JSONSerialization.jsonObject(
                with: Data(contentsOf: URL(fileURLWithPath: map))
            )
            #expect((written as? [String: Any])?["task"] as? String == "small")
        }
    }

    @Test func `what is in the way of a service is said`() async throws {
        try await withService { pair in
            var program = pair.remote
            program.executable.environment["GNOMON_TOKEN"] = "gnm_wrong"
            let wrong = try await program.run("task", "list")
            #expect(wrong.status == 1)
            #expect(wrong.errors.contains("Set GNOMON_TOKEN"))

            program.executable.environment["GNOMON_URL"] = "http://127.0.0.1:\(try freePort())"
            let nobody = try await program.run("task", "list")
            #expect(nobody.status == 69)
            #expect(nobody.errors.contains("cannot be reached"))

            program.executable.environment["GNOMON_URL"] = "gnomon.example.com"
            #expect(try await program.run("task", "list").status == 64)

            program.executable.environment["GNOMON_URL"] = "http://127.0.0.1"
            program.executable.environment["GNOMON_DATABASE_URL"] =
                TemporaryDatabase.connectionString
            let two = try await program.run("task", "list")
            #expect(two.status == 64)
            #expect(two.errors.contains("Unset one"))
            let named = try await program.run(
                "task",
                "list",
                "--database",
                TemporaryDatabase.connectionString
            )
            #expect(named.status == 0, "a database that is named comes first")

            let strict = try await pair.remote.run(
                "labels",
                "upload",
                "--task",
                "small",
                "--strict",
                "a",
                "b"
            )
            #expect(strict.status == 64)
        }
    }
}
