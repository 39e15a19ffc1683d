package import Evaluation
import Postgres

extension FactStore {
    /// Writes new rows of predictions, in the order given; by partition and key is the fastest.
    package func append(
        predictions: [NewPrediction],
        order: [Int],
        scores: [Double]
    ) async throws {
        guard !predictions.isEmpty else { return }
        try await connection.copyIn(
            """
            COPY predictions (
                known_at, predicted_at, model_set_id, slice_set_id, upload_id, part, copy, key,
                scores, prediction_id, details)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for index in order {
                let row = predictions[index]
                let fact = row.fact
                try writer.startRow(fields: 11)
                writer.timestamp(microsecondsSince1970: fact.telling.knownAt.microseconds)
                writer.timestamp(microsecondsSince1970: fact.predictedAt.microseconds)
                writer.int32(fact.modelSet)
                writer.int32(fact.sliceSet)
                writer.int64(fact.telling.uploadID)
                writer.int32(fact.part)
                writer.int32(fact.telling.place)
                writer.uuid(high: fact.key.high, low: fact.key.low)
                writer.doubleArray(scores[fact.scoreStart..<fact.scoreStart + row.scoreCount])
                writer.text(row.predictionID)
                writer.text(fact.details)
            }
        }
    }

    package func append(labels: [LabelFact]) async throws {
        let joined = labels.filter { $0.part != nil }
        guard !joined.isEmpty else { return }
        try await connection.copyIn(
            """
            COPY labels (
                observed_at, known_at, value, label_source_id, upload_id, part, revision, key)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for label in joined {
                try writer.startRow(fields: 8)
                writer.revision(label)
                writer.int32(label.part ?? 0)
                writer.int32(label.revision.telling.place)
                writer.uuid(high: label.key.high, low: label.key.low)
            }
        }
    }

    package func append(
        orphans: [(label: LabelFact, predictionID: String)]
    ) async throws {
        guard !orphans.isEmpty else { return }
        try await connection.copyIn(
            """
            COPY orphan_labels (
                observed_at, known_at, value, label_source_id, upload_id, task_id, revision, key,
                prediction_id)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for (label, predictionID) in orphans {
                try writer.startRow(fields: 9)
                writer.revision(label)
                writer.int32(task.id)
                writer.int32(label.revision.telling.place)
                writer.uuid(high: label.key.high, low: label.key.low)
                writer.text(predictionID)
            }
        }
    }

    /// Deletes the rows of keys that are about to be written anew.
    ///
    /// `parts` are the partitions in which they may have rows.
    package func remove(
        predictionsOf predictions: [PredictionKey],
        labelsOf labels: [PredictionKey],
        parts: [Int32]
    ) async throws {
        for (table, keys) in [("predictions", predictions), ("labels", labels)]
        where !keys.isEmpty {
            let list = Self.list(parts)
            _ = try await connection.execute(
                """
                DELETE FROM \(identifier: table) AS fact
                USING unnest(\(keys.map(\.uuid))) AS gone (key)
                WHERE fact.key = gone.key AND fact.part IN (\(list))
                """
            )
        }
        guard !labels.isEmpty else { return }
        _ = try await connection.execute(
            """
            DELETE FROM orphan_labels AS label
            USING unnest(\(labels.map(\.uuid))) AS gone (key)
            WHERE label.key = gone.key
            """
        )
    }

    /// Gives up waiting for the predictions of labels that became known before an instant.
    package func forgetOrphans(knownBefore instant: Instant) async throws {
        _ = try await connection.execute(
            "DELETE FROM orphan_labels WHERE task_id = \(task.id) AND known_at < \(instant)"
        )
    }

    /// Takes labels out of the waiting room; they have just been written beside their predictions.
    ///
    /// `joined` are the labels, with the partitions of their predictions.
    package func removeOrphans(_ joined: [LabelFact]) async throws {
        guard !joined.isEmpty else { return }
        _ = try await connection.execute("SAVEPOINT staging")
        try await connection.copyIn(
            "COPY stage (upload_id, part, key) FROM STDIN (FORMAT binary)"
        ) { writer in
            for label in joined {
                try writer.startRow(fields: 3)
                writer.int32(1)
                writer.int32(label.part ?? 0)
                writer.uuid(high: label.key.high, low: label.key.low)
            }
        }
        _ = try await connection.execute(
            """
            DELETE FROM orphan_labels AS l
            USING stage AS s
            WHERE s.upload_id = 1 AND l.key = s.key
            """
        )
        // Those that were withdrawn go along, so that the labels of an id lie together.
        _ = try await connection.execute(
            """
            UPDATE withdrawn_labels AS l
            SET part = s.part
            FROM stage AS s
            WHERE s.upload_id = 1 AND l.key = s.key AND l.part IS NULL
            """
        )
        _ = try await connection.execute("DELETE FROM stage WHERE upload_id = 1")
        _ = try await connection.execute("RELEASE SAVEPOINT staging")
    }
}

/// A row of predictions to be written.
package struct NewPrediction: Sendable {
    package var fact: PredictionFact
    package var scoreCount: Int
    /// The caller's id where it is no UUID; empty otherwise.
    package var predictionID: String

    package init(fact: PredictionFact, scoreCount: Int, predictionID: String) {
        self.fact = fact
        self.scoreCount = scoreCount
        self.predictionID = predictionID
    }
}

extension CopyWriter {
    fileprivate mutating func revision(_ label: LabelFact) {
        let revision = label.revision
        timestamp(microsecondsSince1970: revision.observedAt.microseconds)
        timestamp(microsecondsSince1970: revision.knownAt.microseconds)
        if let value = revision.value { double(value) } else { null() }
        int32(revision.source)
        int64(revision.telling.uploadID)
    }
}
