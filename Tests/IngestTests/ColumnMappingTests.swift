import Evaluation
import Ingest
import Testing

struct ColumnMappingTests {
    private let row = "a,2013-05-24T14:29:00Z,m,0.5\n"

    private func message(
        _ text: String,
        task: PredictionTask = binaryTask,
        columns: [Name: Name] = [:],
        constants: [Name: String] = [:],
        ignored: Set<Name> = [],
        isBackfill: Bool = false
    ) -> String {
        do {
            let options = try IngestOptions(
                columns: columns,
                constants: constants,
                ignored: ignored,
                isBackfill: isBackfill
            )
            _ = try readPredictions(text, task: task, options: options)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func `options are read as pairs and names`() throws {
        let mapping = try ColumnMapping(
            parsing: ["prediction_id=key,known_at=event_time", "predicted_at=event_time"],
            set: ["model=gbm,version=r=07"],
            ignore: ["a,b", "c"]
        )
        #expect(
            mapping
                == ColumnMapping(
                    columns: [
                        "prediction_id": "key", "predicted_at": "event_time",
                        "known_at": "event_time",
                    ],
                    constants: ["model": "gbm", "version": "r=07"],
                    ignored: ["a", "b", "c"]
                )
        )
    }

    @Test(arguments: [["key"], ["=key"], ["a=b,a=c"], ["a=b", "a=c"]])
    func `options of another form are refused`(texts: [String]) {
        #expect(throws: IngestError.self) { try ColumnMapping(parsing: texts) }
        #expect(throws: IngestError.self) { try ColumnMapping(parsing: [], set: texts) }
    }

    @Test func `a name that is both mapped and set is refused`() {
        #expect(throws: IngestError.self) {
            try ColumnMapping(parsing: ["model=m"], set: ["model=x"])
        }
    }

    @Test func `an unknown name on the left lists the known ones`() {
        #expect(
            message("x\n", columns: ["id": "key"])
                == "--columns: Gnomon has no column id; left of the equals sign may stand "
                + "prediction_id, predicted_at, model, score, version, decision, entity, "
                + "latency_ms, status, weight, known_at, feature.<name>."
        )
        #expect(message("x\n", constants: ["value": "1"]).hasPrefix("--set: Gnomon has no column"))
    }

    @Test func `what differs from row to row cannot be set`() {
        #expect(message("x\n", constants: ["score": "1"]).contains("must be a column"))
        #expect(message("x\n", constants: ["prediction_id": "1"]).contains("must be a column"))
    }

    @Test func `a constant that is no instant is refused before reading`() {
        #expect(
            message("x\n", constants: ["predicted_at": "now"])
                .hasPrefix("--set predicted_at=now: The time is not in ISO 8601")
        )
    }

    @Test func `known_at needs a backfill wherever it comes from`() {
        #expect(message("x\n", columns: ["known_at": "t"]).contains("--backfill"))
        #expect(message("x\n", constants: ["known_at": "t"]).contains("--backfill"))
        #expect(
            message("prediction_id,predicted_at,model,score,known_at\n").contains("--backfill")
        )
    }

    @Test func `what is missing and unknown is listed with options that help`() {
        #expect(
            message("key,timestamp,Model,probability,foo\n")
                == "test.csv, line 1: Required and missing: prediction_id, predicted_at, model, "
                + "score. Unknown: key, timestamp, Model, probability, foo. The file has: key, "
                + "timestamp, Model, probability, foo. Gnomon knows: prediction_id, predicted_at, "
                + "model, score, version, decision, entity, latency_ms, status, weight, known_at, "
                + "feature.<name>. Try --columns prediction_id=key,predicted_at=timestamp,"
                + "model=Model,score=probability --ignore foo."
        )
    }

    @Test func `a column that is mapped and lacking is named`() {
        let text = message(
            "id,predicted_at,model,score\n" + row,
            columns: ["prediction_id": "key"]
        )
        #expect(text.contains("There is no column key, which --columns names."))
        #expect(text.contains("Try --columns prediction_id=id."))
    }

    @Test func `a column that is both mapped and ignored is refused`() {
        #expect(
            message("x\n", columns: ["prediction_id": "key"], ignored: ["key"])
                .contains("left out by --ignore")
        )
    }

    @Test func `a column whose name the mapping gives to another is not used silently`() {
        let header = "prediction_id,predicted_at,model,score,p\n"
        #expect(
            message(header, columns: ["score": "p"])
                .contains("Given by --columns or --set, but also a column: score.")
        )
        #expect(message(header, columns: ["score": "p"], ignored: ["score"]).isEmpty)
        #expect(
            message("prediction_id,predicted_at,model,score\n", constants: ["model": "x"])
                .contains("but also a column: model")
        )
    }

    @Test func `a column that comes twice is refused`() {
        #expect(
            message("prediction_id,predicted_at,model,score,score\n").contains("score twice")
        )
    }

    @Test func `two columns that mean the same are refused`() {
        let task = PredictionTask(name: "t", kind: .regression, classes: [])
        #expect(
            message("prediction_id,predicted_at,model,value,q_0.5,q_0.50\n", task: task)
                .contains("q_0.5 and q_0.50 mean the same")
        )
    }

    @Test(arguments: [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")])
    func `another separator than a comma is named`(separator: String, name: String) {
        let header = ["prediction_id", "predicted_at", "model", "score"]
        #expect(message(header.joined(separator: separator) + "\n").contains(name))
    }

    @Test func `lines that end with carriage returns alone are named`() {
        #expect(
            message("prediction_id,predicted_at,model,score\ra,b,c,d\r").contains("carriage")
        )
    }

    @Test func `the column of another kind of task is unknown`() {
        let header = "prediction_id,predicted_at,model,score\n"
        let regression = PredictionTask(name: "t", kind: .regression, classes: [])
        #expect(message(header, task: regression).contains("Try --columns value=score."))
        let several = PredictionTask(name: "t", kind: .multiclass, classes: ["cat", "dog"])
        #expect(
            message("prediction_id,predicted_at,model,cat,dog\n", task: several)
                .contains("Try --columns p_cat=cat,p_dog=dog.")
        )
    }

    @Test func `a slice must not be called like a column`() {
        #expect(throws: IngestError.self) {
            _ = try PredictionReader(
                task: PredictionTask(name: "t", kind: .binary, sliceKeys: ["model"]),
                sources: []
            )
        }
    }

    @Test func `a constant takes the place of a column in every row`() throws {
        let readings = try readPredictions(
            "prediction_id,score\na,0.5\n",
            task: PredictionTask(name: "t", kind: .binary, sliceKeys: ["country"]),
            options: IngestOptions(
                constants: [
                    "model": "gbm", "version": "r07", "predicted_at": "2013-05-24T14:29:00Z",
                    "country": "DE", "entity": "e", "weight": "2.0",
                ])
        )
        let row = try #require(readings.rows.first)
        #expect(row.model == "gbm")
        #expect(row.version == "r07")
        #expect(row.predictedAt == "2013-05-24T14:29:00Z")
        #expect(row.slices == ["DE"])
        #expect(row.details == #"{"entity":"e","weight":2}"#)
    }
}
