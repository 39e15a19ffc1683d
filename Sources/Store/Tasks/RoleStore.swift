package import Evaluation
package import Postgres

/// Which model is the champion, and which are shadows, from when on.
package struct RoleStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Records that a model has a role from an instant on; the history is kept.
    ///
    /// `recordedAt` is the instant that the task's gate gave.
    package func record(
        _ role: ModelRole,
        modelID: Int32,
        from instant: Instant,
        recordedAt: Instant
    ) async throws {
        _ = try await connection.execute(
            """
            INSERT INTO model_roles (model_id, role, valid_from, recorded_at)
            VALUES (\(modelID), \(role.rawValue), \(instant), \(recordedAt))
            """
        )
    }

    /// The role history of all models of a task, oldest first.
    ///
    /// Before the task was created nobody could have asked; a question about such an instant replays history,
    /// and is answered with all roles that have been recorded.
    ///
    /// What was recorded after `asOf` is not seen, whenever it is valid from.
    package func history(
        of task: PredictionTask,
        asOf: Instant = .distantFuture
    ) async throws -> [RoleChange] {
        var changes: [RoleChange] = []
        for row in try await connection.query(
            """
            SELECT models.name, model_roles.role, model_roles.valid_from
            FROM model_roles
            JOIN models USING (model_id)
            JOIN tasks USING (task_id)
            WHERE tasks.task_id = \(task.id)
                AND (model_roles.recorded_at <= \(asOf) OR \(asOf) < tasks.created_at)
            ORDER BY model_roles.valid_from, model_roles.model_role_id
            """
        ) {
            changes.append(try Self.decode(row))
        }
        return changes
    }

    /// The first model that became champion by a role after an instant, and since when it is known to be.
    package func firstChampion(
        of task: PredictionTask,
        after instant: Instant
    ) async throws -> RoleChange? {
        try await connection.query(
            """
            SELECT models.name, model_roles.role,
                greatest(model_roles.valid_from, model_roles.recorded_at) AS valid_from
            FROM model_roles
            JOIN models USING (model_id)
            WHERE models.task_id = \(task.id) AND model_roles.role = \(ModelRole.champion.rawValue)
                AND greatest(model_roles.valid_from, model_roles.recorded_at) > \(instant)
            ORDER BY greatest(model_roles.valid_from, model_roles.recorded_at),
                model_roles.model_role_id
            LIMIT 1
            """
        ).first.map(Self.decode)
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decode(_ row: PostgresRow) throws -> RoleChange {
        let text = try row.text("role")
        guard let role = ModelRole(rawValue: text) else {
            throw StoreError.unknownValue(column: "model_roles.role", value: text)
        }
        return RoleChange(
            model: try row.name("name"),
            role: role,
            validFrom: try row.instant("valid_from")
        )
    }
}
