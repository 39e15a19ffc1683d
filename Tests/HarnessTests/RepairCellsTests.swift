import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Cells that are not what the rows give.
@Suite(.temporaryDatabase, .hangLimit)
struct RepairCellsTests {
    private func laboratory() async throws -> Laboratory {
        var generator = TestGenerator(seed: 12)
        let laboratory = try await Laboratory(
            PredictionTask(name: "t", kind: .binary, sliceKeys: RandomHistory.columns)
        )
        let history = RandomHistory(ids: 30, hasTies: true, using: &generator)
        try await laboratory.upload(history.batches(using: &generator))
        try await FoldCells(pool: laboratory.pool, task: laboratory.task).run()
        return laboratory
    }

    @Test(arguments: [
        "DELETE FROM model_cells WHERE bucket_start < '2024-02-01'", "DELETE FROM pair_cells",
        "UPDATE model_cells SET totals = (SELECT totals FROM model_cells LIMIT 1)",
        "UPDATE model_cells SET bucket_start = bucket_start + interval '4000 days'",
        "DELETE FROM model_cells",
    ])
    func `T6: a repair gives the cells of the rows, bit for bit, whatever was wrong`(
        damage: String
    ) async throws {
        let laboratory = try await laboratory()
        let (bytes, report) = (try await laboratory.cellBytes(), try await laboratory.report())
        try await laboratory.pool.withConnection { try await $0.executeScript(damage) }
        #expect(try await !laboratory.verify().isClean)
        let operation = VerifyCells(pool: laboratory.pool, task: laboratory.task)
        let repaired = try await operation.repairing()
        #expect(repaired.isRepaired && repaired.isClean, "\(repaired.differences)")
        #expect(try await laboratory.cellBytes() == bytes)
        #expect(try await laboratory.report().models == report.models)
        let again = try await operation.repairing()
        #expect(!again.isRepaired && again.isClean)
        let changes = try await ListChanges(pool: laboratory.pool, tasks: ["t"]).run(limit: 10)
        #expect(changes.filter { $0.action == "cells.repair" }.count == 1)
    }

    @Test
    func `questions are answered while cells are repaired, and an interrupted repair is none`()
        async throws
    {
        let laboratory = try await laboratory()
        let damaged = try await damage(laboratory)
        // The repair has read the rows and waits for the table, which can be read.
        let holder = try await TemporaryDatabase.connect()
        _ = try await holder.execute("BEGIN")
        _ = try await holder.execute("LOCK TABLE pair_cells IN SHARE MODE")
        let repair = Task {
            try await RepairCells(pool: laboratory.pool, task: laboratory.task).run()
        }
        try await TemporaryDatabase.waiters(running: "pair_cells")
        #expect(try await laboratory.report().models == damaged.models)
        repair.cancel()
        await #expect(throws: (any Error).self) { try await repair.value }
        _ = try await holder.execute("ROLLBACK")
        #expect(try await laboratory.report().models == damaged.models)
        #expect(try await !laboratory.verify().isClean)
    }

    private func damage(_ laboratory: Laboratory) async throws -> Report {
        try await laboratory.pool.withConnection {
            try await $0.executeScript("DELETE FROM model_cells WHERE bucket_start < '2024-02-01'")
        }
        return try await laboratory.report()
    }
}
