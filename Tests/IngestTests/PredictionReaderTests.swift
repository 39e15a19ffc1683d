import Evaluation
import Ingest
import Testing

struct PredictionReaderTests {
    private let header = "prediction_id,predicted_at,model,version,score\n"
    private let time = "2013-05-24T14:29:00Z"

    @Test func `a row is read into the batch`() throws {
        let readings = try readPredictions(header + "a1,\(time),gbm,r07,0.25\n")
        #expect(
            readings.rows == [
                ReadPrediction(
                    id: "a1",
                    key: PredictionKey(taskID: 7, id: Array("a1".utf8)),
                    predictedAt: time,
                    knownAt: "-infinity",
                    model: "gbm",
                    version: "r07",
                    scores: [0.25],
                    slices: [],
                    details: "",
                    line: 2
                )
            ]
        )
        #expect(readings.rejects.isEmpty)
    }

    @Test(arguments: ["\n", "\r\n"])
    func `quotes, line ends, blank lines and a missing last line end are understood`(
        end: String
    ) throws {
        let text = [
            "\u{FEFF}prediction_id,\"predicted_at\",model,version,entity,score", "",
            "\"a,1\",\(time),\"the \"\"best\"\"\",v,\"two\(end)lines\",\"0.5\"", "", "",
            "b,\"\(time)\",,\"\",,1", "\"c\"\"\",\(time),m,\"v\",,0",
        ].joined(separator: end)
        let readings = try readPredictions(text)
        #expect(readings.rows.map(\.id) == ["a,1", "c\""])
        #expect(readings.rows.map(\.model) == ["the \"best\"", "m"])
        #expect(readings.rows.map(\.version) == ["v", "v"])
        let escaped = end == "\n" ? "\\u000a" : "\\u000d\\u000a"
        #expect(readings.rows[0].details == "{\"entity\":\"two\(escaped)lines\"}")
        #expect(readings.rows.map(\.line) == [3, 8])
        #expect(readings.rejects.map(\.field) == ["model"])
        #expect(readings.rejects.map(\.line) == [7])
    }

    @Test func `columns may come in any order, and unnamed ones are left out`() throws {
        let readings = try readPredictions(
            ",score,model,predicted_at,prediction_id\n0,0.5,m,\(time),a\n"
        )
        #expect(readings.rows.map(\.id) == ["a"])
        #expect(readings.rows.map(\.version) == [""])
    }

    @Test(arguments: [
        ("", "The score is missing; it must be a number from 0 to 1."),
        ("abc", "The score is not a number; it must be a number from 0 to 1, such as 0.37."),
        ("null", "The score is not a number; it must be a number from 0 to 1, such as 0.37."),
        ("NaN", "The score is not finite; it must be a number from 0 to 1."),
        ("-inf", "The score is not finite; it must be a number from 0 to 1."),
        ("1e400", "The score is out of range; it must be a number from 0 to 1."),
        ("1.2", "The score is out of range; it must be a number from 0 to 1."),
        ("1.0000000000000002", "The score is out of range; it must be a number from 0 to 1."),
        ("-0.05", "The score is out of range; it must be a number from 0 to 1."),
        ("\"0,37\"", "The score has a decimal comma; write it with a point, such as 0.37."),
    ])
    func `a score that is no probability is rejected`(score: String, reason: String) throws {
        let row = "a,\(time),m,v,\(score)"
        let readings = try readPredictions(header + row + "\n")
        #expect(readings.rows.isEmpty)
        #expect(
            readings.rejects == [
                Reject(
                    line: 2,
                    field: "score",
                    value: score.filter { $0 != "\"" },
                    reason: reason,
                    row: row,
                    file: "test.csv"
                )
            ]
        )
    }

    @Test(arguments: [("1e0", 1), ("1.0", 1), ("1", 1), ("0", 0), ("0.000000", 0), ("-0", 0)])
    func `a score at the edge is accepted`(text: String, score: Double) throws {
        let readings = try readPredictions(header + "a,\(time),m,v,\(text)\n")
        #expect(readings.rows.map(\.scores) == [[score]])
        #expect(readings.rows.first?.scores.first?.sign == .plus)
    }

    @Test func `ids, models and times are checked`() throws {
        let long = String(repeating: "x", count: 201)
        let rows = [
            ",\(time),m,v,0.5", "\(long),\(time),m,v,0.5", "a,\(time),\(long),v,0.5",
            "a,2013-05-24,m,v,0.5", "a,1066-10-14T09:00:00Z,m,v,0.5", "a,\(time),m,v",
            "a,\(time),m,v,0.5,6", "a\u{0},\(time),m,v,0.5",
        ]
        let readings = try readPredictions(header + rows.joined(separator: "\n"))
        #expect(readings.rows.isEmpty)
        #expect(
            readings.rejects.map(\.field) == [
                "prediction_id", "prediction_id", "model", "predicted_at", "predicted_at", "", "",
                "",
            ]
        )
        #expect(readings.rejects[1].value == long.dropLast())
        #expect(readings.rejects[5].reason == "The row has 4 fields, but the header has 5.")
        #expect(readings.rejects.map(\.line) == Array(2...9))
        #expect(readings.rejects.map(\.row) == rows)
    }

    @Test func `broken quotes cost their own line and nothing after it`() throws {
        let rows = [
            "a,\(time),m,v,0.1", "b,\(time),\"m,v,0.2", "c,\(time),m,v,0.3", "d,\(time),m\"x,v,0.4",
            "e,\(time),\"m\"x,v,0.5", "f,\(time),m,v,0.6",
        ]
        let readings = try readPredictions(header + rows.joined(separator: "\n") + "\n")
        #expect(readings.rows.map(\.id) == ["a", "c", "f"])
        #expect(readings.rejects.map(\.line) == [3, 5, 6])
        #expect(readings.rejects.map(\.row) == [rows[1], rows[3], rows[4]])
        #expect(readings.rowsRead == 6)
    }

    @Test func `rows that quotes run together are read again one by one`() throws {
        let rows = [
            "a,\(time),m,v,0.1", "b,\(time),\"m,v,0.2", "c,\(time),m,v,0.3", "d,\(time),m\",v,0.4",
            "e,\(time),m,v,0.5",
        ]
        let readings = try readPredictions(header + rows.joined(separator: "\n") + "\n")
        // From b's quote to d's, the rows b, c and d are a row of proper CSV with five fields.
        #expect(readings.rows.map(\.id) == ["a", "b", "e"])
        let other = [rows[0], "b,\(time),m,\"v,0.2", rows[2], "d,\(time),m\",v,0.4", rows[4]]
        let repeated = try readPredictions(header + other.joined(separator: "\n") + "\n")
        #expect(repeated.rows.map(\.id) == ["a", "c", "e"])
        #expect(
            repeated.rejects.map(\.reason) == [
                "The row has 6 fields and, because of its quotes, 3 lines, but the header has 5. "
                    + "Its first line was left out and reading went on after it.",
                "A quote stands inside a field; write the field in quotes and its quotes twice.",
            ]
        )
    }

    @Test func `a batch ends early where it has too many scores`() throws {
        var options = IngestOptions()
        options.limits.scoresPerBatch = 10
        let task = PredictionTask(name: "t", kind: .multiclass, classes: ["a", "b"])
        let rows = (0..<20).map { "x\($0),\(time),m,0.5,0.5\n" }.joined()
        let readings = try readPredictions(
            "prediction_id,predicted_at,model,p_a,p_b\n" + rows,
            task: task,
            options: options
        )
        #expect(readings.batchCount == 4)
        #expect(readings.rows.count == 20)
    }

    @Test func `what a row says beyond its score becomes JSON with sorted keys`() throws {
        let readings = try readPredictions(
            "prediction_id,predicted_at,model,score,weight,feature.b,entity,status,latency_ms,"
                + "feature.a,decision\n"
                + "a,\(time),m,0.5,2,\"x\"\"y\",u1,ok,12.50,1e3,1\n"
                + "b,\(time),m,0.5,,,,,,,\n" + "c,\(time),m,0.5,,,,,,007,\n"
                + "d,\(time),m,0.5,-1,,,,,,\n" + "e,\(time),m,0.5,,,,,NaN,,\n"
                + "f,\(time),m,0.5,,true,,,,12345678901234567,\n"
        )
        #expect(
            readings.rows.map(\.details) == [
                #"{"decision":"1","entity":"u1","features":{"a":1000,"b":"x\"y"},"#
                    + #""latency_ms":12.5,"status":"ok","weight":2}"#,
                "", #"{"features":{"a":"007"}}"#,
                #"{"features":{"a":"12345678901234567","b":"true"}}"#,
            ]
        )
        #expect(readings.rejects.map(\.field) == ["weight", "latency_ms"])
    }

    @Test func `declared slices are read in the order of the task`() throws {
        let task = PredictionTask(name: "t", kind: .binary, sliceKeys: ["country", "channel"])
        let readings = try readPredictions(
            "prediction_id,predicted_at,model,score,channel,country\n"
                + "a,\(time),m,0.5,web,DE\nb,\(time),m,0.5,,FR\nc,\(time),m,0.5,web,DE\n",
            task: task
        )
        #expect(readings.rows.map(\.slices) == [["DE", "web"], ["FR", ""], ["DE", "web"]])
    }

    @Test func `a regression takes any finite value and quantiles`() throws {
        let task = PredictionTask(name: "t", kind: .regression, classes: [])
        let readings = try readPredictions(
            "prediction_id,predicted_at,model,value,q_0.95,q_0.05\n"
                + "a,\(time),m,-12.5,3,-40.25\nb,\(time),m,inf,1,1\nc,\(time),m,1,x,1\n",
            task: task
        )
        #expect(readings.rows.map(\.scores) == [[-12.5]])
        #expect(readings.rows.map(\.details) == [#"{"quantiles":{"0.05":-40.25,"0.95":3}}"#])
        #expect(readings.rejects.map(\.field) == ["value", "q_0.95"])
    }

    @Test func `the probabilities of several classes add up to one`() throws {
        let task = PredictionTask(name: "t", kind: .multiclass, classes: ["a", "b", "c"])
        let readings = try readPredictions(
            "prediction_id,predicted_at,model,p_c,p_b,p_a\n"
                + "x,\(time),m,0.5,0.3,0.2\ny,\(time),m,0.5,0.5,0.1\nz,\(time),m,1.1,0,0\n",
            task: task
        )
        #expect(readings.rows.map(\.scores) == [[0.2, 0.3, 0.5]])
        #expect(readings.rejects.map(\.field) == ["p_a p_b p_c", "p_c"])
    }

    @Test func `the instant at which a row became known is read under backfill only`() throws {
        let text =
            "prediction_id,predicted_at,model,score,known_at\n"
            + "a,\(time),m,0.5,2013-05-25T00:00:00Z\nb,\(time),m,0.5,\n"
        let readings = try readPredictions(text, options: IngestOptions(isBackfill: true))
        #expect(readings.rows.map(\.knownAt) == ["2013-05-25T00:00:00Z"])
        #expect(readings.rejects.map(\.field) == ["known_at"])
        #expect(throws: IngestError.needsBackfill("test.csv", line: 1, column: "known_at")) {
            try readPredictions(text)
        }
        let ignoring = try IngestOptions(ignored: ["known_at"])
        #expect(try readPredictions(text, options: ignoring).rows.count == 2)
        #expect(throws: IngestError.self) {
            try readPredictions(
                header + "a,\(time),m,v,0.5\n",
                options: IngestOptions(isBackfill: true)
            )
        }
    }

    @Test func `one column of the file may serve two of Gnomon's`() throws {
        let readings = try readPredictions(
            "id,at,model,score\na,\(time),m,0.5\n",
            options: IngestOptions(
                columns: ["prediction_id": "id", "predicted_at": "at", "known_at": "at"],
                isBackfill: true
            )
        )
        #expect(readings.rows.map(\.knownAt) == [time])
        #expect(readings.rows.map(\.predictedAt) == [time])
    }

    @Test func `dictionaries keep their meaning from batch to batch`() throws {
        let rows = (0..<100).map { "a\($0),\(time),m\($0 % 3),v,0.5\n" }.joined()
        let small = try readPredictions(header + rows, maximumRows: 7)
        let large = try readPredictions(header + rows)
        #expect(small.batchCount == 15)
        #expect(small.rows == large.rows)
    }

    @Test func `a batch ends early where it has too many rejects`() throws {
        var options = IngestOptions()
        options.limits.rejectsPerBatch = 10
        let rows = String(repeating: "a,b,c,d,e\n", count: 25)
        let readings = try readPredictions(header + rows, options: options)
        #expect(readings.batchCount == 3)
        #expect(readings.rejects.count == 25)
    }

    @Test func `a batch ends early where it has too much text`() throws {
        var options = IngestOptions()
        options.limits.textBytesPerBatch = 100
        let rows = (0..<50).map { "abcdefghij\($0),\(time),m,v,0.5\n" }.joined()
        let readings = try readPredictions(header + rows, options: options)
        #expect(readings.batchCount > 4)
        #expect(readings.rows.count == 50)
    }

    @Test func `several inputs are read in a row, each with its own header and format`() throws {
        let first = header + "a,\(time),m,v,0.5\n"
        let second = "score,version,model,predicted_at,prediction_id\n0.25,v,m,\(time),b"
        let third =
            #"{"prediction_id":"c","predicted_at":"\#(time)","model":"m","version":"v","score":1}"#
        let readings = try readPredictions([
            .bytes(Array(first.utf8), name: "1"), .bytes(gzip(Array(second.utf8)), name: "2"),
            .bytes(Array(third.utf8), name: "3"),
        ])
        #expect(readings.rows.map(\.id) == ["a", "b", "c"])
        #expect(readings.rows.map(\.scores) == [[0.5], [0.25], [1]])
        #expect(readings.rows.map(\.line) == [2, 2, 1])
        #expect(readings.progress.rowsRead == 3)
        #expect(readings.progress.bytesRead == readings.progress.totalBytes)
    }

    @Test func `a header without rows is no error`() throws {
        let readings = try readPredictions(header)
        #expect(readings.rowsRead == 0)
        #expect(readings.batchCount == 0)
    }
}
