import Evaluation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct RoleStoreTests {
    @Test func `T7: a role that was recorded later is not seen, whenever it is valid from`()
        async throws
    {
        let connection = try await TemporaryDatabase.connect()
        let task = try await connection.withTransaction {
            try await TaskStore($0).create(PredictionTask(name: "t", kind: .binary))
        }
        let other = try await connection.withTransaction {
            try await TaskStore($0).create(PredictionTask(name: "other", kind: .binary))
        }
        let names = DictionaryStore(connection)
        let (a, b) = (
            try await names.recordedModel("a", of: task),
            try await names.recordedModel("b", of: task)
        )
        let elsewhere = try await names.recordedModel("a", of: other)
        let store = RoleStore(connection)
        let created = try await TaskStore(connection).createdAt(of: task)
        let (early, late) = (created.advanced(bySeconds: 10), created.advanced(bySeconds: 20))
        let longAgo = Instant(seconds: 0)
        try await store.record(.champion, modelID: a, from: early, recordedAt: early)
        try await store.record(.champion, modelID: b, from: longAgo, recordedAt: late)
        try await store.record(.retired, modelID: elsewhere, from: longAgo, recordedAt: early)

        let champion = RoleChange(model: "a", role: .champion, validFrom: early)
        let belated = RoleChange(model: "b", role: .champion, validFrom: longAgo)
        #expect(try await store.history(of: task, asOf: created) == [])
        #expect(try await store.history(of: task, asOf: early) == [champion])
        let before = Instant(microseconds: late.microseconds - 1)
        #expect(try await store.history(of: task, asOf: before) == [champion])
        #expect(try await store.history(of: task, asOf: late) == [belated, champion])
        #expect(try await store.history(of: task) == [belated, champion])
        // Before the task, all that has been recorded counts.
        let prehistory = Instant(microseconds: created.microseconds - 1)
        #expect(try await store.history(of: task, asOf: prehistory) == [belated, champion])
        await connection.close()
    }
}
