import EmbeddedPostgres
import Evaluation
import Foundation
import Harness
import Ingest
import Migrations
import Postgres
import Store

/// Measures uploads beside a bare COPY of the same predictions, and series read from cells, on a private
/// PostgreSQL with durable settings.
///
/// usage: gnomon-benchmark [predictions] [rounds] [uuid|text]
///        gnomon-benchmark models [predictions] [rounds]
///        gnomon-benchmark withdrawal [predictions] [uploads before] [rounds]
///        gnomon-benchmark decisions [years] [requests a day] [rounds]
@main
struct Benchmark {
    let predictions: Int
    let rounds: Int
    let kind: BenchmarkData.KeyKind
    let directory: String
    let clock = ContinuousClock()

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let numbers = arguments.compactMap(Int.init)
        let directory = NSTemporaryDirectory() + "gnomon-benchmark-\(getpid())"
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(atPath: directory) }
        if arguments.first == "models" {
            let isWithin = try await ModelsBenchmark(
                rows: numbers.first ?? 200_000,
                rounds: numbers.dropFirst().first ?? 5,
                directory: directory
            ).run()
            if !isWithin { throw Failure() }
            return
        }
        if arguments.first == "withdrawal" {
            return try await WithdrawalBenchmark(
                rows: numbers.first ?? 1_000_000,
                others: numbers.dropFirst().first ?? 10,
                rounds: numbers.dropFirst(2).first ?? 3,
                directory: directory
            ).run()
        }
        if arguments.first == "decisions" {
            return try await DecisionsBenchmark(
                years: numbers.first ?? 10,
                requestsPerDay: numbers.dropFirst().first ?? 40,
                rounds: numbers.dropFirst(2).first ?? 3,
                directory: directory
            ).run()
        }
        let benchmark = Benchmark(
            predictions: numbers.first ?? 1_000_000,
            rounds: numbers.dropFirst().first ?? 3,
            kind: arguments.contains("text") ? .text : .uuid,
            directory: directory
        )
        try await benchmark.run()
    }

    func run() async throws {
        let data = BenchmarkData(keys: predictions / 2, days: 90, kind: kind, seed: 20_240_601)
        let file = directory + "/predictions.csv"
        try data.writePredictions(to: file)
        let labels = directory + "/labels.csv"
        try data.writeLabels(to: labels)
        let server = try EmbeddedPostgres(directory: directory + "/postgres", profile: .durable)
        let lease = try await server.acquire()
        print("\(predictions) predictions, \(predictions / 2) keys (\(kind)), \(rounds) rounds")
        var raw: [Double] = []
        var uploads: [Double] = []
        var peaks: [Double] = []
        for round in 1...rounds {
            let database = try await Self.makeDatabase(server, "benchmark_\(round)")
            raw.append(try await bareCopy(data, database))
            let outcome = try await upload(file, database)
            uploads.append(outcome.seconds)
            peaks.append(outcome.peakMegabytes)
            print(
                "round \(round): bare COPY \(text(raw[round - 1])) s, upload \(text(uploads[round - 1])) s, "
                    + "ratio \(text(raw[round - 1] / uploads[round - 1])), "
                    + "peak \(Int(peaks[round - 1])) MB"
            )
            if round == rounds { try await questions(labels, database) }
        }
        let ratios = zip(raw, uploads).map { $0 / $1 }
        print(
            "upload speed as a share of the bare COPY: median \(text(median(ratios))); "
                + "peak memory \(Int(peaks.max() ?? 0)) MB"
        )
        try await lease.release()
    }

    // MARK: - What is measured

    /// One row a (key, model), binary, without index: what the server takes for the bytes alone.
    private func bareCopy(_ data: BenchmarkData, _ database: String) async throws -> Double {
        let connection = try await PostgresConnection.connect(
            PostgresConfiguration(connectionString: database)
        )
        try await connection.executeScript(
            """
            CREATE TABLE bare (
                predicted_at timestamptz NOT NULL, model integer NOT NULL, key uuid NOT NULL,
                score float8 NOT NULL);
            CHECKPOINT;
            """
        )
        let rows = data.rows
        let start = clock.now
        try await connection.copyIn(
            "COPY bare (predicted_at, model, key, score) FROM STDIN (FORMAT binary)"
        ) { writer in
            for row in rows {
                try writer.startRow(fields: 4)
                writer.timestamp(microsecondsSince1970: row.predictedAt)
                writer.int32(row.model)
                writer.uuid(high: row.high, low: row.low)
                writer.double(row.score)
            }
        }
        let seconds = seconds(since: start)
        try await connection.executeScript("DROP TABLE bare; CHECKPOINT;")
        await connection.close()
        return seconds
    }

    /// The whole command: a new process, CSV in, durable and in the cells when it ends.
    private func upload(
        _ file: String,
        _ database: String
    ) async throws -> (seconds: Double, peakMegabytes: Double) {
        let pool = PostgresPool(PostgresConfiguration(connectionString: database))
        _ = try await CreateTask(
            pool: pool,
            task: PredictionTask(name: "benchmark", kind: .binary)
        ).run()
        await pool.close()
        let before = childrenPeak()
        let start = clock.now
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            .deletingLastPathComponent().appendingPathComponent("gnomon")
        process.arguments = [
            "predictions", "upload", "--task", "benchmark", "--database", database, file,
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure() }
        return (seconds(since: start), max(before, childrenPeak()))
    }

    struct Failure: Error {}

    /// A 90-day series of both models, and a year's report, from cells; then a label upload.
    private func questions(_ labels: String, _ database: String) async throws {
        let pool = PostgresPool(PostgresConfiguration(connectionString: database))
        let task = try await FindTasks(pool: pool).task(named: "benchmark")
        var start = clock.now
        let report = try await UploadLabels(
            pool: pool,
            task: task,
            request: UploadRequest(sources: [.file(labels)])
        ).run()
        print("\(report.counts.joined) labels joined in \(text(seconds(since: start))) s")
        let buckets = try task.timeBuckets()
        var series: [Double] = []
        var windows: [Double] = []
        for _ in 0..<50 {
            start = clock.now
            let cells = try await pool.withConnection { connection in
                try await CellStore(connection, task: task, buckets: buckets).totals(
                    slice: TaskDictionary.allSlices,
                    starting: .always
                )
            }
            series.append(seconds(since: start))
            precondition(cells.count == 180, "90 days of two models")
            start = clock.now
            _ = try await MakeReport(pool: pool, task: task, query: ReportQuery()).run()
            windows.append(seconds(since: start))
        }
        print(
            "90-day series of 2 models from cells: median \(text(1000 * median(series))) ms; "
                + "report of the 90 days with all metrics: \(text(1000 * median(windows))) ms"
        )
        start = clock.now
        let verified = try await VerifyCells(pool: pool, task: task).run()
        print(
            "verify: \(verified.isClean ? "clean" : "NOT CLEAN"), \(verified.predictionIDs) ids in "
                + "\(text(seconds(since: start))) s"
        )
        await pool.close()
    }

    // MARK: - Around it

    static func makeDatabase(_ server: EmbeddedPostgres, _ name: String) async throws -> String {
        let administrator = try await PostgresConnection.connect(
            PostgresConfiguration(connectionString: server.connectionString(database: "postgres"))
        )
        try await administrator.executeScript("CREATE DATABASE \(name)")
        await administrator.close()
        let database = server.connectionString(database: name)
        let connection = try await PostgresConnection.connect(
            PostgresConfiguration(connectionString: database)
        )
        _ = try await Migrator().migrate(connection)
        await connection.close()
        return database
    }

    /// The largest memory of any child so far, in MB.
    private func childrenPeak() -> Double {
        var usage = rusage()
        // RUSAGE_CHILDREN, which Linux and macOS import as different types.
        getrusage(-1, &usage)
        return Double(usage.ru_maxrss) / 1024
    }

    private func seconds(since start: ContinuousClock.Instant) -> Double {
        let duration = clock.now - start
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }

    private func median(_ values: [Double]) -> Double {
        values.sorted()[values.count / 2]
    }

    private func text(_ value: Double) -> String {
        String(format: "%.3f", value)
    }
}
