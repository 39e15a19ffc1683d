import Contract
import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Labels that were told before their predictions, where rows as old as the labels are let go of.
@Suite(.temporaryDatabase, .hangLimit)
struct EarlyLabelTests {
    @Test func `labels that waited then are not shown where some of them may have gone`()
        async throws
    {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(days: ["2024-01-05", "2024-03-30"])
        for day in ["2024-01-06", "2024-03-30"] {
            try await laboratory.labels(
                .text(
                    "prediction_id,observed_at,known_at,label\n"
                        + "nobody,\(day)T00:00:00Z,\(day)T00:00:00Z,1\n"
                ),
                backfill: true
            )
        }
        let instant = try await laboratory.serverNow()
        func record(asOf: Instant?) async throws -> PredictionRecord {
            try await ShowPrediction(
                pool: laboratory.pool,
                task: laboratory.task,
                predictionID: "nobody",
                asOf: asOf
            ).run()
        }
        #expect(try await record(asOf: instant).labels.count == 2)
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(
            now: Laboratory.expiry
        )
        await #expect(throws: HarnessError.self) { try await record(asOf: instant) }
        #expect(try await record(asOf: nil).labels.count == 1)
    }

    @Test
    func
        `a label without a prediction that was forgotten is missed, however old what it tells of is`()
        async throws
    {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(days: ["2024-01-05", "2024-03-30"])
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(
            now: Laboratory.expiry
        )
        try await laboratory.labels(
            .text("prediction_id,observed_at,label\nnobody,2024-01-06T00:00:00Z,1\n")
        )
        let status = LabelStatus(
            pool: laboratory.pool,
            task: laboratory.task,
            asOf: try await laboratory.serverNow()
        )
        let before = try await status.run()
        #expect(before.orphanIDs == ["nobody"] && before.forgotten == 0)
        _ = try await ForgetRequests(pool: laboratory.pool, task: laboratory.task)
            .run(.init(predictionIDs: ["nobody"]), confirmedBy: "t")
        let after = try await status.run()
        #expect(after.orphanIDs == [] && after.forgotten == 1)
    }

    /// Rows of January that can be let go of, and a request of March 30th of which two uploads told the label in January.
    private func withAnEarlyLabel() async throws -> (Laboratory, told: [Int64]) {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        try await laboratory.upload(days: ["2024-01-05"])
        try await laboratory.predictions(
            .text(
                "prediction_id,predicted_at,model,score\nid-2024-03-30,2024-03-30T10:00:00Z,gbm,0.25\n"
            )
        )
        var told: [Int64] = []
        for hour in ["01", "02"] {
            let report = try await laboratory.labels(
                .text(
                    "prediction_id,observed_at,known_at,label\n"
                        + "id-2024-03-30,2024-01-06T00:00:00Z,2024-01-06T\(hour):00:00Z,1\n"
                ),
                backfill: true
            )
            told.append(try #require(report.uploadID))
        }
        return (laboratory, told)
    }

    @Test
    func
        `a label that was told twice before its prediction counts when its first telling is taken back`()
        async throws
    {
        let (laboratory, told) = try await withAnEarlyLabel()
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(
            now: Laboratory.expiry
        )
        let withdrawing = WithdrawUploads(pool: laboratory.pool, task: laboratory.task)
        _ = try await withdrawing.run(uploadID: told[0], note: "a mistake")
        #expect(try await labelled(laboratory) == 1)
        _ = try await withdrawing.run(uploadID: told[1], note: "another")
        #expect(try await labelled(laboratory) == 0)
        #expect(try await laboratory.verify().isClean)
    }

    @Test
    func
        `a label that counts since a withdrawal does not count before, though older rows were let go of`()
        async throws
    {
        let (laboratory, told) = try await withAnEarlyLabel()
        let instant = try await laboratory.serverNow()
        let show = ShowPrediction(
            pool: laboratory.pool,
            task: laboratory.task,
            predictionID: "id-2024-03-30",
            asOf: instant
        )
        let before = try await show.run().json
        _ = try await WithdrawUploads(pool: laboratory.pool, task: laboratory.task)
            .run(uploadID: told[0], note: "a mistake")
        #expect(try await show.run().json == before)
        try await ReleaseRows(pool: laboratory.pool, task: laboratory.task).run(
            now: Laboratory.expiry
        )
        #expect(try await show.run().json == before)
    }

    private func labelled(_ laboratory: Laboratory) async throws -> Int {
        try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run().labelled
    }
}
