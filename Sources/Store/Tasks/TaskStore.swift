package import Evaluation
import Ingest
package import Postgres

/// Tasks and their settings.
package struct TaskStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Creates a task and its gate; in a transaction.
    ///
    /// - Returns: The task with the id that it was given.
    package func create(_ task: PredictionTask) async throws -> PredictionTask {
        let now = try await connection.now()
        let rows = try await connection.query(
            """
            INSERT INTO tasks (created_at, name, \(SettingColumns.all.list))
            VALUES (\(now), \(task.name), \(SettingColumns.all.values(task)))
            ON CONFLICT (name) DO NOTHING
            RETURNING task_id
            """
        )
        guard let row = rows.first else { throw StoreError.taskExists(name: task.name) }
        var created = task
        created.id = try row.int32("task_id")
        _ = try await connection.execute(
            "INSERT INTO task_gates (task_id, last_instant) VALUES (\(created.id), \(now))"
        )
        try await recordSettings(of: created, at: now)
        return created
    }

    /// Replaces the settings of a task, and keeps those that it had; in a transaction.
    ///
    /// `instant` is the one that the task's gate gave.
    package func update(_ task: PredictionTask, at instant: Instant) async throws {
        _ = try await connection.execute(
            """
            UPDATE tasks
            SET settings_version = settings_version + 1, \(SettingColumns.changeable.assignments(task))
            WHERE task_id = \(task.id)
            """
        )
        try await recordSettings(of: task, at: instant)
    }

    /// Gives a task another name, also in the settings that it had; under the task's gate.
    ///
    /// - Parameters:
    ///   - task: As it is.
    ///   - name: That no other task has.
    /// - Throws: `StoreError.taskExists`.
    package func rename(_ task: PredictionTask, to name: Name) async throws {
        do {
            _ = try await connection.execute(
                "UPDATE tasks SET name = \(name) WHERE task_id = \(task.id)"
            )
        } catch {
            guard error.sqlState == .uniqueViolation else { throw error }
            throw StoreError.taskExists(name: name)
        }
        _ = try await connection.execute(
            """
            UPDATE task_settings
            SET settings = jsonb_set(settings, '{name}', to_jsonb(\(name)::text))
            WHERE task_id = \(task.id)
            """
        )
    }

    /// Grows whenever what stands, or what a cell holds, is worked out otherwise: the default of new tasks.
    private static let cellsFormat: Int16 = 5

    /// The tasks whose cells an earlier version has written in a form that is not comparable with today's.
    package func withOutdatedCells() async throws -> [PredictionTask] {
        let outdated = try await connection.query(
            "SELECT task_id FROM tasks WHERE cells_format < \(Self.cellsFormat)"
        ).map { try $0.int32("task_id") }
        return try await all().filter { outdated.contains($0.id) }
    }

    package func markCellsRenewed(_ task: PredictionTask) async throws {
        _ = try await connection.execute(
            "UPDATE tasks SET cells_format = \(Self.cellsFormat) WHERE task_id = \(task.id)"
        )
    }

    private func recordSettings(of task: PredictionTask, at instant: Instant) async throws {
        _ = try await connection.execute(
            """
            INSERT INTO task_settings (task_id, settings_version, recorded_at, settings)
            SELECT task_id, settings_version, \(instant), to_jsonb(tasks)
            FROM tasks
            WHERE task_id = \(task.id)
            """
        )
    }

    package func task(named name: Name) async throws -> PredictionTask {
        let rows = try await connection.query(Self.columns + "FROM tasks WHERE name = \(name)")
        guard let row = rows.first else {
            throw StoreError.noSuchTask(name: name, known: try await all().map(\.name))
        }
        return try Self.decode(row)
    }

    /// The tasks of kinds that this version can evaluate, which are all that it makes.
    package func all() async throws -> [PredictionTask] {
        try await connection.query(
            Self.columns + """
                FROM tasks
                WHERE kind = ANY(\(TaskKind.open.map { Name($0.rawValue) }))
                ORDER BY name COLLATE "C"
                """
        ).map(Self.decode)
    }

    /// The task with the settings that were in force at an instant.
    ///
    /// Before the task was created nobody could have asked; a question about such an instant replays history,
    /// and is answered with the settings of today.
    package func task(_ task: PredictionTask, asOf: Instant) async throws -> PredictionTask {
        let row = try await connection.query(
            Self.columns + """
                FROM jsonb_populate_record(NULL::tasks, (
                    SELECT settings
                    FROM task_settings
                    WHERE task_id = \(task.id)
                        AND (
                            recorded_at <= \(asOf)
                            OR \(asOf) < (SELECT created_at FROM tasks WHERE task_id = \(task.id)))
                    ORDER BY settings_version DESC
                    LIMIT 1
                ))
                """
        ).single()
        return try Self.decode(row)
    }

    /// The label policies that have been in force since the task was created, each with the instant from which on.
    package func labelPolicies(
        of task: PredictionTask
    ) async throws -> LabelPolicyHistory {
        let policies = try await connection.query(
            """
            SELECT recorded_at, settings ->> 'label_policy' AS label_policy
            FROM task_settings
            WHERE task_id = \(task.id)
            ORDER BY settings_version
            """
        ).map(Self.decodePolicy)
        return LabelPolicyHistory(policies)
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodePolicy(
        _ row: PostgresRow
    ) throws -> (from: Instant, policy: LabelPolicy) {
        let policy = try SettingColumns.known(row, "label_policy", LabelPolicy.init(rawValue:))
        return (from: try row.instant("recorded_at"), policy: policy)
    }

    /// Which settings were in force at an instant; the newest ones for an instant before the task was created.
    package func settingsOrigin(
        of task: PredictionTask,
        asOf: Instant
    ) async throws -> SettingsOrigin {
        let row = try await connection.query(
            """
            SELECT settings_version, recorded_at
            FROM task_settings
            WHERE task_id = \(task.id)
                AND (
                    recorded_at <= \(asOf)
                    OR \(asOf) < (SELECT created_at FROM tasks WHERE task_id = \(task.id)))
            ORDER BY settings_version DESC
            LIMIT 1
            """
        ).single()
        return SettingsOrigin(
            version: try row.int32("settings_version"),
            recordedAt: try row.instant("recorded_at")
        )
    }

    /// The task with one version of its settings.
    package func task(_ task: PredictionTask, version: Int32) async throws -> PredictionTask {
        let row = try await connection.query(
            Self.columns + """
                FROM jsonb_populate_record(NULL::tasks, (
                    SELECT settings
                    FROM task_settings
                    WHERE task_id = \(task.id) AND settings_version = \(version)
                ))
                """
        ).single()
        return try Self.decode(row)
    }

    /// The settings that a task has had up to an instant, oldest first.
    package func versions(
        of task: PredictionTask,
        knownBy instant: Instant
    ) async throws -> [SettingsHistory.Version] {
        try await connection.query(
            Self.columns + """
                , recorded_at
                FROM (
                    SELECT recorded_at, settings
                    FROM task_settings
                    WHERE task_id = \(task.id) AND recorded_at <= \(instant)
                ) AS kept CROSS JOIN LATERAL jsonb_populate_record(NULL::tasks, settings)
                ORDER BY settings_version
                """
        ).map(Self.decodeVersion)
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodeVersion(_ row: PostgresRow) throws -> SettingsHistory.Version {
        SettingsHistory.Version(
            recordedAt: try row.instant("recorded_at"),
            task: try decode(row)
        )
    }

    /// The newest version of the settings that a task is given with; that of today where it never had them.
    package func version(ofSettings task: PredictionTask) async throws -> Int32 {
        let today = try await settingsVersion(of: task)
        for version in (1...max(1, today)).reversed()
        where try await self.task(task, version: version) == task {
            return version
        }
        return today
    }

    package func createdAt(of task: PredictionTask) async throws -> Instant {
        try await connection.query(
            "SELECT created_at FROM tasks WHERE task_id = \(task.id)"
        ).single().instant("created_at")
    }

    /// How many times the settings have been changed, plus one: part of what makes a resend the same.
    package func settingsVersion(of task: PredictionTask) async throws -> Int32 {
        let rows = try await connection.query(
            "SELECT settings_version FROM tasks WHERE task_id = \(task.id)"
        )
        guard let row = rows.first else { throw StoreError.taskDeleted(task.name) }
        return try row.int32("settings_version")
    }

    private static let columns: SQL = "SELECT task_id, name, \(SettingColumns.all.list) "

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decode(_ row: PostgresRow) throws -> PredictionTask {
        let kind = try SettingColumns.known(row, "kind", SettingColumns.openKind)
        var task = PredictionTask(name: try row.name("name"), kind: kind)
        task.id = try row.int32("task_id")
        for columns in SettingColumns.all { try columns.read(row, &task) }
        return task
    }
}
