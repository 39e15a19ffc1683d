package import Evaluation
import Ingest
package import Postgres
import Store

/// Shows how it came to what stands about one prediction id: what an auditor asks.
package struct ShowPrediction: Sendable {
    package let predictionID: String
    private let question: Question

    package init(
        pool: PostgresPool,
        task: PredictionTask,
        predictionID: String,
        asOf: Instant? = nil
    ) {
        self.predictionID = predictionID
        question = Question(pool: pool, task: task, asOf: asOf)
    }

    /// - Returns: The record.
    /// - Throws: `HarnessError.noSuchPrediction` where neither a prediction nor a label was known;
    ///   `HarnessError.rowsReleased` where labels were that waited for a prediction, and some may have gone since.
    package func run() async throws -> PredictionRecord {
        try await question.answer { connection, view in
            let facts = try await view.facts(connection)
            let key = PredictionKey(taskID: view.task.id, id: Array(predictionID.utf8))
            var known = try await facts.load(
                [(key: key, part: FactStore.anyPart)],
                parts: Array(try await facts.parts().keys),
                includingOrphans: true
            )
            if let asOf = view.asOf {
                known.predictions.removeAll { $0.knownAt > asOf }
                known.labels.removeAll { $0.revision.knownAt > asOf }
            }
            guard !known.predictions.isEmpty || !known.labels.isEmpty else {
                throw HarnessError.noSuchPrediction(
                    predictionID,
                    task: view.task.name,
                    rowsFrom: view.released?.rowsFrom
                )
            }
            if known.predictions.isEmpty { try view.requireRowsThen() }
            return record(of: known, key, view)
        }
    }

    private func record(
        of facts: Facts,
        _ key: PredictionKey,
        _ view: TaskView
    ) -> PredictionRecord {
        var cursor = FactCursor(facts, task: view.task, dictionary: view.dictionary)
        var history = PredictionHistory(scoresPerPrediction: view.task.scoresPerPrediction)
        _ = cursor.take(key, into: &history)
        var reader = StandingPredictionReader(view)
        let rows = reader.rows(of: history)
        let current = history.currentRevision(
            asOf: view.asOf ?? .distantFuture,
            rank: LabelSourceRank(task: view.task, dictionary: view.dictionary)
        )
        return PredictionRecord(
            task: view.task,
            asOf: view.present,
            predictionID: predictionID,
            predictions: history.predictions.map { prediction in
                let version = view.dictionary.versions[prediction.modelVersion]
                return PredictionRecord.Prediction(
                    model: version?.modelName ?? "",
                    version: version?.version ?? "",
                    score: history.score(prediction),
                    slices: view.dictionary.slices(
                        ofSet: prediction.sliceSet,
                        keys: view.task.sliceKeys
                    ),
                    prediction: prediction,
                    standing: rows.first { $0.prediction == prediction }
                )
            }.sorted { Self.comesBefore($0, $1) },
            labels: facts.labels.map { label in
                PredictionRecord.Label(
                    revision: label.revision,
                    source: view.dictionary.sources[label.revision.source] ?? "",
                    uploadID: label.revision.telling.uploadID,
                    stands: label.revision == current
                )
            }.sorted { $0.revision.telling < $1.revision.telling },
            replay: view.replay
        )
    }

    private static func comesBefore(
        _ left: PredictionRecord.Prediction,
        _ right: PredictionRecord.Prediction
    ) -> Bool {
        if left.model != right.model { return left.model < right.model }
        let (one, other) = (left.prediction, right.prediction)
        if one.predictedAt != other.predictedAt { return one.predictedAt < other.predictedAt }
        return one.telling < other.telling
    }
}
