package import Evaluation
package import Postgres

/// Alarms that somebody has dealt with.
package struct AcknowledgementStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Keeps an acknowledgement; under the task's gate, which gives its instant.
    package func record(
        _ acknowledgement: Acknowledgement,
        modelID: Int32,
        of task: PredictionTask
    ) async throws {
        _ = try await connection.execute(
            """
            INSERT INTO alarm_acknowledgements (
                acknowledged_at, task_id, model_id, renews_baseline, note)
            VALUES (
                \(acknowledgement.instant), \(task.id), \(modelID),
                \(acknowledgement.renewsBaseline), \(acknowledgement.note))
            """
        )
    }

    /// The acknowledgements up to an instant, oldest first.
    ///
    /// One that was made later has no part in a decision about that instant, even where that lies before the
    /// task: an acknowledgement has no other instant than that at which it was made.
    package func all(
        of task: PredictionTask,
        asOf: Instant
    ) async throws -> [Acknowledgement] {
        try await connection.query(
            """
            SELECT alarm_acknowledgements.acknowledged_at, models.name,
                alarm_acknowledgements.renews_baseline, alarm_acknowledgements.note
            FROM alarm_acknowledgements
            JOIN models USING (model_id)
            WHERE alarm_acknowledgements.task_id = \(task.id)
                AND alarm_acknowledgements.acknowledged_at <= \(asOf)
            ORDER BY alarm_acknowledgements.acknowledged_at,
                alarm_acknowledgements.alarm_acknowledgement_id
            """
        ).map(Self.decode)
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decode(_ row: PostgresRow) throws -> Acknowledgement {
        Acknowledgement(
            instant: try row.instant("acknowledged_at"),
            model: try row.name("name"),
            renewsBaseline: try row.bool("renews_baseline"),
            note: try row.text("note")
        )
    }
}
