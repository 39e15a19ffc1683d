import Evaluation
import Foundation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Rows may go; what they have told stays, and nothing is told wrongly for the lack of them.
@Suite(.temporaryDatabase, .timeLimit(.minutes(10)))
struct RetentionTests {
    private static func task(_ name: String, retentionDays: Int64? = 30) -> PredictionTask {
        PredictionTask(
            name: name,
            kind: .binary,
            horizonSeconds: 10 * 86_400,
            timeZone: "Europe/Berlin",
            sliceKeys: RandomHistory.columns,
            labelSources: ["manual", "feed"],
            partitionDays: .week,
            retentionSeconds: retentionDays.map { $0 * 86_400 }
        )
    }

    /// Released by then is what was predicted before 14 March 2024, a bit more than two thirds.
    private static let now = try! Instant(parsing: "2024-04-15T00:00:00Z")

    // MARK: - What stays

    @Test(arguments: 0..<4)
    func `T7: what was known at an instant stays, or is refused`(seed: UInt64) async throws {
        var generator = TestGenerator(seed: seed)
        let laboratory = try await Laboratory(Self.task("t"))
        let history = RandomHistory(ids: 60, using: &generator)
        try await laboratory.upload(history.batches(using: &generator))
        let dates = (1...6).flatMap { month in [1, 16].map { "2024-0\(month)-\($0)T00:00:00Z" } }
        let instants = try dates.map { try Instant(parsing: $0.replacing("-1T", with: "-01T")) }
        var before: [Instant?: [String]] = [:]
        for instant in instants + [nil] { before[instant] = try await answers(laboratory, instant) }
        let cells = try await laboratory.cellBytes()
        let release = try await ReleaseRows(pool: laboratory.pool, task: laboratory.task)
            .run(now: Self.now)
        #expect(release.rows > 10 && release.partitions > 5)
        let rowsFrom = try #require(release.rowsFrom)
        #expect(rowsFrom == (try Instant(parsing: "2024-03-14T00:00:00Z")))
        try await removeRows(laboratory)
        #expect(try await laboratory.cellBytes() == cells)
        var refused = 0
        for instant in instants + [nil] {
            do {
                #expect(try await answers(laboratory, instant) == before[instant], "\(seed)")
            } catch HarnessError.rowsReleased {
                refused += 1
                #expect(instant != nil, "what the cells tell needs no rows")
            }
        }
        // The last label of a released row comes within two months of the prediction.
        #expect((1..<instants.count).contains(refused))
        let verified = try await laboratory.verify()
        #expect(verified.isClean && verified.rowsFrom == rowsFrom, "\(verified.differences)")
    }

    /// Everything that is asked of cells as of an instant, as text.
    private func answers(_ laboratory: Laboratory, _ instant: Instant?) async throws -> [String] {
        let (pool, task) = (laboratory.pool, laboratory.task)
        var query = ReportQuery(period: .week, byVersion: true, asOf: instant)
        let report: Report
        do {
            report = try await laboratory.report(query)
        } catch HarnessError.noChampion {
            return []
        }
        let slices = try await ReportSlices(pool: pool, task: task, query: query).run()
        query.slice = SliceName(key: "country", value: "DE")
        let slice = try await laboratory.report(query)
        let comparison = try await CompareModels(
            pool: pool,
            task: task,
            query: ComparisonQuery(champion: "gbm", shadows: ["net"], asOf: instant)
        ).run()
        let recommendation = try await Recommend(
            pool: pool,
            task: task,
            query: RecommendationQuery(model: "gbm", asOf: instant)
        ).run().recommendation
        // The instant of asking is not what is compared.
        var texts = ["\(report.models)", "\(slices.slices)", "\(slice.models)"]
        texts += [
            "\(comparison.comparisons)", "\(recommendation.verdict) \(recommendation.evidence)",
        ]
        return instant == nil ? Array(texts.prefix(3)) : texts
    }

