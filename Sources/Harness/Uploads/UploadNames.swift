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
    /// The names that were recorded before this upload.
    private let recorded: TaskDictionary

    init(_ recorded: TaskDictionary) {
        self.recorded = recorded
        dictionary = recorded
    }

    /// Those of the names that no upload has used before.
    var new: NewNames {
        var new = NewNames()
        let recordedModels = Set(recorded.versions.values.map(\.model))
        for (version, model) in versions where recorded.versions[version] == nil {
            new.versions.insert(version)
            if !recordedModels.contains(model) { new.models.insert(model) }
        }
        for set in sliceSets {
            for slice in dictionary.slicesOfSet[set] ?? [] where recorded.slices[slice] == nil {
                new.slices.insert(slice)
            }
        }
        return new
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
                        task: task
                    )
                )
            }
            sliceSets += try await store.internSliceSets(Array(newSliceSets), task: task)
            dictionary = try await store.load(task, .reserved)
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
