import EmbeddedPostgres
import Evaluation
import Foundation
import Harness
import Ingest
import Postgres
import Statistics
import Store

/// What verdicts take on years of daily cohorts of five models, in forty slices.
struct DecisionsBenchmark {
    let years: Int
    let requestsPerDay: Int
    let rounds: Int
    let directory: String
    private let clock = ContinuousClock()

    private static let start = Instant(seconds: 1_262_304_000)
    private static let shadows = 4
    /// Values of each of two keys.
    private static let values = 20

    init(years: Int, requestsPerDay: Int, rounds: Int, directory: String) {
        self.years = years
        self.requestsPerDay = requestsPerDay
        self.rounds = rounds
        self.directory = directory
    }

    private var days: Int { 365 * years }

    func run() async throws {
        let server = try EmbeddedPostgres(directory: directory + "/postgres", profile: .durable)
        let lease = try await server.acquire()
        let database = try await Benchmark.makeDatabase(server, "decisions")
        let pool = PostgresPool(PostgresConfiguration(connectionString: database))
        let task = try await CreateTask(
            pool: pool,
            task: PredictionTask(
                name: "benchmark",
                kind: .binary,
                horizonSeconds: 7 * 86_400,
                sliceKeys: ["region", "product"]
            )
        ).run()
        try await load(pool, task)
        print(
            "\(days) days of \(requestsPerDay) requests, \(Self.shadows + 1) models, \(2 * Self.values) slices"
        )
        let freezing = try await seconds { try await MatureCohorts(pool: pool, task: task).run() }
        print("all cohorts frozen in \(text(freezing)) s")
        try await measureRecommend(pool, task)
        try await measure("recommend --walk over all days") {
            try await Recommend(pool: pool, task: task, query: RecommendationQuery())
                .walk(
                    Window(
                        from: Self.start,
                        upTo: Self.start.advanced(bySeconds: Int64(days) * 86_400)
                    )
                )
        }
        try await measure("compare") {
            try await CompareModels(pool: pool, task: task, query: ComparisonQuery()).run()
        }
        await pool.close()
        try await lease.release()
    }

    /// With the weekly fits that an answer needs kept, and with those of all years.
    private func measureRecommend(_ pool: PostgresPool, _ task: PredictionTask) async throws {
        func recommend(asOf: Instant? = nil) async throws {
            var query = RecommendationQuery()
            query.asOf = asOf
            _ = try await Recommend(pool: pool, task: task, query: query).run()
        }
        print(
            "the first recommend, with its fits: \(text(try await seconds { try await recommend() })) s"
        )
        let few = try await measure("recommend") { try await recommend() }
        let fits = try await seconds {
            for year in 1..<years {
                try await recommend(
                    asOf: Self.start.advanced(bySeconds: Int64(365 * year) * 86_400)
                )
            }
        }
        let kept = try await pool.withConnection { connection in
            try await connection.query("SELECT count(*) FROM refits")[0].int(0)
        }
        print("as of the end of each year before: \(text(fits)) s, \(kept) weeks are kept since")
        let many = try await measure("recommend beside them") { try await recommend() }
        print("recommend beside all of them, in times of before: \(text(many / few))")
    }

    @discardableResult
    private func measure<Answer: Sendable>(
        _ name: String,
        _ ask: () async throws -> Answer
    ) async throws -> Double {
        var times: [Double] = []
        for _ in 0..<rounds { times.append(try await seconds(ask)) }
        let median = times.sorted()[rounds / 2]
        print("\(name): median \(text(median)) s of \(rounds)")
        return median
    }

    private func seconds<Answer: Sendable>(
        _ body: () async throws -> Answer
    ) async throws -> Double {
        let start = clock.now
        _ = try await body()
        return (clock.now - start) / .seconds(1)
    }

    private func text(_ value: Double) -> String { String(format: "%.3f", value) }

    // MARK: - Data

    private func load(_ pool: PostgresPool, _ task: PredictionTask) async throws {
        let (predictions, labels) = (directory + "/predictions.csv", directory + "/labels.csv")
        try write(predictions: predictions, labels: labels)
        var options = IngestOptions()
        options.isBackfill = true
        _ = try await UploadPredictions(
            pool: pool,
            task: task,
            request: UploadRequest(sources: [.file(predictions)], options: options)
        ).run()
        _ = try await UploadLabels(
            pool: pool,
            task: task,
            request: UploadRequest(sources: [.file(labels)], options: options)
        ).run()
    }

    private func write(predictions: String, labels: String) throws {
        var generator = SeededGenerator(seed: 20_101_231)
        var told =
            "prediction_id,predicted_at,known_at,model,score,region,product,feature.amount,feature.age\n"
        var known = "prediction_id,observed_at,known_at,label\n"
        for day in 0..<days {
            for number in 0..<requestsPerDay {
                let at = Self.start.advanced(
                    bySeconds: Int64(day) * 86_400 + Int64(number * 86_400 / requestsPerDay)
                )
                let truth = Double.random(in: 0.02...0.98, using: &generator)
                let slices =
                    "r\(Int.random(in: 0..<Self.values, using: &generator)),"
                    + "p\(Int.random(in: 0..<Self.values, using: &generator))"
                let features =
                    "\(truth + Double.random(in: -0.3...0.3, using: &generator)),"
                    + "\(Int.random(in: 18..<90, using: &generator))"
                for model in 0...Self.shadows {
                    let noise = Double.random(in: -0.2...0.2, using: &generator)
                    let score = min(0.99, max(0.01, truth + noise))
                    told +=
                        "\(day)-\(number),\(at.iso8601),\(at.iso8601),m\(model),\(score),\(slices),\(features)\n"
                }
                let label = Double.random(in: 0..<1, using: &generator) < truth ? 1 : 0
                let due = at.advanced(bySeconds: 86_400).iso8601
                known += "\(day)-\(number),\(due),\(due),\(label)\n"
            }
        }
        try told.write(toFile: predictions, atomically: false, encoding: .utf8)
        try known.write(toFile: labels, atomically: false, encoding: .utf8)
    }
}
