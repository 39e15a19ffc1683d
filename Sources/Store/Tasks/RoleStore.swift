package import Evaluation
package import Postgres

/// Which model is the champion, and which are shadows, from when on.
package struct RoleStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Records that a model has a role from an instant on; the history is kept.
    package func record(
        _ role: ModelRole,
        modelID: Int32,
        from instant: Instant
    ) async throws {
        _ = try await connection.execute(
            """
            INSERT INTO model_roles (model_id, role, valid_from)
            VALUES (\(modelID), \(role.rawValue), \(instant))
            """
        )
    }

    /// The role history of all models of a task, oldest first.
    package func history(of task: PredictionTask) async throws -> [RoleChange] {
        var changes: [RoleChange] = []
        for row in try await connection.query(
            """
            SELECT models.name, model_roles.role, model_roles.valid_from
            FROM model_roles
            JOIN models USING (model_id)
            WHERE models.task_id = \(task.id)
            ORDER BY model_roles.valid_from, model_roles.model_role_id
            """
        ) {
            changes.append(try Self.decode(row))
        }
        return changes
    }

    // Inlined into its async caller, this crashes the optimiser of Swift 6.3.1.
    @inline(never)
    private static func decode(_ row: PostgresRow) throws -> RoleChange {
        let text = try row.text("role")
        guard let role = ModelRole(rawValue: text) else {
            throw StoreError.unknownValue(column: "model_roles.role", value: text)
        }
        return RoleChange(
            model: try row.text("name"),
            role: role,
            validFrom: try row.instant("valid_from")
        )
    }
}
