import Evaluation
import Ingest
import Testing

struct LabelReaderTests {
    private let header = "prediction_id,observed_at,label\n"
    private let time = "2013-05-24T14:29:00Z"

    @Test func `labels are spelled as the classes are`() throws {
        let task = PredictionTask(name: "t", kind: .multiclass, classes: ["cat", "dog", "1"])
        let readings = try readLabels(
            header + "a,\(time),dog\nb,\(time),1\nc,\(time),Dog\nd,\(time),\ne,\(time),01\n",
            task: task
        )
        #expect(readings.rows.map(\.value) == [1, 2])
        #expect(readings.rejects.map(\.value) == ["Dog", "", "01"])
        #expect(
            readings.rejects.first?.reason
                == "The label must be one of the task's classes: cat, dog, 1; a label is taken back "
                + "with withdrawn, in NDJSON also with null."
        )
    }

    @Test func `a withdrawn label has no value`() throws {
        let readings = try readLabels(header + "a,\(time),withdrawn\nb,\(time),1\n")
        #expect(readings.rows.map(\.isWithdrawn) == [true, false])
        #expect(readings.rows.map(\.value) == [0, 1])
    }

    @Test func `null withdraws in NDJSON, and a missing label does not`() throws {
        let readings = try readLabels(
            """
            {"prediction_id":"a","observed_at":"\(time)","label":null}
            {"prediction_id":"b","observed_at":"\(time)"}
            {"prediction_id":"c","observed_at":"\(time)","label":1}
            {"prediction_id":"d","observed_at":"\(time)","label":"withdrawn"}
            {"prediction_id":"e","observed_at":"\(time)","label":true}
            """
        )
        #expect(readings.rows.map(\.id) == ["a", "c", "d"])
        #expect(readings.rows.map(\.isWithdrawn) == [true, false, true])
        #expect(readings.rejects.map(\.field) == ["label", "label"])
    }

    @Test func `a class may be called true, and one may be called withdrawn`() throws {
        let task = PredictionTask(name: "t", kind: .binary, classes: ["withdrawn", "true"])
        let readings = try readLabels(
            """
            {"prediction_id":"a","observed_at":"\(time)","label":true}
            {"prediction_id":"b","observed_at":"\(time)","label":"withdrawn"}
            {"prediction_id":"c","observed_at":"\(time)","label":null}
            """,
            task: task
        )
        #expect(readings.rows.map(\.value) == [1, 0, 0])
        #expect(readings.rows.map(\.isWithdrawn) == [false, false, true])
    }

    @Test func `a label of a regression is a finite number`() throws {
        let task = PredictionTask(name: "t", kind: .regression, classes: [])
        let readings = try readLabels(
            header + "a,\(time),-3.5\nb,\(time),NaN\nc,\(time),\nd,\(time),withdrawn\n",
            task: task
        )
        #expect(readings.rows.map(\.value) == [-3.5, 0])
        #expect(readings.rows.map(\.isWithdrawn) == [false, true])
        #expect(readings.rejects.map(\.value) == ["NaN", ""])
    }

    @Test func `source, hint and backfill are read`() throws {
        let readings = try readLabels(
            "prediction_id,observed_at,label,source,predicted_at,known_at\n"
                + "a,\(time),1,sensor,2013-05-01T00:00:00Z,2013-06-01T00:00:00Z\n"
                + "b,\(time),1,,,2013-06-01T00:00:00Z\n"
                + "c,\(time),1,sensor,yesterday,2013-06-01T00:00:00Z\n",
            options: IngestOptions(isBackfill: true)
        )
        #expect(readings.rows.map(\.source) == ["sensor", ""])
        #expect(readings.rows.map(\.predictedAt) == ["2013-05-01T00:00:00Z", "-infinity"])
        #expect(readings.rows.map(\.knownAt) == Array(repeating: "2013-06-01T00:00:00Z", count: 2))
        #expect(readings.rejects.map(\.field) == ["predicted_at"])
    }

    @Test func `source may be a constant, and so may the time of observation`() throws {
        let readings = try readLabels(
            "prediction_id,label\na,1\n",
            options: IngestOptions(constants: ["source": "audit", "observed_at": time])
        )
        #expect(readings.rows.map(\.source) == ["audit"])
        #expect(readings.rows.map(\.observedAt) == [time])
    }

    @Test func `a column of predictions is unknown in a labels file`() {
        #expect(throws: IngestError.self) {
            try readLabels("prediction_id,observed_at,label,score\na,\(time),1,0.5\n")
        }
    }
}
