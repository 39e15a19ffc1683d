package import Evaluation
import Postgres

/// Sets of models and of slice values: there may be many new ones in an upload, so they are interned together.
extension DictionaryStore {
    /// - Returns: The numbers of the sets, in the order given.
    package func internModelSets(
        _ sets: [[Int32]],
        task: PredictionTask
    ) async throws -> [Int32] {
        guard !sets.isEmpty else { return [] }
        let literals = sets.map { "{\($0.map(String.init).joined(separator: ","))}" }
        _ = try await connection.execute(
            """
            INSERT INTO model_sets (task_id, model_version_ids)
            SELECT DISTINCT \(task.id), members::integer[]
            FROM unnest(\(literals)) AS wanted (members)
            WHERE NOT EXISTS (
                SELECT 1
                FROM model_sets
                WHERE task_id = \(task.id) AND model_version_ids = members::integer[])
            ON CONFLICT DO NOTHING
            """
        )
        return try await connection.query(
            """
            SELECT model_sets.model_set_id
            FROM unnest(\(literals)) WITH ORDINALITY AS wanted (members, place)
            JOIN model_sets
                ON task_id = \(task.id) AND model_version_ids = members::integer[]
            ORDER BY place
            """
        ).map { try $0.int32(0) }
    }

    /// - Returns: The numbers of the sets, in the order given.
    package func internSliceSets(
        _ sets: [[Name]],
        task: PredictionTask
    ) async throws -> [Int32] {
        guard !sets.isEmpty else { return [] }
        try await internSlices(sets, task: task)
        let literals = sets.map { Self.arrayLiteral($0.map(\.text)) }
        _ = try await connection.execute(
            """
            INSERT INTO slice_sets (task_id, slice_values)
            SELECT DISTINCT \(task.id), texts::text[]
            FROM unnest(\(literals)) AS wanted (texts)
            WHERE NOT EXISTS (
                SELECT 1
                FROM slice_sets
                WHERE task_id = \(task.id) AND slice_values = texts::text[])
            ON CONFLICT DO NOTHING
            """
        )
        return try await connection.query(
            """
            SELECT slice_sets.slice_set_id
            FROM unnest(\(literals)) WITH ORDINALITY AS wanted (texts, place)
            JOIN slice_sets ON task_id = \(task.id) AND slice_values = texts::text[]
            ORDER BY place
            """
        ).map { try $0.int32(0) }
    }

    private func internSlices(_ sets: [[Name]], task: PredictionTask) async throws {
        var (keys, values): ([Name], [Name]) = ([], [])
        for set in sets {
            for (key, value) in zip(task.sliceKeys, set) where !value.isEmpty {
                keys.append(key)
                values.append(value)
            }
        }
        guard !keys.isEmpty else { return }
        _ = try await connection.execute(
            """
            INSERT INTO slices (task_id, slice_key, slice_value)
            SELECT DISTINCT \(task.id), wanted_key, wanted_value
            FROM unnest(\(keys), \(values)) AS wanted (wanted_key, wanted_value)
            WHERE NOT EXISTS (
                SELECT 1
                FROM slices
                WHERE task_id = \(task.id) AND slice_key = wanted_key
                    AND slice_value = wanted_value)
            ON CONFLICT DO NOTHING
            """
        )
    }

    /// Texts as PostgreSQL reads an array, byte by byte: an array of arrays has to be of equal lengths, one of texts
    /// has not.
    static func arrayLiteral(_ texts: [String]) -> String {
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        var bytes = [UInt8(ascii: "{")]
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(quote)
            for byte in text.utf8 {
                if byte == quote || byte == backslash { bytes.append(backslash) }
                bytes.append(byte)
            }
            bytes.append(quote)
        }
        bytes.append(UInt8(ascii: "}"))
        return String(decoding: bytes, as: UTF8.self)
    }
}
