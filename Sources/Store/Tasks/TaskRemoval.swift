package import Evaluation
package import Postgres

/// Removes a task with all that is its own, in one transaction: until it commits, everything is there for everybody
/// else, and nothing after.
///
/// Rows are deleted, and no partition is emptied: that would take them from questions that are being answered. Their
/// space is given back by the server's vacuum.
package struct TaskRemoval: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask

    package init(_ connection: PostgresConnection, task: PredictionTask) {
        self.connection = connection
        self.task = task
    }

    /// What is told of uploads, and goes before them.
    private static let tablesOfUploads = [
        "upload_contradictions",
        "upload_withdrawals", "withdrawn_predictions", "withdrawn_labels", "withdrawn_names",
        "repeated_predictions", "repeated_labels",
    ]

    /// The tables whose rows say of which task they are, each before those that it refers to.
    private static let tables = [
        "kept_answers", "recommendations", "alarm_acknowledgements", "baseline_cohorts",
        "ledger_restatements", "cohort_late_rows", "refit_days", "refits",
        "cohort_pair_cells", "cohort_cells", "cohorts", "pair_cells", "model_cells",
        "contradiction_cells", "forgotten_requests", "pair_keepers", "scattered_keys", "slices",
        "slice_sets",
        "model_sets", "models", "label_sources", "task_parts", "task_settings", "task_gates",
        "tasks",
    ]

    /// Removes the task; under its gate.
    ///
    /// - Returns: How many rows went, as far as they were uploaded.
    /// - Throws: `PostgresError`.
    package func run() async throws -> RemovedRows {
        // Names are given their numbers outside the gate; from here on none is.
        _ = try await connection.query(
            "SELECT task_id FROM tasks WHERE task_id = \(task.id) FOR UPDATE"
        )
        var removed = try await removeFacts()
        removed.rejects = try await UploadLedger(connection).forgetRejects(of: task)
        for table in Self.tablesOfUploads { _ = try await delete(from: table) }
        removed.uploads = try await delete(from: "uploads")
        for table in ["model_roles", "model_versions"] {
            _ = try await connection.execute(
                """
                DELETE FROM \(identifier: table)
                WHERE model_id IN (SELECT model_id FROM models WHERE task_id = \(task.id))
                """
            )
        }
        for table in Self.tables { _ = try await delete(from: table) }
        try await TokenStore(connection).followTask(task.name, to: nil)
        return removed
    }

    private func removeFacts() async throws -> RemovedRows {
        var removed = RemovedRows()
        let partitions = PartitionStore(connection)
        for part in try await connection.query(
            "SELECT part FROM task_parts WHERE task_id = \(task.id) AND removed_at IS NULL ORDER BY part"
        ).map({ try $0.int32(0) }) {
            let rows = try await partitions.deleteRows(of: Partition(number: part), taskID: task.id)
            removed.predictions += rows.predictions
            removed.labels += rows.labels
        }
        removed.labels += try await delete(from: "orphan_labels")
        return removed
    }

    private func delete(from table: String) async throws -> Int {
        try await connection.execute(
            "DELETE FROM \(identifier: table) WHERE task_id = \(task.id)"
        )
    }
}
