import Evaluation
import Ingest
import Testing

/// Names on their way from a file: as they are, to the byte, or refused.
struct NameReadingTests {
    private let time = "2026-01-05T10:00:00Z"
    private let sliced = PredictionTask(
        id: 7,
        name: "t",
        kind: .binary,
        sliceKeys: ["caf\u{E9}", "cafe\u{301}"]
    )

    @Test func `blanks at the ends of a field are not part of it, unless it is quoted`() throws {
        let text =
            "prediction_id, predicted_at, model ,\tscore\r\n"
            + "a, \(time), m, 0.5\r\n"
            + "b,\(time) , \"m\" , 0.25\t\r\n"
            + "\" c\",\(time),m,1  "
        let readings = try readPredictions(text)
        #expect(readings.rejects.isEmpty)
        #expect(readings.rows.map(\.id) == ["a", "b", " c"])
        #expect(readings.rows.map(\.model) == ["m", "m", "m"])
        #expect(readings.rows.map(\.scores) == [[0.5], [0.25], [1]])
    }

    @Test(arguments: ["x \"m\"", "\"m\" x", "\"m\"\"", "x\"m\""])
    func `a quote within a field still breaks the row`(field: String) throws {
        let readings = try readPredictions(
            "prediction_id,predicted_at,model,score\na,\(time),\(field),0.5\nb,\(time),m,0.5\n"
        )
        #expect(!readings.rejects.isEmpty)
        #expect(!readings.rows.map(\.id).contains("a"))
    }

    @Test(
        arguments: [
            ("\" m\"", "begins or ends with a blank"), ("\"m \"", "begins or ends with a blank"),
            ("\"m\n\"", "U+000A"), ("m\u{7F}", "U+007F"), ("m\u{202E}x", "U+202E"),
            ("\u{A0}m", "begins or ends with a blank"), ("m\u{2028}", "U+2028"),
            ("m\u{85}n", "U+0085"),
        ]
    )
    func `names that cannot be given are rejects that say why`(
        field: String,
        reason: String
    ) throws {
        let header = "prediction_id,predicted_at,model,version,caf\u{E9},score\n"
        let rows = [
            "a,\(time),\(field),v,s,0.5", "b,\(time),m,\(field),s,0.5",
            "c,\(time),m,v,\(field),0.5",
            "d,\(time),m,v,s,0.5",
        ]
        let readings = try readPredictions(
            header + rows.joined(separator: "\n") + "\n",
            task: sliced
        )
        #expect(readings.rows.map(\.id) == ["d"])
        #expect(readings.rejects.map(\.field) == ["model", "version", "caf\u{E9}"])
        #expect(readings.rejects.allSatisfy { $0.reason.contains(reason) })
        let labels = try readLabels(
            "prediction_id,observed_at,label,source\na,\(time),1,\(field)\nb,\(time),1,s\n"
        )
        #expect(labels.rows.map(\.id) == ["b"])
        #expect(labels.rejects.map(\.field) == ["source"])
    }

    @Test func `names in NDJSON are held to the same`() throws {
        let readings = try readPredictions(
            #"{"prediction_id":"a","predicted_at":"\#(time)","model":"m ","score":1}"# + "\n"
                + #"{"prediction_id":"b","predicted_at":"\#(time)","model":"m","score":1}"# + "\n"
                + #"{"prediction_id":"c","predicted_at":"\#(time)","model":"m\u0007","score":1}"#,
            options: try IngestOptions(format: .ndjson)
        )
        #expect(readings.rows.map(\.id) == ["b"])
        #expect(readings.rejects.map(\.line) == [1, 3])
    }

    @Test(arguments: [" m", "m\u{7}"])
    func `so is a name that holds for all rows`(name: String) {
        #expect(throws: IngestError.self) {
            _ = try readPredictions(
                "prediction_id,predicted_at,score\na,\(time),0.5\n",
                options: IngestOptions(constants: ["model": name])
            )
        }
    }

    @Test func `twins are two models, two versions, two slices, two columns`() throws {
        let (one, two) = ("\u{E9}", "e\u{301}")
        let text =
            "prediction_id,predicted_at,model,version,score,caf\u{E9},cafe\u{301},feature.\(one),"
            + "feature.\(two)\n"
            + "a,\(time),\(one),\(one),0.5,\(one),\(two),1,2\n"
            + "b,\(time),\(two),\(two),0.5,\(two),\(one),1,2\n"
        let readings = try readPredictions(text, task: sliced)
        #expect(readings.rejects.isEmpty)
        #expect(readings.rows.map(\.model) == [Name(one), Name(two)])
        #expect(readings.rows.map(\.version) == [Name(one), Name(two)])
        #expect(readings.rows.map(\.slices) == [[Name(one), Name(two)], [Name(two), Name(one)]])
        let features = Name("{\"features\":{\"\(two)\":2,\"\(one)\":1}}")
        #expect(readings.rows.map { Name($0.details) } == [features, features])
    }
}
