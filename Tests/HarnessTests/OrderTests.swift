import Evaluation
import Foundation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Whatever the order in which a history is told, it ends in the same cells.
@Suite(.temporaryDatabase, .timeLimit(.minutes(10)))
struct OrderTests {
    /// `GNOMON_ORDER_HISTORIES` raises or lowers the number of histories.
    static let histories =
        ProcessInfo.processInfo.environment["GNOMON_ORDER_HISTORIES"].flatMap(Int.init) ?? 200
    private static let historiesAtOnce = 4

    @Test
    func `T3 and T6: 200 random histories end in the cells of the sorted history, bit for bit`()
        async throws
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seed in 0..<Self.histories {
                if seed >= Self.historiesAtOnce { try await group.next() }
                group.addTask { try await Self.tell(seed) }
            }
            try await group.waitForAll()
        }
    }

    private static func tell(_ seed: Int) async throws {
        var generator = TestGenerator(seed: UInt64(seed))
        let history = RandomHistory(ids: 12, using: &generator)
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
                timeZone: "Europe/Berlin",
                sliceKeys: RandomHistory.columns,
                labelSources: ["manual", "feed"]
            )
        )
    }
}
