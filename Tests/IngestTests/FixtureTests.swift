import Evaluation
import Ingest
import Testing

/// The real files that the whole product is tested on, read to the last row.
struct FixtureTests {
    private let flightColumns: [Name: Name] = [
        "prediction_id": "key", "predicted_at": "event_time", "version": "model_version",
    ]

    @Test func `dirty flights have 14 scores and 5 times that are rejected`() throws {
        let readings = try readPredictions(
            [.file(fixture("dirty_flights_predictions.csv.gz"))],
            options: IngestOptions(columns: flightColumns)
        )
        #expect(readings.rowsRead == 4075)
        #expect(readings.rows.count == 4075 - 19)
        #expect(readings.rejects.filter { $0.field == "score" }.count == 14)
        #expect(readings.rejects.filter { $0.field == "predicted_at" }.count == 5)
        #expect(readings.rejects.count == 19)
        let comma = try #require(readings.rejects.first { $0.value == "0,37" })
        #expect(
            comma.reason == "The score has a decimal comma; write it with a point, such as 0.37."
        )
        #expect(
            comma.row == "DL2047-LGA-201305300759,2013-05-30T09:59:00Z,champion,v1,\"0,37\""
        )
        #expect(Set(readings.rows.map(\.id)).count == 2000)
    }

    @Test func `dirty flights have 8 labels that are rejected`() throws {
        let readings = try readLabels(
            [.file(fixture("dirty_flights_labels.csv.gz"))],
            options: IngestOptions(
                columns: ["prediction_id": "key", "observed_at": "label_time"])
        )
        #expect(readings.rowsRead == 2051)
        #expect(readings.rejects.count == 8)
        #expect(readings.rejects.allSatisfy { $0.field == "label" })
        #expect(
            Set(readings.rejects.map(\.value))
                == ["2", "yes", "", "-1", "NaN", "0.5", "true?", "null"]
        )
        #expect(readings.rows.allSatisfy { !$0.isWithdrawn })
    }

    @Test func `flights are read as scores and as delays`() throws {
        var options = try IngestOptions(columns: flightColumns, ignored: ["expected_delay_min"])
        let file = InputSource.file(fixture("flights_predictions.csv.gz"))
        let scores = try readPredictions([file], options: options)
        #expect(scores.rows.count == 54_316)
        #expect(scores.rejects.isEmpty)
        #expect(Set(scores.rows.map(\.model)) == ["champion", "shadow"])
        #expect(scores.rows.first?.scores == [0.32193])

        options.mapping.columns["value"] = "expected_delay_min"
        options.mapping.ignored = ["score"]
        let delays = try readPredictions(
            [file],
            task: PredictionTask(name: "delays", kind: .regression),
            options: options
        )
        #expect(delays.rows.count == 54_316)
        #expect(delays.rows.first?.scores == [6.72])
    }

    @Test func `the labels of flights are read as classes and as delays`() throws {
        var options = try IngestOptions(
            columns: ["prediction_id": "key", "observed_at": "label_time"],
            ignored: ["arrival_delay_min"]
        )
        let file = InputSource.file(fixture("flights_labels.csv.gz"))
        let classes = try readLabels([file], options: options)
        #expect(classes.rows.count == 26_476)
        #expect(classes.rejects.isEmpty)
        #expect(classes.rows[2].value == 0)

        options.mapping.columns["label"] = "arrival_delay_min"
        options.mapping.ignored = ["label"]
        let delays = try readLabels(
            [file],
            task: PredictionTask(name: "delays", kind: .regression),
            options: options
        )
        #expect(delays.rows.count == 26_476)
        #expect(delays.rows[2].value == -24)
    }

    @Test func `rain is read without versions`() throws {
        let predictions = try readPredictions(
            [.file(fixture("rain_predictions.csv.gz"))],
            options: IngestOptions(
                columns: ["prediction_id": "key", "predicted_at": "event_time"])
        )
        #expect(predictions.rows.count == 31_208)
        #expect(predictions.rejects.isEmpty)
        #expect(predictions.rows.allSatisfy { $0.version == "" })
        let labels = try readLabels(
            [.file(fixture("rain_labels.csv.gz"))],
            options: IngestOptions(
                columns: ["prediction_id": "key", "observed_at": "label_time"])
        )
        #expect(labels.rows.count == 15_604)
    }

    @Test func `a baseline file is read with a constant model, and its features are kept`() throws {
        let readings = try readPredictions(
            [.file(fixture("rain_reference.csv.gz"))],
            options: IngestOptions(
                columns: [
                    "prediction_id": "key", "predicted_at": "event_time",
                    "score": "score_champion", "feature.visibility": "visibility",
                ],
                constants: ["model": "champion"],
                ignored: ["label", "sea_level_pressure", "average_wind_speed", "temperature"]
            )
        )
        #expect(readings.rows.count == 730)
        #expect(readings.rows.first?.model == "champion")
        #expect(readings.rows.first?.details == #"{"features":{"visibility":0.8234}}"#)
    }

    @Test func `as it comes, the flights file is refused with the options that read it`() throws {
        let error = try #require(throws: IngestError.self) {
            try readPredictions([.file(fixture("flights_predictions.csv.gz"))])
        }
        #expect(
            error.description.hasSuffix(
                "Try --columns prediction_id=key,predicted_at=event_time,version=model_version "
                    + "--ignore expected_delay_min."
            )
        )
    }
}
