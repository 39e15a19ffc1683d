import Contract
import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Which rows go and when, and what is refused for the lack of them.
@Suite(.temporaryDatabase, .hangLimit)
struct ReleaseTests {
    // MARK: - What goes

    @Test func `a partition goes when all of it is past the retention, and matured`() async throws {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(days: ["2024-03-07", "2024-03-14"])
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
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(days: ["2024-01-05", "2024-03-30"])
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(
            now: Laboratory.expiry
        )
        let remove = RemoveRows(pool: laboratory.pool)
        let released = try await laboratory.serverNow()
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
        #expect(try await laboratory.rowCounts() == [1, 1])
    }

    @Test func `of two that let go at the same time one does each partition`() async throws {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(
            days: ["2024-01-05", "2024-01-12", "2024-01-19", "2024-01-26"]
        )
        let release = ReleaseRows(pool: laboratory.pool, task: laboratory.task)
        async let one = release.run(now: Laboratory.expiry)
        async let other = release.run(now: Laboratory.expiry)
        let (left, right) = try await (one, other)
        #expect(left.partitions + right.partitions >= 1)
        let rest = try await release.run(now: Laboratory.expiry)
        #expect(left.rows + right.rows + rest.rows == 4)
        let verified = try await laboratory.verify()
        #expect(verified.isClean && verified.predictionIDs == 0)
    }

    @Test func `a partition that another task reads keeps the rows of that task`() async throws {
        let short = try await Laboratory(Laboratory.expiring("short"))
        let long = try await Laboratory(Laboratory.expiring("long", retentionDays: nil))
        for laboratory in [short, long] {
            try await laboratory.upload(days: ["2024-01-05", "2024-01-06"])
        }
        try await ReleaseRows(pool: short.pool, task: short.task).run(now: Laboratory.expiry)
        try await short.removeRows()
        #expect(try await short.rowCounts() == [2, 2])
        let verified = try await long.verify()
        #expect(verified.isClean && verified.predictionIDs == 2)
        let task = try await ChangeTask(pool: long.pool, name: "long").run {
            $0.retentionSeconds = 30 * 86_400
        }
        try await ReleaseRows(pool: long.pool, task: task).run(now: Laboratory.expiry)
        try await long.removeRows()
        #expect(try await short.rowCounts() == [0, 0])
    }

    @Test func `orphans and rejects that are as old as released rows are forgotten`() async throws {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(days: ["2024-01-05"])
        for day in ["2024-01-05", "2024-03-30"] {
            try await laboratory.labels(
                .text(
                    "prediction_id,observed_at,known_at,label\n"
                        + "nobody-\(day),\(day)T00:00:00Z,\(day)T00:00:00Z,1\n"
                ),
                backfill: true
            )
        }
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(
            now: Laboratory.expiry
        )
        let status = try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run()
        #expect(status.orphanIDs == ["nobody-2024-03-30"])
        #expect(status.predictionIDs == 0)
        #expect(status.rowsFrom == (try Instant(parsing: "2024-01-11T00:00:00Z")))
    }

    // MARK: - What is refused

