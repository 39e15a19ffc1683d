import Evaluation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct AcknowledgementStoreTests {
    @Test func `T7: an acknowledgement is seen from its instant on, and in its task only`()
        async throws
    {
        let connection = try await TemporaryDatabase.connect()
        let task = try await connection.withTransaction {
            try await TaskStore($0).create(PredictionTask(name: "t", kind: .binary))
        }
        let other = try await connection.withTransaction {
            try await TaskStore($0).create(PredictionTask(name: "other", kind: .binary))
        }
        let model = try await DictionaryStore(connection).recordedModel("gbm", of: task)
        let store = AcknowledgementStore(connection)
        let first = Acknowledgement(
            instant: Instant(microseconds: 1_000_001),
            model: "gbm",
            renewsBaseline: false,
            note: "sensor exchanged"
        )
        let second = Acknowledgement(
            instant: Instant(microseconds: 2_000_002),
            model: "gbm",
            renewsBaseline: true,
            note: ""
        )
        try await store.record(second, modelID: model, of: task)
        try await store.record(first, modelID: model, of: task)
        #expect(try await store.all(of: task, asOf: Instant(microseconds: 1_000_000)) == [])
        #expect(try await store.all(of: task, asOf: first.instant) == [first])
        #expect(try await store.all(of: task, asOf: second.instant) == [first, second])
        #expect(try await store.all(of: other, asOf: .distantFuture) == [])
        await connection.close()
    }
}
