import Evaluation
import Store

extension FactStore {
    /// The ids of the predictions at some places.
    func predictionIDs(at places: [PredictionPlace]) async throws -> [PredictionKey: String] {
        try await predictionIDs(
            of: places.map {
                ($0.key, Partition(of: $0.predictedAt, days: task.partitionDays).number)
            }
        )
    }
}
