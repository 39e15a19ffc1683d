package import Evaluation
package import Postgres
import Store

/// Recomputes the cells of tasks for which an earlier version kept sums in another form, once.
///
/// Cells older than the rows that are kept stay: they are read as what they are.
package struct RenewCells: Sendable {
    package let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// - Returns: The names of the tasks whose cells were recomputed.
    @discardableResult
    package func run() async throws -> [Name] {
        let tasks = try await pool.withConnection { try await TaskStore($0).withOutdatedCells() }
        var renewed: [Name] = []
        for task in tasks where try await renew(task) { renewed.append(task.name) }
        return renewed
    }

    private func renew(_ task: PredictionTask) async throws -> Bool {
        try await pool.withTransaction { connection in
            _ = try await Gate(connection).enter(task)
            // Somebody else may have done it while this waited.
            guard
                try await TaskStore(connection).withOutdatedCells()
                    .contains(where: { $0.id == task.id })
            else { return false }
            try await RepairCells(pool: pool, task: task).rewrite(connection)
            return true
        }
    }
}
