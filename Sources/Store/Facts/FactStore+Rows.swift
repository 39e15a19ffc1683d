package import Evaluation
import Ingest
import Postgres

extension FactStore {
    /// Where there are predictions in an interval, also such as do not stand, in order.
    ///
    /// A key with several rows at the same time is there more than once. The rows of a partition have no order
    /// in time, so all of them are read; no more than `limit` are kept.
    ///
    /// - Parameters:
    ///   - part: The partition that is read.
    ///   - sets: The model sets whose rows count.
    ///   - sliceSets: The slice sets whose rows count; `nil` for all.
    ///   - interval: Of the predictions.
    ///   - place: Those behind it count; `nil` for all.
    ///   - asOf: What became known later is not seen.
    ///   - limit: How many at most.
    /// - Returns: The places, by time and then by key.
    /// - Throws: `PostgresError`.
    package func places(
        part: Int32,
        sets: [Int32],
        sliceSets: [Int32]?,
        during interval: Window,
        after place: PredictionPlace?,
        asOf: Instant,
        limit: Int
    ) async throws -> [PredictionPlace] {
        let ofSlices: SQL =
            sliceSets.map { "AND p.slice_set_id = ANY(\($0)::integer[])" } ?? "" as SQL
        let onwards: SQL =
            place.map { place in
                let key = PostgresValue.uuid(high: place.key.high, low: place.key.low)
                return "AND (p.predicted_at, p.key) > (\(place.predictedAt), \(key)::uuid)"
            } ?? "" as SQL
        func rows(of table: SQL, _ counted: SQL) -> SQL {
            """
            SELECT p.predicted_at, p.key
            FROM \(table) AS p
            WHERE p.part = \(constant: part)
                AND p.model_set_id = ANY(\(sets)::integer[])
                AND p.predicted_at >= \(Self.bound(interval.lowerBound))
                AND p.predicted_at < \(Self.bound(interval.upperBound))
                AND p.known_at <= \(Self.knownBy(asOf))
                \(ofSlices)
                \(onwards)
                \(counted)
            """
        }
        let now = rows(of: "predictions", andCountedThen("p"))
        let then =
            past == nil
            ? "" as SQL
            : "UNION ALL \(rows(of: "withdrawn_predictions", "AND \(withdrawnSince("p"))"))"
        return try await connection.query(
            """
            SELECT predicted_at, key
            FROM (\(now) \(then)) AS place
            ORDER BY predicted_at, key
            LIMIT \(limit)
            """
        ).map(Self.decodePlace)
    }

    /// The ids under which predictions were sent, a UUID as such.
    ///
    /// `keys` are those of stored predictions, with a partition where each has rows, or had some that were withdrawn.
    package func predictionIDs(
        of keys: [(key: PredictionKey, part: Int32)]
    ) async throws -> [PredictionKey: String] {
        guard !keys.isEmpty else { return [:] }
        _ = try await connection.execute("SAVEPOINT staging")
        try await stage(keys)
        var ids: [PredictionKey: String] = [:]
        for part in Set(keys.map(\.part)).sorted() {
            for (key, id) in try await connection.query(
                """
                SELECT DISTINCT p.key, p.prediction_id
                FROM stage AS s
                JOIN predictions AS p ON p.key = s.key
                WHERE s.upload_id = 0 AND s.part = \(constant: part) AND p.part = \(constant: part)
                UNION
                SELECT w.key, w.prediction_id
                FROM stage AS s
                JOIN withdrawn_predictions AS w ON w.key = s.key
                WHERE s.upload_id = 0 AND s.part = \(constant: part) AND w.task_id = \(constant: task.id)
                """
            ).map(decodeID) {
                ids[key] = id
            }
        }
        _ = try await connection.execute("ROLLBACK TO SAVEPOINT staging")
        _ = try await connection.execute("RELEASE SAVEPOINT staging")
        return ids
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodePlace(_ row: PostgresRow) throws -> PredictionPlace {
        let key = try row.uuid(1)
        return PredictionPlace(
            predictedAt: try row.instant(0),
            key: PredictionKey(high: key.high, low: key.low)
        )
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private func decodeID(_ row: PostgresRow) throws -> (PredictionKey, String) {
        let uuid = try row.uuid(0)
        let key = PredictionKey(high: uuid.high, low: uuid.low)
        let text = try row.text(1)
        return (key, text.isEmpty ? key.uuidText(taskID: task.id) : text)
    }

    private static func bound(_ instant: Instant) -> SQL {
        switch instant {
        case .distantPast: "'-infinity'::timestamptz"
        case .distantFuture: "'infinity'::timestamptz"
        default: "\(instant)"
        }
    }
}
