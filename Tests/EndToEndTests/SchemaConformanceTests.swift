import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

/// What the program answers with `--format json` meets the schemas in `docs/schemas`.
@Suite(.temporaryDatabase, .hangLimit, .enabled(if: JSONSchemas.canValidate))
struct SchemaConformanceTests {
    /// Asks, and expects of each answer that it meets its schema.
    private func expectConforming(
        _ program: Program,
        _ questions: [(schema: String, arguments: [String])],
        location: SourceLocation = #_sourceLocation
    ) async throws {
        var documents: [JSONSchemas.Document] = []
        for question in questions {
            let outcome = try await program.run(question.arguments + ["--format", "json"])
            #expect(
                outcome.status == 0,
                "\(question.arguments): \(outcome.errors)",
                sourceLocation: location
            )
            documents.append(
                JSONSchemas.Document(schema: question.schema, text: outcome.output)
            )
        }
        let faults = try await JSONSchemas.faults(documents, of: program)
        #expect(faults == "", sourceLocation: location)
    }

    /// The questions that any task with a champion can be asked.
    private func questions(
        about task: String,
        isBinary: Bool = true
    ) -> [(schema: String, arguments: [String])] {
        let all: [(schema: String, arguments: [String])] = [
            ("compare", ["compare"]), ("compare", ["compare", "--exact"]),
            ("compare", ["compare", "--as-of", "2013-01-05T00:00:00Z"]),
            ("recommend", ["recommend"]),
            ("recommend", ["recommend", "--as-of", "2013-01-05T00:00:00Z"]),
            ("recommend-walk", ["recommend", "--walk", "2013-02-01..2013-05-01"]),
            ("recommend-history", ["recommend", "--history"]), ("mature", ["mature"]),
            ("report", ["report", "--by", "week"]),
            ("report", ["report", "--as-of", "2013-06-24T12:30:00Z"]),
            ("labels-status", ["labels", "status"]), ("labels-rejects", ["labels", "rejects"]),
            ("labels-orphans", ["labels", "orphans"]),
            ("uploads-list", ["uploads", "list"]), ("model-list", ["model", "list"]),
            ("verify", ["verify"]), ("prune", ["prune"]),
        ]
        let ofScores: [(schema: String, arguments: [String])] = [
            ("calibration", ["calibration", "--model", "champion"]),
            ("recalibrate", ["recalibrate"]),
            ("recalibrate", ["recalibrate", "--method", "isotonic"]),
            ("compare", ["compare", "--metric", "roc_auc", "--minimum-gain", "0.01"]),
        ]
        return (isBinary ? all + ofScores : all).map {
            ($0.schema, $0.arguments + ["--task", task])
        }
            + [("task", ["task", "show", task]), ("task-list", ["task", "list"])]
    }

    @Test func `the files are schemas, and definitions of the same name say the same`() async throws
    {
        #expect(try JSONSchemas.names.count >= 16)
        #expect(try await JSONSchemas.faultsOfSchemas() == "")
        var definitions: [String: [String: NSObject]] = [:]
        for name in try JSONSchemas.names {
            let data = try Data(
                contentsOf: URL(fileURLWithPath: "\(JSONSchemas.folder)/\(name).schema.json")
            )
            let schema = try #require(
                try JSONSerialization.jsonObject(with: data) as? [String: Any]
            )
            for (key, value) in schema["$defs"] as? [String: NSObject] ?? [:] {
                definitions[key, default: [:]][name] = value
            }
        }
        // A row that was rejected is listed with its text, and a rejected row of an upload without.
        for (key, values) in definitions where key != "reject" {
            #expect(Set(values.values).count == 1, "\(key) in \(values.keys.sorted())")
        }
    }

    @Test func `a wrong document is refused`() async throws {
        let program = try Program()
        let right = #"{"task": "t", "as_of": "2013-01-01T00:00:00Z", "frozen": 0}"#
        let wrong = [
            #"{"task": "t", "as_of": "2013-01-01T00:00:00Z"}"#,
            #"{"task": "t", "as_of": "2013-01-01", "frozen": 0}"#,
            #"{"task": "t", "as_of": "2013-01-01T00:00:00Z", "frozen": null}"#,
            #"{"task": "t", "as_of": "2013-01-01T00:00:00Z", "frozen": 0, "more": 1}"#,
        ]
        #expect(
            try await JSONSchemas.faults([.init(schema: "mature", text: right)], of: program) == ""
        )
        for text in wrong {
            let faults = try await JSONSchemas.faults(
                [.init(schema: "mature", text: text)],
                of: program
            )
            #expect(faults.hasPrefix("mature: "), "\(text)")
        }
    }

    @Test func `an undefined number without a reason and a verdict of another name are refused`()
        async throws
    {
        let program = try Program()
        try await SyntheticHistory.equalModels.upload(to: program)
        let answer = try await program.output("compare", "--task", "story", "--format", "json")
        let spoilt = [
            answer.replacing("\"undecided\"", with: "\"maybe\""),
            answer.replacing(/"reason": "taken from rows[^"]*"/, with: #""note": """#),
            answer.replacing("\"pairs\":", with: "\"paired\":"),
        ]
        #expect(
            try await JSONSchemas.faults([.init(schema: "compare", text: answer)], of: program)
                == ""
        )
        for text in spoilt {
            #expect(text != answer)
            let faults = try await JSONSchemas.faults(
                [.init(schema: "compare", text: text)],
                of: program
            )
            #expect(faults.hasPrefix("compare: "))
        }
    }

    @Test func `answers about the flights`() async throws {
        let program = try Program()
        let columns =
            "prediction_id=key,predicted_at=event_time,known_at=event_time,version=model_version"
        let labelColumns = "prediction_id=key,observed_at=label_time,known_at=label_time"
        let rejected = try program.file(
            "rejected.csv",
            "prediction_id,observed_at,label\nB6128,2013-03-15T04:44:00Z,perhaps\n"
        )
        try await expectConforming(
            program,
            [
                (
                    "task",
                    [
                        "task", "create", "flights", "--kind", "binary", "--horizon", "2d",
                        "--time-zone", "America/New_York",
                    ]
                ),
                (
                    "upload",
                    [
                        "predictions", "upload", "--task", "flights", "--backfill", "--columns",
                        columns, "--ignore", "expected_delay_min",
                        Fixtures.path("flights_predictions.csv.gz"),
                    ]
                ),
                (
                    "upload",
                    [
                        "labels", "upload", "--task", "flights", "--backfill", "--columns",
                        labelColumns, "--ignore", "arrival_delay_min",
                        Fixtures.path("flights_labels.csv.gz"),
                    ]
                ),
                ("upload", ["labels", "upload", "--task", "flights", rejected]),
            ]
        )
        try await program.output(
            "model",
            "role",
            "--task",
            "flights",
            "champion",
            "champion",
            "--from",
            "2013-01-01"
        )
        try await expectConforming(
            program,
            questions(about: "flights") + [("pairs", ["pairs", "--task", "flights"])]
        )
        let listed = try await program.output(
            "uploads",
            "list",
            "--task",
            "flights",
            "--format",
            "csv"
        )
        let upload = String(listed.split(separator: "\n")[2].prefix { $0 != "," })
        let withdraw = ["uploads", "withdraw", upload, "--task", "flights", "--note", "wrong"]
        try await expectConforming(
            program,
            [
                ("uploads-show", ["uploads", "show", upload, "--task", "flights"]),
                ("uploads-withdraw", withdraw), ("uploads-withdraw", withdraw),
                ("uploads-show", ["uploads", "show", upload, "--task", "flights"]),
                ("uploads-list", ["uploads", "list", "--task", "flights"]),
                (
                    "forget",
                    ["forget", "--task", "flights", "--prediction-id", "x", "--confirm", "flights"]
                ),
                ("model-list", ["model", "rename", "--task", "flights", "champion", "gbm"]),
                ("task", ["task", "rename", "flights", "flights-2013"]),
                ("task-delete", ["task", "delete", "flights-2013", "--confirm", "flights-2013"]),
            ]
        )
    }

    @Test func `answers about a binary task with several shadows, slices and an alarm`()
        async throws
    {
        let program = try Program()
        var history = SyntheticHistory.lostDiscrimination
        history.sliceKey = "half"
        history.models.append(("twin", { $0.said }))
        history.models.append(("half blind", { ($0.said + 0.5) / 2 }))
        try await history.upload(to: program, labelled: { $0.day != 50 })
        try await expectConforming(
            program,
            questions(about: "story")
                + [
                    (
                        "compare",
                        ["compare", "--task", "story", "--shadow", "twin", "--margin", "0.05"]
                    ),
                    (
                        "pairs",
                        ["pairs", "--task", "story", "--shadow", "twin", "--slice", "half=even"]
                    ),
                    (
                        "recommend",
                        ["recommend", "--task", "story", "--without-shadows", "--confirm", "2/3"]
                    ),
                    ("report", ["report", "--task", "story", "--slice", "half=even"]),
                    ("recommend-history", ["recommend", "--task", "story", "--history"]),
                    (
                        "recommend-acknowledge",
                        ["recommend", "--task", "story", "--acknowledge", "seen to"]
                    ),
                    ("recommend", ["recommend", "--task", "story"]),
                ]
        )
    }

    @Test func `answers about a regression`() async throws {
        let program = try Program()
        var history = SyntheticHistory(kind: "regression", truth: { 10 * $0.said })
        history.models = [("champion", { 10 * $0.said + 0.4 }), ("shadow", { 10 * $0.said + 0.5 })]
        try await history.upload(to: program)
        try await expectConforming(
            program,
            questions(about: "story", isBinary: false) + [("pairs", ["pairs", "--task", "story"])]
        )
    }

    @Test func `answers about an empty task, and one without labels`() async throws {
        let program = try Program()
        try await expectConforming(
            program,
            [
                ("task", ["task", "create", "empty", "--kind", "binary"]),
                ("mature", ["mature", "--task", "empty"]),
                ("labels-status", ["labels", "status", "--task", "empty"]),
                ("labels-rejects", ["labels", "rejects", "--task", "empty"]),
                ("uploads-list", ["uploads", "list", "--task", "empty"]),
                ("model-list", ["model", "list", "--task", "empty"]),
                ("verify", ["verify", "--task", "empty"]),
                ("prune", ["prune", "--task", "empty", "--dry-run"]),
                ("recommend-history", ["recommend", "--task", "empty", "--history"]),
            ]
        )
        var history = SyntheticHistory.equalModels
        history.days = 25
        try await history.upload(to: program, labelled: { _ in false })
        try await expectConforming(
            program,
            questions(about: "story").filter { $0.schema != "recalibrate" }
        )
    }
}
