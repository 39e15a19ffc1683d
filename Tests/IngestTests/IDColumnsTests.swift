import Evaluation
import Ingest
import Testing

/// Prediction ids that are joined from several columns.
struct IDColumnsTests {
    private static let mapped: [Name: Name] = ["prediction_id": "order_id+horizon"]

    private func ids(_ rows: [String], columns: [Name: Name] = mapped) throws -> [String] {
        let header = "order_id,horizon,predicted_at,model,score\n"
        let text = header + rows.map { $0 + ",2013-05-24T14:29:00Z,m,0.5\n" }.joined()
        return try readPredictions(text, options: try IngestOptions(columns: columns)).rows.map(
            \.id
        )
    }

    @Test func `values are joined by a bar, in the order of the option`() throws {
        #expect(try ids(["A1,7", "A1,14"]) == ["A1|7", "A1|14"])
        #expect(try ids(["A1,7"], columns: ["prediction_id": "horizon+order_id"]) == ["7|A1"])
    }

    @Test func `different values never make the same id`() throws {
        let values = ["a", "|", "\\", "a|b", "a\\", "\\|", "|a", "a|", "\\\\", "b|c"]
        var rows: [String] = []
        for first in values { for second in values { rows.append("\(first),\(second)") } }
        #expect(Set(try ids(rows)).count == rows.count)
        #expect(try ids(["a|b,c", "a,b|c"]) == [#"a\|b|c"#, #"a|b\|c"#])
    }

    @Test func `labels and NDJSON join alike, numbers as they are written`() throws {
        let options = try IngestOptions(columns: Self.mapped)
        let csv = try readLabels(
            "order_id,horizon,observed_at,label\nA|1,7,2013-05-24T14:29:00Z,1\n",
            options: options
        )
        let labels = try readLabels(
            #"{"order_id":"A|1","horizon":7,"observed_at":"2013-05-24T14:29:00Z","label":1}"#,
            options: options
        )
        let predictions = try readPredictions(
            #"{"horizon":"7","order_id":"A|1","predicted_at":"2013-05-24T14:29:00Z","model":"m","score":1}"#,
            options: options
        )
        let keys = [csv.rows[0].key, labels.rows[0].key, predictions.rows[0].key]
        #expect(Set(keys).count == 1)
        #expect(keys[0] == PredictionKey(taskID: binaryTask.id, id: Array(#"A\|1|7"#.utf8)))
    }

    @Test func `a part that is empty, missing or no value rejects the row`() throws {
        let readings = try readPredictions(
            [
                #"{"order_id":"a","horizon":1,"predicted_at":"2013-05-24T14:29:00Z","model":"m","score":1}"#,
                #"{"order_id":"","horizon":1,"predicted_at":"2013-05-24T14:29:00Z","model":"m","score":1}"#,
                #"{"order_id":"a","predicted_at":"2013-05-24T14:29:00Z","model":"m","score":1}"#,
                #"{"order_id":["a"],"horizon":1,"predicted_at":"2013-05-24T14:29:00Z","model":"m","score":1}"#,
            ].joined(separator: "\n"),
            options: try IngestOptions(columns: Self.mapped)
        )
        #expect(readings.rows.map(\.id) == ["a|1"])
        #expect(
            readings.rejects.map(\.field) == ["prediction_id", "prediction_id", "prediction_id"]
        )
        #expect(
            readings.rejects[1].reason.hasPrefix("horizon, a part of the prediction id, must be")
        )
        let long = String(repeating: "|", count: 150)
        let rejected = try readPredictions(
            "order_id,horizon,predicted_at,model,score\n\(long),1,2013-05-24T14:29:00Z,m,1\n",
            options: try IngestOptions(columns: Self.mapped)
        )
        #expect(rejected.rejects[0].reason.contains("joined from order_id and horizon, has 302"))
    }

    @Test func `a plus in a name is written twice, and what makes no sense is refused`() throws {
        let text = "a+b,predicted_at,model,score\nx,2013-05-24T14:29:00Z,m,0.5\n"
        let options = try IngestOptions(columns: ["prediction_id": "a++b"])
        #expect(try readPredictions(text, options: options).rows.map(\.id) == ["x"])
        for (theirs, says) in [
            ("order_id+", "missing beside a plus"), ("order_id+order_id", "a column twice"),
            ("order_id+where", "There is no column where"),
        ] {
            do {
                _ = try ids(
                    ["a,b"],
                    columns: ["prediction_id": Name(theirs), "version": "horizon"]
                )
                Issue.record("\(theirs) was read.")
            } catch {
                #expect("\(error)".contains(says), "\(error)")
            }
        }
    }
}
