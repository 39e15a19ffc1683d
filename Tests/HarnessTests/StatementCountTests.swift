import Evaluation
import Harness
import Ingest
import Postgres
import Store
import Synchronization
import TestSupport
import Testing

/// The statements that an operation runs do not become more with the rows that it is about.
@Suite(.temporaryDatabase, .hangLimit)
struct StatementCountTests {
    /// Counts the statements of all connections of a pool.
    private final class Counter: Sendable {
        private let texts = Mutex<[String]>([])

        func pool() -> PostgresPool {
            var configuration = TemporaryDatabase.configuration
            configuration.onStatement = { [self] text in texts.withLock { $0.append(text) } }
            return PostgresPool(configuration, maximumConnections: 6)
        }

        func take() -> [String] {
            texts.withLock { texts in
                defer { texts = [] }
                return texts
            }
        }
    }

    /// What is done to a task of so many requests, step by step.
    private func counts(_ name: Name, requests: Int) async throws -> [String: Int] {
        let counter = Counter()
        let pool = counter.pool()
        let task = try await CreateTask(
            pool: pool,
            task: Laboratory.parade(name, retentionDays: 300)
        ).run()
        var counts: [String: Int] = [:]
        func note(_ step: String) { counts[step] = counter.take().count }
        func request(_ text: String) -> UploadRequest {
            var request = UploadRequest(sources: [.text(text)])
            request.options.isBackfill = true
            return request
        }
        func upload(_ text: String) async throws {
            _ = try await UploadPredictions(pool: pool, task: task, request: request(text)).run()
        }
        func label(_ text: String) async throws {
            _ = try await UploadLabels(pool: pool, task: task, request: request(text)).run()
        }
        func rows(_ models: [String], shift: Int64) -> String {
            (0..<requests).reduce("prediction_id,predicted_at,known_at,model,score,country\n") {
                text,
                number in
                let at = Instant(seconds: 1_704_067_200 + shift + Int64(number % 14) * 86_400)
                return models.reduce(text) {
                    $0 + "id-\(number),\(at.iso8601),\(at.iso8601),\($1),0.\(1_000 + number),DE\n"
                }
            }
        }
        func labels(_ ids: String, _ seconds: Int64) -> String {
            (0..<requests).reduce("prediction_id,observed_at,known_at,label\n") { text, number in
                let at = Instant(seconds: 1_704_067_200 + seconds + Int64(number)).iso8601
                return text + "\(ids)-\(number),\(at),\(at),\(number % 2)\n"
            }
        }
        _ = counter.take()
        try await label(labels("id", 20 * 86_400))
        note("orphans")
        try await upload(rows(["champion", "x"], shift: 0))
        note("predictions")
        try await upload(rows(["x", "y"], shift: 60))
        note("conflicts")
        try await upload(rows(["x"], shift: 40 * 86_400))
        note("scattered")
        try await label(labels("id", 21 * 86_400))
        note("corrections")
        _ = try await Recommend(pool: pool, task: task, query: RecommendationQuery()).run()
        note("recommendation")
        try await label(labels("nobody", 0))
        note("thawing")
        let now = Instant(seconds: 1_704_067_200 + 330 * 86_400)
        _ = try await ReleaseRows(pool: pool, task: task).run(now: now)
        note("release")
        await pool.close()
        return counts
    }

    @Test func `every operation on ten times the rows takes the same statements`() async throws {
        // The first makes the partitions that all share.
        _ = try await counts("first", requests: 14)
        let few = try await counts("few", requests: 42)
        let many = try await counts("many", requests: 420)
        #expect(few == many)
        #expect(few.values.allSatisfy { $0 > 3 })
    }

    @Test func `the ledger follows a change of any number of rows in six statements`()
        async throws
    {
        let laboratory = try await Laboratory(
            PredictionTask(name: "t", kind: .binary, horizonSeconds: 86_400, bucketSize: .hour)
        )
        try await laboratory.predictions(
            .text(
                (0..<500).reduce("prediction_id,predicted_at,known_at,model,score\n") {
                    let at = Instant(seconds: 1_704_067_200 + Int64($1) * 3_600).iso8601
                    return $0 + "id-\($1),\(at),\(at),m,0.5\n"
                }
            ),
            backfill: true
        )
        let at = Instant(seconds: 1_704_067_200 + 3_600).iso8601
        try await laboratory.labels(
            .text("prediction_id,observed_at,known_at,label\nid-7,\(at),\(at),1\n"),
            backfill: true
        )
        #expect(
            try await MatureCohorts(pool: laboratory.pool, task: laboratory.task).run().cohorts
                == 500
        )
        let counter = Counter()
        let pool = counter.pool()
        try await pool.withConnection {
            let ledger = CohortStore($0, task: laboratory.task)
            let buckets = try laboratory.task.timeBuckets()
            let places = try await ledger.newest().keys
            func change(rowsFrom: Instant) -> CohortStore.Change {
                let keys = places.map {
                    CohortKey(bucket: buckets.number(of: $0.bucketStart), age: $0.age)
                }
                return CohortStore.Change(
                    rows: Dictionary(uniqueKeysWithValues: keys.map { ($0, 1) }),
                    at: Instant(seconds: 1_900_000_000),
                    isLoading: true,
                    rowsFrom: rowsFrom
                )
            }
            _ = counter.take()
            // The first ten hours stay for the lack of rows.
            _ = try await ledger.follow(
                change(rowsFrom: Instant(seconds: 1_704_067_200 + 10 * 3_600))
            )
            #expect(counter.take().count == 6)
            #expect(try await ledger.newest().values.count { $0.isMade } == 10)
            _ = try await ledger.follow(change(rowsFrom: .distantPast))
            #expect(try await ledger.cohorts(.every).isEmpty)
        }
        await pool.close()
    }
}
