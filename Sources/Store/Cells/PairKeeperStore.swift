package import Evaluation
package import Postgres

/// Which models keep their pairs: recorded, so that what is stored is a function of rows and records.
package struct PairKeeperStore: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask

    package init(_ connection: PostgresConnection, task: PredictionTask) {
        self.connection = connection
        self.task = task
    }

    package func all() async throws -> PairKeepers {
        var rowsFrom: [Int32: Instant] = [:]
        for row in try await connection.query(
            "SELECT model_id, rows_from FROM pair_keepers WHERE task_id = \(task.id)"
        ) {
            rowsFrom[try row.int32(0)] = try row.optionalInstant(1) ?? .distantPast
        }
        return PairKeepers(rowsFrom)
    }

    /// Since when a model keeps its pairs; `nil` where it does not.
    package func recordedAt(of model: Int32) async throws -> Instant? {
        try await connection.query(
            """
            SELECT recorded_at
            FROM pair_keepers
            WHERE task_id = \(task.id) AND model_id = \(model)
            """
        ).first?.optionalInstant("recorded_at")
    }

    /// Records that a model keeps its pairs from now on, those of all stored rows having been added; under the
    /// task's gate.
    ///
    /// `rowsFrom` is where the rows begin that the task has kept, `nil` for all; `instant` is the one that the gate
    /// gave.
    package func record(_ model: Int32, rowsFrom: Instant?, at instant: Instant) async throws {
        _ = try await connection.execute(
            """
            INSERT INTO pair_keepers (task_id, model_id, rows_from, recorded_at)
            VALUES (\(task.id), \(model), \(rowsFrom), \(instant))
            """
        )
    }
}
