package import Evaluation
package import Postgres

/// Names that only withdrawn rows used: they are as unknown as if those had never come, and stay known for questions
/// as of an earlier instant.
package struct NameWithdrawals: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask

    package init(_ connection: PostgresConnection, task: PredictionTask) {
        self.connection = connection
        self.task = task
    }

    /// Where names are, and the column of their numbers.
    private static let tables: [(table: String, column: String)] = [
        ("models", "model_id"), ("model_versions", "model_version_id"), ("slices", "slice_id"),
        ("label_sources", "label_source_id"),
    ]

    /// Those of some names that became known in an interval; models that somebody gave a role, or acknowledged an alarm
    /// of, are left out.
    package func brought(_ names: NewNames, during interval: Window) async throws -> NewNames {
        var brought = NewNames()
        for (table, column) in Self.tables {
            let named: SQL =
                table == "models"
                ? """
                AND model_id NOT IN (SELECT model_id FROM model_roles)
                AND model_id NOT IN (SELECT model_id FROM alarm_acknowledgements)
                """ : ""
            let numbers = try await connection.query(
                """
                SELECT \(identifier: column) AS number
                FROM \(identifier: table)
                WHERE \(identifier: column) = ANY(\(names.numbers(of: table).sorted()))
                    AND recorded_at >= \(interval.lowerBound.clamped)
                    AND recorded_at < \(interval.upperBound.clamped) \(named)
                """
            ).map { try $0.int32(0) }
            brought.add(numbers, of: table)
        }
        return brought
    }

    /// Forgets since when names are known that withdrawn rows brought, or knows them since the first row that is left.
    ///
    /// - Parameters:
    ///   - names: Which withdrawn rows brought.
    ///   - used: Since when the rows that are left use names, by the table where these are.
    ///   - instant: Of the withdrawal.
    /// - Throws: `PostgresError`.
    package func withdraw(
        _ names: NewNames,
        used: [String: [Int32: Instant]],
        at instant: Instant
    ) async throws {
        for (table, column) in Self.tables {
            let numbers = names.numbers(of: table).sorted()
            guard !numbers.isEmpty else { continue }
            let next = (used[table] ?? [:]).sorted { $0.key < $1.key }
            let use: SQL = """
                (SELECT told_at
                FROM unnest(
                    \(next.map(\.key)), \(timestamps: next.map(\.value.microseconds))
                ) AS use (number, told_at)
                WHERE use.number = \(identifier: column))
                """
            _ = try await connection.execute(
                """
                INSERT INTO withdrawn_names (task_id, kind, number, recorded_at, withdrawn_at)
                SELECT \(task.id), \(table), \(identifier: column), recorded_at, \(instant)
                FROM \(identifier: table)
                WHERE \(identifier: column) = ANY(\(numbers)) AND recorded_at IS DISTINCT FROM \(use)
                """
            )
            _ = try await connection.execute(
                """
                UPDATE \(identifier: table)
                SET recorded_at = \(use)
                WHERE \(identifier: column) = ANY(\(numbers))
                """
            )
        }
    }

    /// Since when, by the task's gate, rows of the partitions that are kept use each model set, slice set and source.
    package func firstUses(in parts: [Int32]) async throws -> FirstUses {
        var uses = FirstUses()
        guard !parts.isEmpty else { return uses }
        let told: SQL = """
            min(CASE WHEN uploads.hour_start IS NULL THEN uploads.known_at ELSE fact.known_at END) AS told_at
            """
        for row in try await connection.query(
            """
            SELECT fact.model_set_id, fact.slice_set_id, \(told)
            FROM predictions AS fact
            JOIN uploads USING (upload_id)
            WHERE fact.part = ANY(\(parts)) AND uploads.task_id = \(task.id)
            GROUP BY fact.model_set_id, fact.slice_set_id
            """
        ) {
            let instant = try row.instant("told_at")
            uses.modelSets.note(instant, of: try row.int32(0))
            uses.sliceSets.note(instant, of: try row.int32(1))
        }
        for row in try await connection.query(
            """
            SELECT fact.label_source_id, \(told)
            FROM (
                SELECT label_source_id, upload_id, known_at FROM labels WHERE part = ANY(\(parts))
                UNION ALL
                SELECT label_source_id, upload_id, known_at FROM orphan_labels
                WHERE task_id = \(task.id)) AS fact
            JOIN uploads USING (upload_id)
            WHERE uploads.task_id = \(task.id)
            GROUP BY fact.label_source_id
            """
        ) {
            uses.sources.note(try row.instant("told_at"), of: try row.int32(0))
        }
        return uses
    }
}

/// Since when sets of names, and label sources, are used.
package struct FirstUses: Sendable {
    package var modelSets: [Int32: Instant] = [:]
    package var sliceSets: [Int32: Instant] = [:]
    package var sources: [Int32: Instant] = [:]

    /// The same by name, by the table where it is.
    package func byName(_ dictionary: TaskDictionary) -> [String: [Int32: Instant]] {
        var used: [String: [Int32: Instant]] = ["label_sources": sources]
        for (set, instant) in modelSets {
            for version in dictionary.modelSets[set] ?? [] {
                used["model_versions", default: [:]].note(instant, of: version)
                guard let model = dictionary.versions[version]?.model else { continue }
                used["models", default: [:]].note(instant, of: model)
            }
        }
        for (set, instant) in sliceSets {
            for slice in dictionary.slicesOfSet[set] ?? [] {
                used["slices", default: [:]].note(instant, of: slice)
            }
        }
        return used
    }
}

extension [Int32: Instant] {
    fileprivate mutating func note(_ instant: Instant, of number: Int32) {
        self[number] = Swift.min(self[number] ?? instant, instant)
    }
}

extension NewNames {
    fileprivate func numbers(of table: String) -> Set<Int32> {
        switch table {
        case "models": models
        case "model_versions": versions
        case "slices": slices
        default: sources
        }
    }

    fileprivate mutating func add(_ numbers: [Int32], of table: String) {
        switch table {
        case "models": models.formUnion(numbers)
        case "model_versions": versions.formUnion(numbers)
        case "slices": slices.formUnion(numbers)
        default: sources.formUnion(numbers)
        }
    }
}
