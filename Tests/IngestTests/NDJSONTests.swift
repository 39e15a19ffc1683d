import Evaluation
import Ingest
import Testing

struct NDJSONTests {
    private let time = "2013-05-24T14:29:00Z"

    private func object(_ more: String) -> String {
        #"{"prediction_id":"a","predicted_at":"\#(time)","model":"m","# + more + "}"
    }

    @Test func `scores, slices and features may be objects`() throws {
        let task = PredictionTask(
            name: "t",
            kind: .multiclass,
            classes: ["cat", "dog"],
            sliceKeys: ["country", "web"]
        )
        let readings = try readPredictions(
            object(
                #""scores":{"dog":0.75,"cat":0.25},"slices":{"web":true,"country":"DE"},"#
                    + #""features":{"b":1.50,"a":"x\ny","c":false,"d":null},"feature.e":2"#
            ),
            task: task
        )
        let row = try #require(readings.rows.first)
        #expect(row.scores == [0.25, 0.75])
        #expect(row.slices == ["DE", "true"])
        #expect(row.details == #"{"features":{"a":"x\u000ay","b":1.5,"c":false,"e":2}}"#)
    }

    @Test func `columns are mapped, set and ignored as in CSV`() throws {
        let readings = try readPredictions(
            #"{"key":"a","t":"\#(time)","score":0.5,"junk":[1,{"x":2}],"features":{"a":1}}"#,
            options: IngestOptions(
                columns: ["prediction_id": "key", "predicted_at": "t"],
                constants: ["model": "m"],
                ignored: ["junk", "features"]
            )
        )
        #expect(readings.rows.map(\.details) == [""])
    }

    @Test func `ids may be numbers and texts may be escaped`() throws {
        let readings = try readPredictions(
            #"{"prediction_id":17,"predicted_at":"\#(time)","model":"é\u00e9\uD83D\uDE00","#
                + #""score":1}"#
        )
        #expect(readings.rows.map(\.id) == ["17"])
        #expect(readings.rows.map(\.model) == ["éé😀"])
    }