    @Test(arguments: 0..<10)
    func `T6: labels that come after a release change the cells as if all rows were there`(
        seed: UInt64
    ) async throws {
        var generator = TestGenerator(seed: 100 + seed)
        let history = RandomHistory(ids: 40, using: &generator)
        let laboratories = [
            try await Laboratory(Self.task("short")),
            try await Laboratory(Self.task("long", retentionDays: nil)),
        ]
        let predictions = RandomHistory.Batch(rows: history.predictions, isLabels: false)
        let half = history.labels.count / 2
        let early = RandomHistory.Batch(rows: Array(history.labels.prefix(half)), isLabels: true)
        for laboratory in laboratories { try await laboratory.upload([predictions, early]) }
        try await ReleaseRows(pool: laboratories[0].pool, task: laboratories[0].task)
            .run(now: Self.now)
        try await removeRows(laboratories[0])
        // Ids of which no row is kept have nothing to join.
        let kept = Set(
            history.predictions.filter { $0.contains(/"predicted_at":"2024-03-(1[4-9]|2)/) }
                .compactMap(Self.id)
        )
        let late = RandomHistory.Batch(
            rows: history.labels.dropFirst(half).filter { Self.id($0).map(kept.contains) == true },
            isLabels: true
        )
        #expect(!late.rows.isEmpty)
        for laboratory in laboratories { try await laboratory.upload([late]) }
        let cells = try await laboratories[0].cellBytes()
        #expect(cells == (try await laboratories[1].cellBytes()))
        let verified = try await laboratories[0].verify()
        #expect(verified.isClean, "\(verified.differences)")
    }

    private static func id(_ row: String) -> String? {
        row.firstMatch(of: /"prediction_id":"([^"]*)"/).map { String($0.output.1) }
    }

    @Test func `the ledger of cohorts is as it was, and can be asked as before`() async throws {
        var generator = TestGenerator(seed: 7)
        let laboratory = try await Laboratory(Self.task("t"))
        try await laboratory.upload(
            RandomHistory(ids: 200, using: &generator).batches(using: &generator)
        )
        let before = try await sequence(laboratory)
        #expect(before.cohorts > 15)
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(now: Self.now)
        try await removeRows(laboratory)
        #expect(try await sequence(laboratory) == before)
        // A backfill thaws cohorts without labels, where rows are left to freeze them again.
        try await laboratory.labels(
            .text(
                "prediction_id,observed_at,known_at,label\n"
                    + "stranger,2024-01-02T00:00:00Z,2024-01-03T00:00:00Z,1\n"
            ),
            backfill: true
        )
        #expect(try await sequence(laboratory) == before)
    }

    private func sequence(_ laboratory: Laboratory) async throws -> ComparisonSequence {
        let report = try await CompareModels(
            pool: laboratory.pool,
            task: laboratory.task,
            query: ComparisonQuery(champion: "gbm", shadows: ["net"])
        ).run()
        return try #require(report.comparisons.first).sequence
    }

    @Test func `a comparison needs no rows when nothing was predicted for a long time`()
        async throws
    {
        let laboratory = try await Laboratory(Self.task("t"))
        var predictions = "prediction_id,predicted_at,known_at,model,score,latency_ms\n"
        for model in ["gbm", "net"] {
            predictions += "a,2024-01-05T10:00:00Z,2024-01-05T10:00:00Z,\(model),0.25,12\n"
        }
        try await laboratory.predictions(.text(predictions), backfill: true)
        func guardrails(_ asOf: String?) async throws -> ServiceGuardrails? {
            let report = try await CompareModels(
                pool: laboratory.pool,
                task: laboratory.task,
                query: ComparisonQuery(
                    champion: "gbm",
                    asOf: try asOf.map { try Instant(parsing: $0) }
                )
            ).run()
            return try #require(report.comparisons.first).guardrails
        }
        // Whether they are shown depends on the instant and the retention alone, not on what has been removed.
        #expect(try await guardrails(nil) == nil)
        #expect(try await guardrails("2024-02-09T00:00:00Z")?.champion.meanLatency == 12)
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(now: Self.now)
        #expect(try await guardrails(nil) == nil)
        await #expect(throws: HarnessError.self) {
            _ = try await guardrails("2024-02-09T00:00:00Z")
        }
    }

    // MARK: - What goes

