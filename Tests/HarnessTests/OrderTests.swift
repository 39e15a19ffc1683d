import Evaluation
import Foundation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Whatever the order in which a history is told, it ends in the same cells.
@Suite(.temporaryDatabase, .hangLimit)
struct OrderTests {
    /// `GNOMON_ORDER_HISTORIES` raises or lowers the number of histories.
    static let histories =
        ProcessInfo.processInfo.environment["GNOMON_ORDER_HISTORIES"].flatMap(Int.init) ?? 200
    private static let historiesAtOnce = 4

    @Test
    func `T3 and T6: 200 random histories end in the cells of the sorted history, bit for bit`()
        async throws
    {
        try await Self.each(Self.histories) { try await Self.tell($0) }
    }

    /// What was told first of the same time stands, and the label that was told last: by the order of the commits.
    @Test
    func `T1 and T2: histories with ties end as when they are told again in the order of commits`()
        async throws
    {
        try await Self.each(Self.histories / 4) { try await Self.retell($0) }
    }

    private static func each(
        _ count: Int,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seed in 0..<count {
                if seed >= historiesAtOnce { try await group.next() }
                group.addTask { try await body(seed) }
            }
            try await group.waitForAll()
        }
    }

    private static func retell(_ seed: Int) async throws {
        var generator = TestGenerator(seed: UInt64(seed))
        let history = RandomHistory(ids: 8, hasTies: true, using: &generator)
        let (told, retold) = (
            try await laboratory("told-\(seed)"), try await laboratory("retold-\(seed)")
        )
        let committed = try await withThrowingTaskGroup { group in
            for batch in history.batches(using: &generator) {
                group.addTask { (try await told.upload(batch).uploadID ?? 0, batch) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        // Row by row, so that it does not matter how rows are cut into uploads.
        for (_, batch) in committed.sorted(by: { $0.0 < $1.0 }) {
            for row in batch.rows {
                _ = try await retold.upload(
                    RandomHistory.Batch(rows: [row], isLabels: batch.isLabels)
                )
            }
        }
        #expect(try await told.cellBytes() == (try await retold.cellBytes()), "seed \(seed)")
        #expect(try await told.verify().isClean, "seed \(seed)")
        #expect(try await retold.verify().isClean, "seed \(seed)")
        await told.pool.close()
        await retold.pool.close()
    }

    private static func tell(_ seed: Int) async throws {
        var generator = TestGenerator(seed: UInt64(seed))
        let history = RandomHistory(ids: 12, hasTies: false, using: &generator)
        let sorted = try await laboratory("sorted-\(seed)")
        try await sorted.upload(
            [
                RandomHistory.Batch(rows: history.predictions.sorted(), isLabels: false),
                RandomHistory.Batch(rows: history.labels.sorted(), isLabels: true),
            ]
        )
        let shuffled = try await laboratory("shuffled-\(seed)")
        let batches = history.batches(using: &generator)
        // Four uploaders at once; a fifth of the batches comes twice.
        let doubled =
            batches + batches.filter { _ in Int.random(in: 0..<5, using: &generator) == 0 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                let share = doubled.enumerated().filter { $0.offset % 4 == worker }.map(
                    \.element
                )
                group.addTask { try await shuffled.upload(share) }
            }
            try await group.waitForAll()
        }
        let one = try await sorted.cellBytes()
        let other = try await shuffled.cellBytes()
        #expect(one == other, "seed \(seed)")
        #expect(!one.isEmpty)
        #expect(try await sorted.verify().isClean, "seed \(seed)")
        let verified = try await shuffled.verify()
        #expect(verified.isClean, "seed \(seed): \(verified.differences)")
        if seed % 10 == 0 {
            try await FoldCells(pool: shuffled.pool, task: shuffled.task).run()
            #expect(try await shuffled.cellBytes() == one, "folding changes no bit")
        }
        await sorted.pool.close()
        await shuffled.pool.close()
    }

    private static func laboratory(_ name: String) async throws -> Laboratory {
        try await Laboratory(
            PredictionTask(
                name: Name(name),
                kind: .binary,
                horizonSeconds: 30 * 86_400,
                timeZone: NamedZone("Europe/Berlin"),
                sliceKeys: RandomHistory.columns,
                labelSources: ["manual", "feed"]
            )
        )
    }
}