    @Test(arguments: [
        (#"{"prediction_id":"a""#, "", "The line is not valid JSON; write one object a line."),
        ("[1,2]", "", "The line is not a JSON object; write one object a line."),
        ("17", "", "The line is not a JSON object; write one object a line."),
        ("a,b,c", "", "The line is not a JSON object; write one object a line."),
        (#"{"a":1} {"b":2}"#, "", "The line is not valid JSON; write one object a line."),
        (#"{"prediction_id":"a"}}"#, "", "The line is not valid JSON; write one object a line."),
        (#"{"prediction_id":"a" "score":1}"#, "", "not valid JSON"),
        (#"{"prediction_id":tru,"score":1}"#, "", "not valid JSON"),
        (#"{"prediction_id":2"a"}"#, "", "not valid JSON"),
        (#"{"prediction_id":"a",}"#, "", "not valid JSON"),
        (#"{"score":01}"#, "", "not valid JSON"),
        (#"{"score":[1,}"#, "", "not valid JSON"),
        (#"{"prediction_id":"\x"}"#, "", "not valid JSON"),
        (#"{"prediction_id":"a","prediction_id":"b"}"#, "prediction_id", "given twice"),
        (#"{"prediction_id":"a\u0000"}"#, "", "zero character"),
        (#"{"surprise":1}"#, "surprise", "unknown"),
        ("{}", "prediction_id", "must be a text of 1 to 200 bytes"),
    ])
    func `a line that cannot be read is rejected alone`(
        line: String,
        field: String,
        reason: String
    ) throws {
        let good = object(#""score":0.5"#)
        let readings = try readPredictions([good, line, "", "  ", good].joined(separator: "\n"))
        #expect(readings.rows.map(\.line) == [1, 5])
        #expect(readings.rejects.map(\.line) == [2])
        #expect(readings.rejects.map(\.row) == [line])
        #expect(readings.rejects[0].reason.contains(reason))
        #expect(readings.rejects[0].field == field)
    }

    @Test(arguments: [
        ("null", "The score is missing"), ("\"\"", "The score is missing"),
        ("true", "The score is not a number"), ("[0.5]", "The score is not a number"),
        ("{\"x\":1}", "The score is not a number"), ("1e400", "The score is out of range"),
        ("-0.05", "The score is out of range"), ("1.2", "The score is out of range"),
        ("\"0,37\"", "The score has a decimal comma"), ("\"NaN\"", "The score is not finite"),
        ("NaN", "The score is not finite"), ("Infinity", "The score is not finite"),
        ("-Infinity", "The score is not finite"),
    ])
    func `a score that is no probability is rejected`(score: String, reason: String) throws {
        let readings = try readPredictions(
            object(#""score":0.5"#) + "\n" + object(#""score":\#(score)"#)
        )
        #expect(readings.rows.count == 1)
        #expect(readings.rejects.map(\.field) == ["score"])
        #expect(readings.rejects[0].reason.hasPrefix(reason))
    }

    @Test func `values nested without end are rejected, not followed`() throws {
        let depth = 400_000
        let arrays = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let objects = String(repeating: "{\"a\":", count: 100_000)
        let lines = [
            object(#""score":0.5"#), object(#""score":0.5,"junk":\#(arrays)"#),
            object(#""score":0.5,"junk":\#(objects)"#),
            object(#""score":0.5,"junk":[[1],{"a":[]}]"#),
        ]
        let readings = try readPredictions(
            lines.joined(separator: "\n"),
            options: IngestOptions(ignored: ["junk"])
        )
        #expect(readings.rows.map(\.line) == [1, 4])
    }

    @Test func `an object over several lines is an error that says so`() {
        do {
            _ = try readPredictions("{\n  \"prediction_id\": \"a\"\n}\n")
            Issue.record("It was read.")
        } catch {
            #expect("\(error)".contains("jq -c"))
        }
    }

    @Test func `an unknown member of the first object is an error with advice`() {
        do {
            _ = try readPredictions(#"{"key":"a","predicted_at":"x","model":"m","score":1}"#)
            Issue.record("It was read.")
        } catch {
            #expect("\(error)".contains("Try --columns prediction_id=key."))
        }
    }

    @Test func `a member that never occurs is an error at the end`() {
        do {
            _ = try readPredictions(object(#""version":"v""#) + "\n" + object(#""version":"v""#))
            Issue.record("It was read.")
        } catch {
            #expect("\(error)".contains("Required and missing: score."))
        }
    }

    @Test func `a row that lacks a member is rejected, also before the first row that has it`()
        throws
    {
        let full =
            #""prediction_id":"a","predicted_at":"2020-01-01T00:00:00Z","model":"m","score":1"#
        let lines = [
            #"{"prediction_id":"a","model":"m","score":1}"#,
            #"{"prediction_id":"a","predicted_at":"2020-01-01T00:00:00Z","score":1}"#,
            "{\(full)}",
        ]
        let readings = try readPredictions(lines.joined(separator: "\n"))
        #expect(readings.rows.map(\.line) == [3])
        #expect(readings.rejects.map(\.field) == ["predicted_at", "model"])
    }

    @Test func `rows that are judged alone say by themselves what all of them lack`() throws {
        var options = IngestOptions()
        options.judgesRowsAlone = true
        let readings = try readPredictions(
            [#"{"key":"a","score":1}"#, #"{"prediction_id":"a","score":1}"#, "{"].joined(
                separator: "\n"
            ),
            options: options
        )
        #expect(readings.rows.isEmpty)
        #expect(readings.rejects.map(\.field) == ["key", "predicted_at", ""])
    }

    @Test func `a member may come later, and in any order`() throws {
        let readings = try readPredictions(
            [
                object(#""score":0.5"#),
                #"{"entity":"e","score":0.25,"model":"m","predicted_at":"\#(time)","#
                    + #""prediction_id":"b"}"#,
            ].joined(separator: "\n")
        )
        #expect(readings.rows.map(\.details) == ["", #"{"entity":"e"}"#])
        #expect(readings.rows.map(\.scores) == [[0.5], [0.25]])
    }

    @Test func `the members of slices are slices and nothing else`() {
        #expect(throws: IngestError.self) {
            try readPredictions(object(#""score":0.5,"slices":{"version":"x"}"#))
        }
    }

    @Test func `known_at without a backfill is an error in any row`() {
        #expect(throws: IngestError.needsBackfill("test.csv", line: 2, column: "known_at")) {
            try readPredictions(
                object(#""score":0.5"#) + "\n" + object(#""score":0.5,"known_at":"\#(time)""#)
            )
        }
    }

    @Test func `the name decides where the content does not`() throws {
        #expect(throws: IngestError.self) { try readPredictions("x\n", name: "a.csv") }
        let readings = try readPredictions("x\n", name: "a.jsonl.gz")
        #expect(readings.rejects.count == 1)
        var options = IngestOptions()
        options.format = .ndjson
        #expect(try readPredictions("x\n", name: "a.csv", options: options).rejects.count == 1)
    }
}
