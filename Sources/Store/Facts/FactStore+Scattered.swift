package import Evaluation
import Postgres

extension FactStore {
    // MARK: - Keys with predictions in several partitions

    package func scatteredKeys() async throws -> [PredictionKey] {
        try await connection.query(
            "SELECT key FROM scattered_keys WHERE task_id = \(task.id) ORDER BY key"
        ).map { try $0.predictionKey(0) }
    }

    package func recordScattered(_ keys: [PredictionKey]) async throws {
        guard !keys.isEmpty else { return }
        _ = try await connection.execute(
            """
            INSERT INTO scattered_keys (task_id, key)
            SELECT \(task.id), new.key
            FROM unnest(\(keys.map(\.uuid))) AS new (key)
            ON CONFLICT DO NOTHING
            """
        )
    }

    func forgetScattered(_ keys: [PredictionKey]) async throws {
        guard !keys.isEmpty else { return }
        _ = try await connection.execute(
            """
            DELETE FROM scattered_keys
            USING unnest(\(keys.map(\.uuid))) AS gone (key)
            WHERE scattered_keys.key = gone.key
            """
        )
    }

    /// The first of some partitions in which each key has predictions; keys without are left out.
    func firstParts(
        of keys: [PredictionKey],
        among parts: [Int32]
    ) async throws -> [PredictionKey: Int32] {
        guard !parts.isEmpty else { return [:] }
        let facts = try await load(
            keys.map { ($0, Self.anyPart) },
            parts: parts,
            includingOrphans: false
        )
        return Dictionary(facts.predictions.map { ($0.key, $0.part) }, uniquingKeysWith: min)
    }

    /// Copies the rows of keys from one partition into another.
    ///
    /// `keys` come with the partition to which each goes.
    func takeAlong(_ keys: [PredictionKey: Int32], from part: Int32) async throws {
        guard !keys.isEmpty else { return }
        try await stage(keys.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        let taken = try await connection.query(
            """
            WITH taken AS (
                INSERT INTO predictions (
                    known_at, predicted_at, model_set_id, slice_set_id, upload_id, part, copy, key,
                    scores, prediction_id, details)
                SELECT p.known_at, p.predicted_at, p.model_set_id, p.slice_set_id, p.upload_id,
                    s.part,
                    -- After those that are there, which count from 0.
                    p.copy + (
                        SELECT coalesce(max(q.copy) + 1, 0)
                        FROM predictions AS q
                        WHERE q.key = p.key AND q.part = s.part),
                    p.key, p.scores, p.prediction_id, p.details
                FROM stage AS s
                JOIN predictions AS p ON p.key = s.key
                WHERE s.upload_id = 0 AND p.part = \(constant: part)
                RETURNING part)
            SELECT part, count(*) AS taken_count
            FROM taken
            GROUP BY part
            """
        ).map(Self.decodeCount)
        _ = try await connection.execute(
            """
            INSERT INTO labels (
                observed_at, known_at, value, label_source_id, upload_id, part, revision, key)
            SELECT l.observed_at, l.known_at, l.value, l.label_source_id, l.upload_id, s.part,
                l.revision, l.key
            FROM stage AS s
            JOIN labels AS l ON l.key = s.key
            WHERE s.upload_id = 0 AND l.part = \(constant: part)
            """
        )
        _ = try await connection.execute("DELETE FROM stage WHERE upload_id = 0")
        try await recordParts(Dictionary(uniqueKeysWithValues: taken))
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodeCount(_ row: PostgresRow) throws -> (Int32, Int64) {
        (try row.int32("part"), try row.int64("taken_count"))
    }
}

extension PostgresRow {
    func predictionKey(_ column: PostgresColumn) throws(PostgresError) -> PredictionKey {
        let key = try uuid(column)
        return PredictionKey(high: key.high, low: key.low)
    }
}

extension PredictionKey {
    var uuid: PostgresUUID { PostgresUUID(high: high, low: low) }
}
