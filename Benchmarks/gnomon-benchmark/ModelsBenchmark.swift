import EmbeddedPostgres
import Evaluation
import Foundation
import Harness
import Ingest
import Postgres

/// What a row costs where one champion has one shadow, ten, or fifty: as many rows each time, on fewer requests.
struct ModelsBenchmark {
    /// Rows of predictions of each upload.
    let rows: Int
    let rounds: Int
    let directory: String
    private let clock = ContinuousClock()

    /// How much dearer a row may be with the most models than with the fewest.
    private static let bound = 1.5
    private static let shadows = [1, 10, 50]

    init(rows: Int, rounds: Int, directory: String) {
        self.rows = rows
        self.rounds = rounds
        self.directory = directory
    }

    /// - Returns: Whether the cost of a row stays within the bound.
    func run() async throws -> Bool {
        let server = try EmbeddedPostgres(directory: directory + "/postgres", profile: .durable)
        let lease = try await server.acquire()
        print("\(rows) rows of predictions in each upload, \(rounds) rounds")
        var predictions: [[Double]] = Self.shadows.map { _ in [] }
        var labels = predictions
        for round in 1...rounds {
            for (index, shadows) in Self.shadows.enumerated() {
                let database = try await Benchmark.makeDatabase(
                    server,
                    "models_\(round)_\(shadows)"
                )
                let cost = try await measure(shadows: shadows, database)
                predictions[index].append(cost.predictions)
                labels[index].append(cost.labels)
            }
        }
        var isWithin = true
        for (what, costs) in [("predictions", predictions), ("their labels", labels)] {
            let medians = costs.map { 1e6 * $0.sorted()[$0.count / 2] }
            let ratio = medians[medians.count - 1] / medians[0]
            isWithin = isWithin && ratio <= Self.bound
            let texts = zip(Self.shadows, medians).map {
                "\($0) shadow\($0 == 1 ? "" : "s") \(String(format: "%.2f", $1)) µs"
            }
            print(
                "\(what), a prediction, medians: \(texts.joined(separator: ", ")); "
                    + "ratio \(String(format: "%.2f", ratio)), at most \(Self.bound)"
            )
        }
        try await lease.release()
        return isWithin
    }

    /// Seconds a row.
    private func measure(
        shadows: Int,
        _ database: String
    ) async throws -> (predictions: Double, labels: Double) {
        let pool = PostgresPool(PostgresConfiguration(connectionString: database))
        let task = try await CreateTask(
            pool: pool,
            task: PredictionTask(name: "models", kind: .binary, sliceKeys: ["country"])
        ).run()
        let models = ["champion"] + (1...shadows).map { "shadow-\($0)" }
        let requests = rows / models.count
        var predictions = "prediction_id,predicted_at,model,score,country\n"
        var labels = "prediction_id,observed_at,label\n"
        for request in 0..<requests {
            let at = Instant(seconds: 1_704_067_200 + Int64(request % 30) * 86_400).iso8601
            for (number, model) in models.enumerated() {
                let score = 1_000 + (request * 7_919 + number * 104_729) % 8_999
                let country = ["DE", "FR"][request % 2]
                predictions += "id-\(request),\(at),\(model),0.\(score),\(country)\n"
            }
            labels += "id-\(request),2024-03-01T00:00:00Z,\(request % 2)\n"
        }
        let start = clock.now
        _ = try await UploadPredictions(pool: pool, task: task, request: request(predictions)).run()
        let between = clock.now
        _ = try await UploadLabels(pool: pool, task: task, request: request(labels)).run()
        let end = clock.now
        await pool.close()
        let count = Double(requests * models.count)
        return ((between - start) / .seconds(1) / count, (end - between) / .seconds(1) / count)
    }

    private func request(_ csv: String) -> UploadRequest {
        UploadRequest(sources: [.bytes(Array(csv.utf8), name: "models.csv")])
    }
}
