package import Evaluation
package import Postgres

/// Texts that may hold an id or an entity as it was sent: rejected rows, and answers that are kept to be given again.
package struct SubjectTexts: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask

    package init(_ connection: PostgresConnection, task: PredictionTask) {
        self.connection = connection
        self.task = task
    }

    /// Deletes rejects that hold one of some names, between other letters and digits than its own.
    ///
    /// - Returns: How many there were.
    /// - Throws: `PostgresError`.
    package func removeRejects(_ names: Set<Name>) async throws -> Int {
        guard !names.isEmpty else { return 0 }
        let text: SQL = "lower(rejects.row_text || E'\\n' || rejects.value)"
        return try await connection.execute(
            """
            DELETE FROM rejects
            USING uploads
            WHERE rejects.upload_id = uploads.upload_id AND uploads.task_id = \(task.id)
                AND EXISTS (
                    SELECT 1
                    FROM (SELECT lower(unnest(\(Self.written(names)))) AS name) AS gone
                    WHERE strpos(\(text), gone.name) > 0
                        AND \(text) ~ ('(^|\\W)' || regexp_replace(gone.name, '(\\W)', '\\\\\\1', 'g') || '($|\\W)'))
            """
        )
    }

    /// Deletes kept answers that hold one of some names; their requests are new ones when they come again.
    ///
    /// - Returns: How many there were.
    /// - Throws: `PostgresError`.
    package func removeAnswers(_ names: Set<Name>) async throws -> Int {
        guard !names.isEmpty else { return 0 }
        return try await connection.execute(
            """
            DELETE FROM kept_answers
            WHERE task_id = \(task.id)
                AND EXISTS (
                    SELECT 1
                    FROM (SELECT lower(unnest(\(Self.written(names)))) AS name) AS gone
                    WHERE strpos(lower(convert_from(body, 'UTF8')), gone.name) > 0)
            """
        )
    }

    /// The ways in which names are written in rows of CSV and JSON.
    private static func written(_ names: Set<Name>) -> [String] {
        var all: Set<Name> = []
        for name in names {
            let json = escaping(name.text, ["\\": "\\\\", "\"": "\\\""])
            let csv = escaping(name.text, ["\"": "\"\""])
            all.formUnion([name, Name(json), Name(ascii(json)), Name(csv)])
        }
        return all.map(\.text)
    }

    /// Goes by scalars: by characters, a quote with a combining mark after it would not be a quote.
    private static func escaping(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
        text.unicodeScalars.map { escapes[$0] ?? String($0) }.joined()
    }

    /// A JSON text as those write it who escape all that is not ASCII.
    private static func ascii(_ text: String) -> String {
        text.utf16.map { unit in
            if unit < 0x80 { return String(UnicodeScalar(UInt8(unit))) }
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}