    @Test func `a partition goes when all of it is past the retention, and matured`() async throws {
        let laboratory = try await Laboratory(Self.task("t"))
        try await upload(laboratory, days: ["2024-03-07", "2024-03-14"])
        // Partitions of a week begin on Thursdays.
        let release = ReleaseRows(pool: laboratory.pool, task: laboratory.task)
        let early = try await release.run(now: try Instant(parsing: "2024-04-12T23:59:59Z"))
        #expect(early.partitions == 0 && early.rowsFrom == nil)
        let due = try Instant(parsing: "2024-04-13T00:00:00Z")
        let told = try await release.run(now: due, isDryRun: true)
        #expect(told.partitions == 1 && told.rows == 1)
        #expect(try await laboratory.verify().rowsFrom == nil, "a dry run lets nothing go")
        #expect(try await release.run(now: due) == told)
        #expect(try await release.run(now: due).partitions == 0)
        #expect(try await laboratory.verify().rowsFrom == told.rowsFrom)
    }

    @Test func `rows go from the disk an hour later, and not while somebody reads them`()
        async throws
    {
        let laboratory = try await Laboratory(Self.task("t"))
        try await upload(laboratory, days: ["2024-01-05", "2024-03-30"])
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(now: Self.now)
        let remove = RemoveRows(pool: laboratory.pool)
        let released = try await serverNow(laboratory)
        #expect(try await remove.run(now: released.advanced(bySeconds: 3_500)) == 0)
        let later = released.advanced(bySeconds: 3_700)
        let reader = try await TemporaryDatabase.connect()
        _ = try await reader.execute("BEGIN")
        _ = try await reader.query("SELECT count(*) FROM predictions").single()
        #expect(try await remove.run(now: later) == 0)
        _ = try await reader.execute("COMMIT")
        await reader.close()
        #expect(try await remove.run(now: later) == 1)
        #expect(try await remove.run(now: later) == 0)
        #expect(try await rowCounts(laboratory) == [1, 1])
    }

    @Test func `of two that let go at the same time one does each partition`() async throws {
        let laboratory = try await Laboratory(Self.task("t"))
        try await upload(
            laboratory,
            days: ["2024-01-05", "2024-01-12", "2024-01-19", "2024-01-26"]
        )
        let release = ReleaseRows(pool: laboratory.pool, task: laboratory.task)
        async let one = release.run(now: Self.now)
        async let other = release.run(now: Self.now)
        let (left, right) = try await (one, other)
        #expect(left.partitions + right.partitions >= 1)
        let rest = try await release.run(now: Self.now)
        #expect(left.rows + right.rows + rest.rows == 4)
        let verified = try await laboratory.verify()
        #expect(verified.isClean && verified.predictionIDs == 0)
    }

    @Test func `a partition that another task reads keeps the rows of that task`() async throws {
        let short = try await Laboratory(Self.task("short"))
        let long = try await Laboratory(Self.task("long", retentionDays: nil))
        for laboratory in [short, long] {
            try await upload(laboratory, days: ["2024-01-05", "2024-01-06"])
        }
        try await ReleaseRows(pool: short.pool, task: short.task).run(now: Self.now)
        try await removeRows(short)
        #expect(try await rowCounts(short) == [2, 2])
        let verified = try await long.verify()
        #expect(verified.isClean && verified.predictionIDs == 2)
        let task = try await ChangeTask(pool: long.pool, name: "long").run {
            $0.retentionSeconds = 30 * 86_400
        }
        try await ReleaseRows(pool: long.pool, task: task).run(now: Self.now)
        try await removeRows(long)
        #expect(try await rowCounts(short) == [0, 0])
    }

    @Test func `orphans and rejects that are as old as released rows are forgotten`() async throws {
        let laboratory = try await Laboratory(Self.task("t"))
        try await upload(laboratory, days: ["2024-01-05"])
        for day in ["2024-01-05", "2024-03-30"] {
            try await laboratory.labels(
                .text(
                    "prediction_id,observed_at,known_at,label\n"
                        + "nobody-\(day),\(day)T00:00:00Z,\(day)T00:00:00Z,1\n"
                ),
                backfill: true
            )
        }
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(now: Self.now)
        let status = try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run()
        #expect(status.orphanIDs == ["nobody-2024-03-30"])
        #expect(status.predictionIDs == 0)
        #expect(status.rowsFrom == (try Instant(parsing: "2024-01-11T00:00:00Z")))
    }