    @Test func `rows that are gone do not come again`() async throws {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(days: ["2024-01-05", "2024-03-30"])
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(
            now: Laboratory.expiry
        )
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

    @Test func `T7: a row that stood before a withdrawn one of a later partition stands on`()
        async throws
    {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(days: ["2024-03-20"])
        let header = "prediction_id,predicted_at,known_at,model,score\n"
        try await laboratory.predictions(
            .text(header + "x,2024-03-02T10:00:00Z,2024-03-02T10:00:00Z,gbm,0.5\n"),
            backfill: true
        )
        let wrong = try await laboratory.predictions(
            .text(header + "x,2024-03-21T10:00:00Z,2024-03-21T10:00:00Z,gbm,0.75\n"),
            backfill: true
        )
        #expect(wrong.counts.conflict == 1)
        let between = try await laboratory.view(nil).present
        _ = try await WithdrawUploads(pool: laboratory.pool, task: laboratory.task)
            .run(uploadID: try #require(wrong.uploadID), note: "a mistake")
        let query = RowQuery(
            window: .always.after(try Instant(parsing: "2024-03-14T00:00:00Z")),
            asOf: between
        )
        let rows = ListRows(pool: laboratory.pool, task: laboratory.task, query: query)
        #expect(try await rows.run().rows.map(\.row.score) == [0.25])
        let released = try await ReleaseRows(pool: laboratory.pool, task: laboratory.task)
            .run(now: Laboratory.expiry)
        #expect(released.partitions > 0)
        #expect(try await rows.run().rows.map(\.row.score) == [0.25])
    }

    @Test func `T7: a row that is taken along counts once, whatever lies between`() async throws {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(days: ["2024-03-10", "2024-03-29"])
        let header = "prediction_id,predicted_at,known_at,model,score\n"
        // In the partition that goes, and three partitions further on than where the rows begin that are kept.
        for day in ["2024-03-03", "2024-03-30"] {
            let wrong = try await laboratory.predictions(
                .text(header + "x,\(day)T10:00:00Z,\(day)T10:00:00Z,gbm,0.75\n"),
                backfill: true
            )
            _ = try await WithdrawUploads(pool: laboratory.pool, task: laboratory.task)
                .run(uploadID: try #require(wrong.uploadID), note: "a mistake")
        }
        try await laboratory.predictions(
            .text(header + "x,2024-03-02T10:00:00Z,2024-03-02T10:00:00Z,gbm,0.5\n"),
            backfill: true
        )
        let query = ReportQuery(asOf: try await laboratory.view(nil).present)
        let before = try await laboratory.report(query)
        #expect(before.models.first?.windows.first?.predictions == 3)
        let released = try await ReleaseRows(pool: laboratory.pool, task: laboratory.task)
            .run(now: try Instant(parsing: "2024-04-06T00:00:00Z"))
        #expect(released.partitions == 1)
        #expect(try await laboratory.strays() == [])
        #expect(try await laboratory.report(query).models == before.models)
    }

    @Test func `what takes rows says from when on they are there`() async throws {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        let (pool, task) = (laboratory.pool, laboratory.task)
        try await laboratory.upload(days: ["2024-01-05", "2024-01-12", "2024-03-30"])
        try await ReleaseRows(pool: pool, task: task).run(now: Laboratory.expiry)
        let rowsFrom = try Instant(parsing: "2024-01-18T00:00:00Z")
        let error = HarnessError.rowsReleased(task: "t", rowsFrom: rowsFrom)
        let cut = try Instant(parsing: "2024-01-12T10:00:00Z")
        for query in [
            ReportQuery(isExact: true), ReportQuery(window: .always.after(cut)),
            ReportQuery(window: .always.before(cut)),
            // In the middle of the local day in which the kept rows begin.
            ReportQuery(window: .always.before(rowsFrom)),
            ReportQuery(asOf: try Instant(parsing: "2024-01-12T20:00:00Z")),
        ] {
            await #expect(throws: error) { _ = try await laboratory.report(query) }
        }
        // The last label of a released row had come by then.
        let later = try Instant(parsing: "2024-01-20T00:00:00Z")
        let past = try await laboratory.report(ReportQuery(asOf: later))
        #expect(past.models.first?.windows.first?.labelled == 2)
        let from = try Instant(parsing: "2024-03-01T00:00:00Z")
        let exact = try await laboratory.report(
            ReportQuery(window: .always.after(from), isExact: true)
        )
        #expect(exact.models.first?.windows.first?.predictions == 1)
        await #expect(throws: error) {
            _ = try await ListRows(
                pool: pool,
                task: task,
                query: RowQuery(window: .always.after(cut))
            ).run()
        }
        let rows = try await ListRows(pool: pool, task: task, query: RowQuery()).run()
        #expect(rows.rows.map(\.predictionID) == ["id-2024-03-30"])
        #expect(rows.interval.lowerBound == rowsFrom)
        await #expect(
            throws: HarnessError.noSuchPrediction(
                "id-2024-01-05",
                task: "t",
                rowsFrom: rowsFrom
            )
        ) {
            _ = try await ShowPrediction(pool: pool, task: task, predictionID: "id-2024-01-05")
                .run()
        }
    }

    @Test func `settings of cells stay fixed when all rows are gone, and a retention has bounds`()
        async throws
    {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(days: ["2024-01-05"])
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(
            now: Laboratory.expiry
        )
        let change = ChangeTask(pool: laboratory.pool, name: "t")
        await #expect(throws: HarnessError.cellsDependOnSetting([.threshold])) {
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
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(days: ["2024-01-05"])
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
        try await TemporaryDatabase.waiters()
        try await ReleaseStore(connection, task: task).release(
            Partition(of: day, days: .week).number,
            dictionary: try await DictionaryStore(connection).load(task),
            at: instant
        )
        _ = try await connection.execute("COMMIT")
        await connection.close()
        return try await upload
    }
}
