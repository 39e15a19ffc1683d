import Evaluation
import Store

extension DictionaryStore {
    /// The number of a model that an upload has brought.
    func recordedModel(_ name: Name, of task: PredictionTask) async throws -> Int32 {
        let (version, model) = try await internVersion(model: name, version: .empty, task: task)
        var names = NewNames()
        names.versions = [version]
        names.models = [model]
        try await record(names, at: .distantPast)
        return model
    }
}
