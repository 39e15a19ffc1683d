import Evaluation
import Ingest
import Postgres
import Store

/// The numbers of the names that an upload's reader has met.
struct UploadNames: Sendable {
    /// The version and the model behind each `PredictionRow.model`.
    private(set) var versions: [(version: Int32, model: Int32)] = []
    /// The slice set behind each `PredictionRow.sliceSet`.
    private(set) var sliceSets: [Int32] = []
    private(set) var dictionary: TaskDictionary
    /// Since when the names that this upload brings are known.
    private let knownAt: Instant

    init(_ dictionary: TaskDictionary, knownAt: Instant) {
        self.dictionary = dictionary
        self.knownAt = knownAt
    }

    /// Finds the numbers of names that have come since the last batch.
    mutating func learn(
        _ batch: PredictionBatch,
        task: PredictionTask,
        pool: PostgresPool
    ) async throws {
        let newModels = batch.models[versions.count...]
        let newSliceSets = batch.sliceSets[sliceSets.count...]
        guard !newModels.isEmpty || !newSliceSets.isEmpty else { return }
        try await pool.withConnection { connection in
            let store = DictionaryStore(connection)
            for name in newModels {
                versions.append(
                    try await store.internVersion(
                        model: name.model,
                        version: name.version,
                        task: task,
                        recordedAt: knownAt
                    )
                )
            }
            sliceSets += try await store.internSliceSets(Array(newSliceSets), task: task)
            dictionary = try await store.load(task)
        }
    }

    /// Finds the numbers of model sets.
    mutating func learn(
        _ modelSets: [[Int32]],
        task: PredictionTask,
        pool: PostgresPool
    ) async throws -> [Int32] {
        guard !modelSets.isEmpty else { return [] }
        let ids = try await pool.withConnection {
            try await DictionaryStore($0).internModelSets(modelSets, task: task)
        }
        for (id, versions) in zip(ids, modelSets) { dictionary.modelSets[id] = versions }
        return ids
    }
}
