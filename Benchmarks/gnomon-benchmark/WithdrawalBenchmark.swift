import EmbeddedPostgres
import Evaluation
import Foundation
import Harness
import Ingest
import Postgres
import Store

/// What it takes to take an upload back, beside what it took to send it, where ten times as many rows are there.
struct WithdrawalBenchmark {
    /// Rows of predictions of the upload that is taken back.
    let rows: Int
    /// How many uploads of that size are there before.
    let others: Int
    let rounds: Int
    let directory: String
    private let clock = ContinuousClock()

    init(rows: Int, others: Int, rounds: Int, directory: String) {
        self.rows = rows
        self.others = others
        self.rounds = rounds
        self.directory = directory
    }

    func run() async throws {
        let server = try EmbeddedPostgres(directory: directory + "/postgres", profile: .durable)
        let lease = try await server.acquire()
        let database = try await Benchmark.makeDatabase(server, "withdrawal")
        let pool = PostgresPool(PostgresConfiguration(connectionString: database))
        let task = try await CreateTask(
            pool: pool,
            task: PredictionTask(name: "benchmark", kind: .binary)
        ).run()
        for seed in 0..<others {
            _ = try await upload(seed: UInt64(seed), pool, task)
        }
        print("\(rows) rows taken back beside \(others * rows), \(rounds) rounds")
        var ratios: [Double] = []
        for round in 1...rounds {
            let sent = try await upload(seed: UInt64(1_000 + round), pool, task)
            let quiet = try await reports(pool, task) { try await Task.sleep(for: .seconds(1)) }
            resetPeak()
            let start = clock.now
            let busy = try await reports(pool, task) {
                let report = try await WithdrawUploads(pool: pool, task: task)
                    .run(uploadID: sent.id, note: "benchmark")
                guard report.uploads.first?.withdrawal.rows == Int64(rows) else {
                    throw Benchmark.Failure()
                }
            }
            let seconds = (clock.now - start) / .seconds(1)
            ratios.append(seconds / sent.seconds)
            print(
                "round \(round): sent in \(text(sent.seconds)) s, taken back in \(text(seconds)) s, ratio "
                    + "\(text(seconds / sent.seconds)), peak \(peakMegabytes()) MB; \(busy.count) reports "
                    + "meanwhile, the slowest \(text(1000 * busy.slowest)) ms (of those before "
                    + "\(text(1000 * quiet.slowest)) ms)"
            )
        }
        let verified = try await VerifyCells(pool: pool, task: task).run()
        print(
            "time to take back as a share of the time to send: median "
                + "\(text(ratios.sorted()[rounds / 2])); verify: \(verified.isClean ? "clean" : "NOT CLEAN")"
        )
        await pool.close()
        try await lease.release()
        if !verified.isClean { throw Benchmark.Failure() }
    }

    private func upload(
        seed: UInt64,
        _ pool: PostgresPool,
        _ task: PredictionTask
    ) async throws -> (id: Int64, seconds: Double) {
        let data = BenchmarkData(keys: rows / 2, days: 90, kind: .uuid, seed: seed)
        let (predictions, labels) = (directory + "/predictions.csv", directory + "/labels.csv")
        try data.writePredictions(to: predictions)
        try data.writeLabels(to: labels)
        let start = clock.now
        let report = try await UploadPredictions(
            pool: pool,
            task: task,
            request: UploadRequest(sources: [.file(predictions)])
        ).run()
        let seconds = (clock.now - start) / .seconds(1)
        _ = try await UploadLabels(
            pool: pool,
            task: task,
            request: UploadRequest(sources: [.file(labels)])
        ).run()
        return (report.uploadID ?? 0, seconds)
    }

    /// Asks for reports until something is done.
    private func reports(
        _ pool: PostgresPool,
        _ task: PredictionTask,
        while body: @escaping @Sendable () async throws -> Void
    ) async throws -> (count: Int, slowest: Double) {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let isDone = Flag()
            group.addTask {
                try await body()
                await isDone.raise()
            }
            var count = 0
            var slowest = 0.0
            while await !isDone.isRaised {
                let start = clock.now
                _ = try await MakeReport(pool: pool, task: task, query: ReportQuery()).run()
                slowest = max(slowest, (clock.now - start) / .seconds(1))
                count += 1
            }
            try await group.waitForAll()
            return (count, slowest)
        }
    }

    private actor Flag {
        private(set) var isRaised = false

        func raise() { isRaised = true }
    }

    // MARK: - Memory of this process, as Linux tells it

    private func resetPeak() {
        try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    }

    private func peakMegabytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
    }

    private func text(_ value: Double) -> String { String(format: "%.2f", value) }
}
