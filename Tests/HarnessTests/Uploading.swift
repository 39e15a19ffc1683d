import Evaluation
import Harness
import Ingest
import Postgres
import TestSupport

/// A task in the database of the test case, with shorthands for uploads and questions.
struct Laboratory {
    let pool: PostgresPool
    var task: PredictionTask

    init(
        _ task: PredictionTask,
        on configuration: PostgresConfiguration = TemporaryDatabase.configuration
    ) async throws {
        // Slow machines take their time.
        pool = PostgresPool(configuration, maximumConnections: 6, waitLimit: .seconds(600))
        self.task = try await CreateTask(pool: pool, task: task).run()
    }

    @discardableResult
    func predictions(
        _ source: InputSource,
        columns: [String] = [],
        ignore: [String] = [],
        set: [String] = [],
        backfill: Bool = false,
        strict: Bool = false
    ) async throws -> UploadReport {
        try await UploadPredictions(
            pool: pool,
            task: task,
            request: try request(source, columns, ignore, set, backfill, strict)
        ).run()
    }

    @discardableResult
    func labels(
        _ source: InputSource,
        columns: [String] = [],
        ignore: [String] = [],
        set: [String] = [],
        backfill: Bool = false,
        strict: Bool = false
    ) async throws -> UploadReport {
        try await UploadLabels(
            pool: pool,
            task: task,
            request: try request(source, columns, ignore, set, backfill, strict)
        ).run()
    }

    private func request(
        _ source: InputSource,
        _ columns: [String],
        _ ignore: [String],
        _ set: [String],
        _ backfill: Bool,
        _ strict: Bool
    ) throws -> UploadRequest {
        var options = IngestOptions()
        options.mapping = try ColumnMapping(parsing: columns, set: set, ignore: ignore)
        options.isBackfill = backfill
        return UploadRequest(sources: [source], options: options, isStrict: strict)
    }

    func report(_ query: ReportQuery = ReportQuery()) async throws -> Report {
        try await MakeReport(pool: pool, task: task, query: query).run()
    }

    /// The task as a question sees it.
    func view(_ asOf: Instant?) async throws -> TaskView {
        try await Question(pool: pool, task: task, asOf: asOf).answer { _, view in view }
    }

    func verify() async throws -> VerificationReport {
        try await VerifyCells(pool: pool, task: task).run()
    }

    /// What is recommended; `date` is the start of the day as of which it is asked.
    func recommend(_ date: String, hasShadows: Bool = true) async throws -> Recommendation {
        let query = RecommendationQuery(
            asOf: try Instant(parsing: date + "T00:00:00Z"),
            hasShadows: hasShadows
        )
        return try await Recommend(pool: pool, task: task, query: query).run().recommendation
    }

    /// A task with the flights of the fixtures, predictions and labels known when they were made.
    static func flights(_ name: String = "flights") async throws -> Laboratory {
        let laboratory = try await Laboratory(
            PredictionTask(
                name: "flights",
                kind: .binary,
                horizonSeconds: 2 * 86_400,
                timeZone: NamedZone("UTC")
            )
        )
        try await laboratory.predictions(
            .file(Fixtures.path("\(name)_predictions.csv.gz")),
            columns: [
                "prediction_id=key,predicted_at=event_time,known_at=event_time",
                "version=model_version",
            ],
            ignore: ["expected_delay_min"],
            backfill: true
        )
        try await laboratory.labels(
            .file(Fixtures.path("\(name)_labels.csv.gz")),
            columns: ["prediction_id=key,observed_at=label_time,known_at=label_time"],
            ignore: ["arrival_delay_min"],
            backfill: true
        )
        return laboratory
    }
}

extension ModelReport {
    func metric(_ name: String, window: Int = 0) -> MetricEstimate? {
        windows[window].metrics.first { $0.name == name }?.estimate
    }
}

extension InputSource {
    static func text(_ text: String, name: String = "test.csv") -> InputSource {
        .bytes(Array(text.utf8), name: name)
    }
}
