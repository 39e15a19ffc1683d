package import Evaluation
import Postgres

/// Sets of models and of slice values: there may be many new ones in an upload, so they are interned together.
extension DictionaryStore {
    /// - Returns: The numbers of the sets, in the order given.
    package func internModelSets(
        _ sets: [[Int32]],
        task: PredictionTask
    ) async throws -> [Int32] {
        try await intern(
            sets.map { "{\($0.map(String.init).joined(separator: ","))}" },
            in: SetTable(
                name: "model_sets",
                id: "model_set_id",
                members: "model_version_ids",
                type: "integer[]"
            ),
            task: task
        )
    }

    /// - Returns: The numbers of the sets, in the order given.
    package func internSliceSets(
        _ sets: [[Name]],
        task: PredictionTask
    ) async throws -> [Int32] {
        guard !sets.isEmpty else { return [] }
        try await internSlices(sets, task: task)
        return try await intern(
            sets.map { Self.arrayLiteral($0.map(\.text)) },
            in: SetTable(
                name: "slice_sets",
                id: "slice_set_id",
                members: "slice_values",
                type: "text[]"
            ),
            task: task
        )
    }

    /// A table that numbers sets.
    private struct SetTable {
        let name: SQL
        let id: SQL
        let members: SQL
        /// Of the members.
        let type: SQL
    }

    /// The numbers of the sets, new ones included; `literals` are the sets as array literals.
    private func intern(
        _ literals: [String],
        in table: SetTable,
        task: PredictionTask
    ) async throws -> [Int32] {
        guard !literals.isEmpty else { return [] }
        _ = try await connection.execute(
            """
            INSERT INTO \(table.name) (task_id, \(table.members))
            SELECT DISTINCT \(task.id), literal::\(table.type)
            FROM unnest(\(literals)) AS wanted (literal)
            WHERE NOT EXISTS (
                SELECT 1
                FROM \(table.name)
                WHERE task_id = \(task.id) AND \(table.members) = literal::\(table.type))
            ON CONFLICT DO NOTHING
            """
        )
        return try await connection.query(
            """
            SELECT \(table.id)
            FROM unnest(\(literals)) WITH ORDINALITY AS wanted (literal, place)
            JOIN \(table.name) ON task_id = \(task.id) AND \(table.members) = literal::\(table.type)
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
