import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// An upload that was taken back has never come: whichever were, and in whatever order.
@Suite(.temporaryDatabase, .hangLimit)
struct WithdrawalOrderTests {
    @Test(arguments: 0..<40)
    func `uploads that were taken back leave what the others tell alone, bit for bit`(
        seed: Int
    ) async throws {
        var generator = TestGenerator(seed: UInt64(seed))
        let history = RandomHistory(ids: 8, hasTies: true, using: &generator)
        let batches = history.batches(using: &generator)
        let told = try await laboratory("told-\(seed)")
        let never = try await laboratory("never-\(seed)")
        var wrong: [Int64] = []
        var right: [RandomHistory.Batch] = []
        for batch in batches {
            let id = try #require(try await told.upload(batch).uploadID)
            if Bool.random(using: &generator) { wrong.append(id) } else { right.append(batch) }
            // Some are taken back while more is to come, some together, and some twice.
            if Int.random(in: 0..<3, using: &generator) == 0 {
                try await withdraw(wrong.shuffled(using: &generator).prefix(2), from: told)
            }
        }
        try await withdraw(wrong.shuffled(using: &generator)[...], from: told)
        for batch in right { _ = try await never.upload(batch) }
        let (one, other) = (try await told.cellBytes(), try await never.cellBytes())
        #expect(one == other, "seed \(seed)")
        let verified = try await told.verify()
        #expect(verified.isClean, "seed \(seed): \(verified.differences)")
        try await RepairCells(pool: told.pool, task: told.task).run()
        #expect(try await told.cellBytes() == other, "repaired")
        let models = try await ListModels(pool: told.pool, task: told.task).run().map(\.name)
        #expect(
            try await ListModels(pool: never.pool, task: never.task).run().map(\.name) == models
        )
        #expect(try await labels(told) == (try await labels(never)), "seed \(seed)")
        await told.pool.close()
        await never.pool.close()
    }

    /// What is known of the labels, but for what uploads were told of their own rows.
    private func labels(_ laboratory: Laboratory) async throws -> [String: [String]] {
        let status = try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run()
        let orphans = try await ListOrphans(
            pool: laboratory.pool,
            task: laboratory.task,
            limit: 100
        ).run(after: nil).map(\.id)
        #expect(orphans == status.orphanIDs && orphans.count == status.orphans)
        return [
            "counts": [
                status.predictionIDs, status.labelled, status.pending, status.overdue,
                status.labelBeforePrediction, status.corrected, status.withdrawn,
            ].map(String.init),
            "received": [
                status.predictionUploads.received, status.labelUploads.received,
            ].map(String.init),
            "orphans": orphans,
            "delays": status.delays.map { "\($0)" },
            "days": status.days.map { "\($0)" },
        ]
    }

    private func withdraw(_ uploads: ArraySlice<Int64>, from laboratory: Laboratory) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for upload in uploads {
                group.addTask {
                    _ = try await WithdrawUploads(
                        pool: laboratory.pool,
                        task: laboratory.task
                    ).run(uploadID: upload, note: "a mistake")
                }
            }
            try await group.waitForAll()
        }
    }

    /// With rows of its first model that are right, so that its pairs are kept, whatever is taken back.
    private func laboratory(_ name: String) async throws -> Laboratory {
        let laboratory = try await Laboratory(
            PredictionTask(
                name: Name(name),
                kind: .binary,
                horizonSeconds: 30 * 86_400,
                timeZone: NamedZone("Europe/Berlin"),
                sliceKeys: RandomHistory.columns,
                labelSources: ["manual", "feed"]
            )
        )
        try await laboratory.predictions(
            .text(
                """
                prediction_id,predicted_at,model,version,score,country,channel
                first,2024-01-01T00:00:00Z,gbm,r1,0.5,DE,web

                """
            )
        )
        return laboratory
    }
}
