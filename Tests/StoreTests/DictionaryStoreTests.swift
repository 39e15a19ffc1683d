import Evaluation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct DictionaryStoreTests {
    @Test func `sets are found or made together, in the order asked for, whatever their texts`()
        async throws
    {
        let connection = try await TemporaryDatabase.connect()
        let task = try await TaskStore(connection).create(
            PredictionTask(name: "t", kind: .binary, sliceKeys: ["a", "b"])
        )
        let store = DictionaryStore(connection)
        let sets: [[Name]] = [
            ["DE", ""], [#"say "yes""#, #"\ and {,}"#], ["\"\u{301}", "NULL"], ["é", "e\u{301}"],
            ["", ""],
        ]
        let first = try await store.internSliceSets(Array(sets.prefix(3)), task: task)
        let all = try await store.internSliceSets(sets.reversed() + sets, task: task)
        #expect(Array(all.suffix(5).prefix(3)) == first)
        #expect(Array(all.prefix(5).reversed()) == Array(all.suffix(5)))
        #expect(Set(all).count == 5)
        let dictionary = try await store.load(task, .reserved)
        for (id, set) in zip(all.suffix(5), sets) {
            let stored = try #require(dictionary.sliceSets[id])
            #expect(stored == set)
        }
        #expect(dictionary.slices.count == 7)
        let models = try await store.internModelSets([[3, 1], [1], [1, 3]], task: task)
        #expect(
            try await store.internModelSets([[1], [1, 3], [2]], task: task).prefix(2)
                == models.suffix(2)
        )
        #expect(Set(models).count == 3)
        await connection.close()
    }
}