    // MARK: - What is refused

    @Test func `rows that are gone do not come again`() async throws {
        let laboratory = try await Laboratory(Self.task("t"))
        try await upload(laboratory, days: ["2024-01-05", "2024-03-30"])
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(now: Self.now)
        let report = try await laboratory.predictions(
            .text(
                """
                prediction_id,predicted_at,model,score
                id-2024-01-05,2024-01-05T10:00:00Z,gbm,0.25
                id-2024-03-30,2024-03-30T10:00:00Z,gbm,0.25

                """
            )
        )
        #expect(report.counts.rejected == 1 && report.counts.duplicate == 1)
        let reject = try #require(report.rejects.first)
        #expect(reject.field == "predicted_at")
        #expect(reject.reason.contains("before 2024-01-11T00:00:00Z are no longer kept"))
        let labels = try await laboratory.labels(
            .text(
                """
                prediction_id,predicted_at,observed_at,label
                id-2024-01-05,2024-01-05T10:00:00Z,2024-05-01T10:00:00Z,1
                id-2024-03-30,2024-03-30T10:00:00Z,2024-05-01T10:00:00Z,1

                """
            )
        )
        #expect(labels.counts.rejected == 1 && labels.counts.joined == 1)
        let unhinted = try await laboratory.labels(
            .text("prediction_id,observed_at,label\nid-2024-01-05,2024-05-02T10:00:00Z,1\n")
        )
        #expect(
            unhinted.counts.orphan == 1,
            "nothing tells it from one whose prediction is to come"
        )
        #expect(try await laboratory.verify().isClean)
        let constant = try await laboratory.predictions(
            .text("prediction_id,model,score\nx,gbm,0.5\n"),
            set: ["predicted_at=2024-01-05T10:00:00Z"]
        )
        #expect(constant.counts.rejected == 1)
    }

    @Test func `what takes rows says from when on they are there`() async throws {
        let laboratory = try await Laboratory(Self.task("t"))
        let (pool, task) = (laboratory.pool, laboratory.task)
        try await upload(laboratory, days: ["2024-01-05", "2024-01-12", "2024-03-30"])
        try await ReleaseRows(pool: pool, task: task).run(now: Self.now)
        let error = HarnessError.rowsReleased(task: "t", rowsFrom: "2024-01-18T00:00:00Z")
        let cut = try Instant(parsing: "2024-01-12T10:00:00Z")
        for query in [
            ReportQuery(isExact: true), ReportQuery(from: cut), ReportQuery(to: cut),
            // In the middle of the local day in which the kept rows begin.
            ReportQuery(to: try Instant(parsing: "2024-01-18T00:00:00Z")),
            ReportQuery(asOf: try Instant(parsing: "2024-01-12T20:00:00Z")),
        ] {
            await #expect(throws: error) { _ = try await laboratory.report(query) }
        }
        // The last label of a released row had come by then.
        let later = try Instant(parsing: "2024-01-20T00:00:00Z")
        let past = try await laboratory.report(ReportQuery(asOf: later))
        #expect(past.models.first?.windows.first?.labelled == 2)
        let from = try Instant(parsing: "2024-03-01T00:00:00Z")
        let exact = try await laboratory.report(ReportQuery(from: from, isExact: true))
        #expect(exact.models.first?.windows.first?.predictions == 1)
        await #expect(throws: error) {
            _ = try await ListRows(pool: pool, task: task, query: RowQuery(from: cut)).run()
        }
        let rows = try await ListRows(pool: pool, task: task, query: RowQuery()).run()
        #expect(rows.rows.map(\.predictionID) == ["id-2024-03-30"])
        #expect(rows.interval.lowerBound == (try Instant(parsing: "2024-01-18T00:00:00Z")))
        await #expect(
            throws: HarnessError.noSuchPrediction(
                "id-2024-01-05",
                task: "t",
                rowsFrom: "2024-01-18T00:00:00Z"
            )
        ) {
            _ = try await ShowPrediction(pool: pool, task: task, predictionID: "id-2024-01-05")
                .run()
        }
    }

    @Test func `settings of cells stay fixed when all rows are gone, and a retention has bounds`()
        async throws
    {
        let laboratory = try await Laboratory(Self.task("t"))
        try await upload(laboratory, days: ["2024-01-05"])
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(now: Self.now)
        let change = ChangeTask(pool: laboratory.pool, name: "t")
        await #expect(throws: HarnessError.cellsDependOnSetting(["--threshold"])) {
            _ = try await change.run { $0.threshold = 0.3 }
        }
        await #expect(throws: HarnessError.self) {
            _ = try await change.run { $0.retentionSeconds = 9 * 86_400 }
        }
        #expect(try await change.run { $0.retentionSeconds = nil }.retentionSeconds == nil)
    }

    @Test func `an upload that was on its way while rows were let go of is asked to come again`()
        async throws
    {
        let laboratory = try await Laboratory(Self.task("t"))
        try await upload(laboratory, days: ["2024-01-05"])
        await #expect(throws: HarnessError.taskChanged("t")) {
            _ = try await uploadDuringRelease(laboratory)
        }
        #expect(try await laboratory.report().models.first?.windows.first?.predictions == 1)
    }

    /// Releases the partition of an upload that waits at the gate.
    private func uploadDuringRelease(_ laboratory: Laboratory) async throws -> UploadReport {
        let (task, day) = (laboratory.task, try Instant(parsing: "2024-01-05T00:00:00Z"))
        let connection = try await TemporaryDatabase.connect()
        try await FactStore(connection, task: task).prepareSession()
        _ = try await connection.execute("BEGIN")
        let instant = try await Gate(connection).enter(task)
        async let upload: UploadReport = laboratory.predictions(
            .text("prediction_id,predicted_at,model,score\nb,2024-01-05T10:00:00Z,gbm,0.25\n")
        )
        let observer = try await TemporaryDatabase.connect()
        var isWaiting = false
        while !isWaiting {
            isWaiting = try await observer.query(
                """
                SELECT EXISTS (
                    SELECT 1 FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock') AS is_waiting
                """
            ).single().bool("is_waiting")
        }
        await observer.close()
        try await ReleaseStore(connection, task: task).release(
            Partition(of: day, days: .week).number,
            dictionary: try await DictionaryStore(connection).load(task),
            at: instant
        )
        _ = try await connection.execute("COMMIT")
        await connection.close()
        return try await upload
    }

    // MARK: - Helpers

    /// One prediction and its label a day.
    private func upload(_ laboratory: Laboratory, days: [String]) async throws {
        var predictions = "prediction_id,predicted_at,known_at,model,score\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        for day in days {
            predictions += "id-\(day),\(day)T10:00:00Z,\(day)T10:00:00Z,gbm,0.25\n"
            labels += "id-\(day),\(day)T22:00:00Z,\(day)T22:00:00Z,1\n"
        }
        try await laboratory.predictions(.text(predictions), backfill: true)
        try await laboratory.labels(.text(labels), backfill: true)
    }

    private func serverNow(_ laboratory: Laboratory) async throws -> Instant {
        try await laboratory.pool.withConnection { try await ServerClock($0).now() }
    }

    private func removeRows(_ laboratory: Laboratory) async throws {
        let later = try await serverNow(laboratory).advanced(bySeconds: 7_200)
        #expect(try await RemoveRows(pool: laboratory.pool).run(now: later) > 0)
    }

    /// How many rows there are of predictions and of labels.
    private func rowCounts(_ laboratory: Laboratory) async throws -> [Int] {
        try await laboratory.pool.withConnection { connection in
            let row = try await connection.query(
                """
                SELECT (SELECT count(*) FROM predictions) AS predictions,
                    (SELECT count(*) FROM labels) AS labels
                """
            ).single()
            return [try row.int("predictions"), try row.int("labels")]
        }
    }
}

extension Laboratory {
    fileprivate func upload(_ batches: [RandomHistory.Batch]) async throws {
        for batch in batches where !batch.rows.isEmpty {
            let report =
                batch.isLabels
                ? try await labels(batch.source, backfill: true)
                : try await predictions(batch.source, backfill: true)
            #expect(report.counts.rejected == 0, "\(report.rejects)")
        }
    }
}
