import Evaluation
import Ingest
import Postgres
import Store
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct FactStoreTests {
    @Test func `partitions are made once, however many ask at once`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    let connection = try await TemporaryDatabase.connect()
                    try await PartitionStore(connection).ensure(
                        [-9, 2817, 2821].map { Partition(number: $0) }
                    )
                    await connection.close()
                }
            }
            try await group.waitForAll()
        }
        let connection = try await TemporaryDatabase.connect()
        let existing = try await PartitionStore(connection).existing()
        #expect(existing.map(\.number).sorted() == [-9, 2817, 2821])
        await connection.close()
    }

    @Test(arguments: PartitionDays.allCases)
    func `partitions of different widths never share a number`(days: PartitionDays) {
        for other in PartitionDays.allCases where other != days {
            for day in stride(from: Int64(-9_000), through: 40_000, by: 501) {
                let instant = Instant(seconds: day * 86_400)
                #expect(
                    Partition(of: instant, days: days).number
                        != Partition(of: instant, days: other).number
                )
            }
        }
    }

    @Test func `looking up a few keys in a large partition uses its index`() async throws {
        let connection = try await TemporaryDatabase.connect()
        try await PartitionStore(connection).ensure([Partition(number: 2817)])
        let task = PredictionTask(id: 1, name: "t", kind: .binary)
        let store = FactStore(connection, task: task)
        try await store.prepareSession()
        let rows = (0..<20_000).map { index in
            NewPrediction(
                fact: PredictionFact(
                    key: PredictionKey(high: UInt64(index) &* 0x9E37_79B9_7F4A_7C15, low: 0),
                    predictedAt: Instant(seconds: 1_704_067_200),
                    telling: Telling(knownAt: Instant(seconds: 0), uploadID: 1),
                    modelSet: 1,
                    sliceSet: 1,
                    part: 2817,
                    scoreStart: index,
                    details: ""
                ),
                scoreCount: 1,
                predictionID: ""
            )
        }
        try await store.append(
            predictions: rows,
            order: Array(rows.indices),
            scores: rows.map { _ in 0.5 }
        )
        try await connection.executeScript("ANALYZE predictions")
        let plan = try await connection.withTransaction { connection in
            try await connection.executeScript(
                """
                INSERT INTO stage (upload_id, part, key)
                SELECT 0, 2817, key FROM predictions ORDER BY key LIMIT 50;
                ANALYZE stage;
                """
            )
            return try await connection.query(
                """
                EXPLAIN SELECT p.scores FROM stage AS s JOIN predictions AS p ON p.key = s.key
                WHERE s.upload_id = 0 AND p.part = 2817
                """
            ).map { try $0.text(0) }.joined(separator: "\n")
        }
        #expect(plan.contains("Index Scan"), "\(plan)")
        #expect(!plan.contains("Seq Scan on predictions"), "\(plan)")
        await connection.close()
    }
}
