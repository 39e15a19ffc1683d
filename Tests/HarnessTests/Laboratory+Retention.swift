import Evaluation
import Harness
import Ingest
import Postgres
import Store
import Testing

/// Tasks with a retention.
extension Laboratory {
    static func expiring(_ name: String, retentionDays: Int64? = 30) -> PredictionTask {
        PredictionTask(
            name: Name(name),
            kind: .binary,
            horizonSeconds: 10 * 86_400,
            timeZone: NamedZone("Europe/Berlin"),
            sliceKeys: RandomHistory.columns,
            labelSources: ["manual", "feed"],
            partitionDays: .week,
            retentionSeconds: retentionDays.map { $0 * 86_400 }
        )
    }

    /// Released by then is what was predicted before 14 March 2024, a bit more than two thirds.
    static let expiry = try! Instant(parsing: "2024-04-15T00:00:00Z")

    /// One prediction and its label a day.
    func upload(days: [String]) async throws {
        var predictions = "prediction_id,predicted_at,known_at,model,score\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        for day in days {
            predictions += "id-\(day),\(day)T10:00:00Z,\(day)T10:00:00Z,gbm,0.25\n"
            labels += "id-\(day),\(day)T22:00:00Z,\(day)T22:00:00Z,1\n"
        }
        try await self.predictions(.text(predictions), backfill: true)
        try await self.labels(.text(labels), backfill: true)
    }

    func serverNow() async throws -> Instant {
        try await pool.withConnection { try await $0.now() }
    }

    func removeRows() async throws {
        let later = try await serverNow().advanced(bySeconds: 7_200)
        #expect(try await RemoveRows(pool: pool).run(now: later) > 0)
    }

    /// How many rows there are of predictions and of labels.
    func rowCounts() async throws -> [Int] {
        try await pool.withConnection { connection in
            let row = try await connection.query(
                """
                SELECT (SELECT count(*) FROM predictions) AS predictions,
                    (SELECT count(*) FROM labels) AS labels
                """
            ).single()
            return [try row.int("predictions"), try row.int("labels")]
        }
    }

    func upload(_ batches: [RandomHistory.Batch]) async throws {
        for batch in batches where !batch.rows.isEmpty { _ = try await upload(batch) }
    }

    func upload(_ batch: RandomHistory.Batch) async throws -> UploadReport {
        let report =
            batch.isLabels
            ? try await labels(batch.source, backfill: true)
            : try await predictions(batch.source, backfill: true)
        #expect(report.counts.rejected == 0, "\(report.rejects)")
        return report
    }
}
