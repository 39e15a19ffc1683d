import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

/// The names of JSON members are a contract; their order is stable.
@Suite(.temporaryDatabase, .hangLimit)
struct JSONShapeTests {
    /// The members of the first object with all of these, in order.
    private func expectOrder(
        _ names: [String],
        in text: String,
        _ location: SourceLocation = #_sourceLocation
    ) {
        var rest = Substring(text)
        for name in names {
            guard let range = rest.firstRange(of: "\"\(name)\":") else {
                Issue.record("\(name) is missing or out of order", sourceLocation: location)
                return
            }
            rest = rest[range.upperBound...]
        }
    }

    @Test func `report`() async throws {
        let program = try Program()
        try await program.uploadSmallHistory()
        let text = try await program.output("report", "--task", "small", "--format", "json")
        expectOrder(
            [
                "task", "as_of", "from", "to", "by", "models", "model", "version", "role",
                "windows", "start", "end", "predictions", "labelled", "pending", "overdue",
                "coverage", "mature", "metrics", "accuracy", "value", "low", "high", "n", "bound",
            ],
            in: text
        )
        let json = try await program.json("report", "--task", "small")
        let models = try #require(json["models"] as? [[String: Any]])
        #expect(models.map { $0["model"] as? String } == ["champion", "shadow"])
        let window = try #require((models[0]["windows"] as? [[String: Any]])?.first)
        #expect(window["predictions"] as? Int == 240)
        #expect(window["labelled"] as? Int == 200)
        #expect(window["overdue"] as? Int == 40)
        #expect(window["mature"] as? Bool == true)
    }

    @Test func `what is undefined is null with a reason`() async throws {
        let program = try Program()
        try await program.uploadSmallHistory()
        let json = try await program.json(
            "report",
            "--task",
            "small",
            "--as-of",
            "2013-01-01T12:30:00Z"
        )
        let models = try #require(json["models"] as? [[String: Any]])
        let window = try #require((models[0]["windows"] as? [[String: Any]])?.first)
        let metrics = try #require(window["metrics"] as? [String: [String: Any]])
        #expect(metrics["roc_auc"]?["value"] is NSNull)
        #expect(metrics["roc_auc"]?["reason"] as? String != nil)
    }

    @Test func `compare, recommend and calibration`() async throws {
        let program = try Program()
        try await program.uploadSmallHistory(slice: "half")
        let compare = try await program.output(
            "compare",
            "--task",
            "small",
            "--exact",
            "--format",
            "json"
        )
        expectOrder(
            [
                "task", "champion", "as_of", "metric", "comparisons", "shadow", "pairs", "unpaired",
                "champion_only", "shadow_only", "metrics", "brier_score", "champion", "shadow",
                "gain", "low", "high", "sequence", "low", "high", "e_value", "cohorts", "tests",
                "slices", "verdict", "reasons", "more_pairs_needed", "median", "p80",
            ],
            in: compare
        )
        let recommend = try await program.output("recommend", "--task", "small", "--format", "json")
        expectOrder(
            [
                "task", "model", "as_of", "verdict", "since", "reasons", "evidence", "name",
                "value", "threshold", "state", "training_window",
            ],
            in: recommend
        )
        let calibration = try await program.json("calibration", "--task", "small")
        let bins = try #require(calibration["bins"] as? [[String: Any]])
        #expect(bins.reduce(0) { $0 + ($1["n"] as? Int ?? 0) } == 200)
    }

    @Test func `upload counts, and a resend`() async throws {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        let path = try program.file(
            "x.csv",
            "prediction_id,predicted_at,model,version,score\n"
                + "a,2013-01-01T00:00:00Z,m,v,0.5\nb,2013-01-01T00:00:00Z,m,v,2\n"
        )
        let text = try await program.output(
            "predictions",
            "upload",
            "--task",
            "t",
            path,
            "--format",
            "json"
        )
        expectOrder(
            [
                "task", "received", "accepted", "duplicate", "conflict", "corrected", "withdrawn",
                "orphan", "joined", "rejected", "contradicts", "rejects", "line", "field", "value",
                "reason",
            ],
            in: text
        )
        let again = try await program.json("predictions", "upload", "--task", "t", path)
        #expect(again["received"] as? Int == 2)
        #expect(again["duplicate"] as? Int == 1)
        #expect(again["resend"] as? Bool == true)
        let rejects = try await program.json("labels", "rejects", "--task", "t")
        #expect((rejects["rejects"] as? [[String: Any]])?.count == 1)
    }

    @Test func `standard input and several files are one upload`() async throws {
        var program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        let header = "prediction_id,predicted_at,model,version,score\n"
        let paths = try ["a", "b"].map {
            try program.file("\($0).csv", header + "\($0),2013-01-01T00:00:00Z,m,v,0.5\n")
        }
        let both = try await program.run(
            ["predictions", "upload", "--task", "t", "--format", "json"] + paths
        )
        #expect(both.output.contains("\"accepted\": 2"))
        program.executable.standardInput = try program.file(
            "c.ndjson",
            #"{"prediction_id": "c", "predicted_at": "2013-01-01T00:00:00Z", "model": "m", "#
                + #""version": "v", "score": 0.5}"# + "\n"
        )
        let input = try await program.json("predictions", "upload", "--task", "t", "-")
        #expect(input["accepted"] as? Int == 1)
    }

    @Test func `every result comes as CSV with the same number of fields in each row`() async throws
    {
        let program = try Program()
        try await program.uploadSmallHistory()
        let commands = [
            ["report", "--by", "week"], ["calibration"], ["compare"], ["recommend"], ["verify"],
            ["labels", "status"], ["labels", "rejects"], ["model", "list"],
        ]
        for command in commands {
            let outcome = try await program.run(command + ["--task", "small", "--format", "csv"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let rows = outcome.output.split(separator: "\n").map { row in
                // Commas within quotes are part of a field.
                row.replacing(/"[^"]*"/, with: "").filter { $0 == "," }.count
            }
            #expect(Set(rows).count == 1, "\(command): \(outcome.output)")
        }
    }

    @Test func `the exit status says the verdict where it is asked to`() async throws {
        let program = try Program()
        try await program.uploadSmallHistory()
        #expect(try await program.run("compare", "--task", "small").status == 0)
        let compare = try await program.json("compare", "--task", "small")
        let verdict = (compare["comparisons"] as? [[String: Any]])?.first?["verdict"] as? String
        let status = ["promote": 0, "keep_champion": 10, "undecided": 20][verdict ?? ""]
        #expect(
            try await program.run("compare", "--task", "small", "--exit-code").status
                == Int32(status ?? -1)
        )
        let outcome = try await program.run("recommend", "--task", "small", "--exit-code")
        #expect(outcome.status == 20)
        #expect(outcome.errors == "")
    }

    @Test func `verify is 1 where a cell is not what the ledger gives`() async throws {
        let program = try Program()
        try await program.uploadSmallHistory()
        #expect(try await program.run("verify", "--task", "small").status == 0)
        let connection = try await TemporaryDatabase.connect()
        let deleted = try await connection.execute(
            "DELETE FROM model_cells WHERE ctid IN (SELECT ctid FROM model_cells LIMIT 1)"
        )
        #expect(deleted == 1)
        await connection.close()
        let outcome = try await program.run("verify", "--task", "small")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("is not clean"))
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }
}
