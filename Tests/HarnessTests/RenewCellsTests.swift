import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Cells that an earlier version has written.
@Suite(.temporaryDatabase, .hangLimit)
struct RenewCellsTests {
    @Test func `cells with sums in steps of 2⁻⁴⁰ are recomputed from the rows, once`() async throws
    {
        let laboratory = try await Laboratory(PredictionTask(name: "old", kind: .regression))
        try await laboratory.predictions(
            .text(
                "prediction_id,predicted_at,model,value\na,2024-01-01T00:00:00Z,m,1.5e-7\n"
                    + "b,2024-01-01T00:00:00Z,m,0.1\nc,2024-01-02T00:00:00Z,m,3\n"
            )
        )
        try await laboratory.labels(
            .text(
                "prediction_id,observed_at,label\na,2024-01-02T00:00:00Z,2.5e-7\n"
                    + "b,2024-01-02T00:00:00Z,0.3\n"
            )
        )
        // One row a cell, not one an upload.
        try await FoldCells(pool: laboratory.pool, task: laboratory.task).run()
        let bytes = try await laboratory.cellBytes()
        #expect(try await RenewCells(pool: laboratory.pool).run().isEmpty)
        // Day by day: a and b are labelled, c is not.
        func units(_ value: Double) -> Int128 { Int128((value * 0x1p40).rounded()) }
        let errors = [1.5e-7 - 2.5e-7, 0.1 - 0.3]
        let first: [Int128] = [
            0, 0, 2, units(1.5e-7) + units(0.1), units(2.5e-7) + units(0.3),
            units(2.5e-7 * 2.5e-7) + units(0.3 * 0.3), errors.map(units).reduce(0, +),
            errors.map { units(abs($0)) }.reduce(0, +), errors.map { units($0 * $0) }.reduce(0, +),
            units(2.5e-7) + units(0.3),
        ]
        let second: [Int128] = [1, units(3), 0, 0, 0, 0, 0, 0, 0, 0]
        try await laboratory.pool.withConnection { connection in
            for (day, totals) in [("2024-01-01", first), ("2024-01-02", second)] {
                _ = try await connection.execute(
                    """
                    UPDATE model_cells SET totals = \(CellCoding.encode(totals: totals))
                    WHERE bucket_start = \(Instant(parsing: day + "T00:00:00Z"))
                    """
                )
            }
            _ = try await connection.execute("UPDATE tasks SET cells_format = 1")
        }
        // They are read as what they were, and are not what the rows give.
        let old = try #require(try await laboratory.report().models.first)
        #expect(abs((try #require(old.metric("mae")?.value)) - 0.10000005) < 1e-9)
        #expect(try await !laboratory.verify().isClean)
        #expect(try await RenewCells(pool: laboratory.pool).run() == ["old"])
        #expect(try await laboratory.verify().isClean)
        #expect(try await laboratory.cellBytes() == bytes)
        #expect(try await RenewCells(pool: laboratory.pool).run().isEmpty)
    }
}
