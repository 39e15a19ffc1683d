import Contract
package import Evaluation
import Ingest
package import Postgres
import Store

/// Creates a task, after checking its settings.
package struct CreateTask: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let author: String

    package init(
        pool: PostgresPool,
        task: PredictionTask,
        author: String = Author.commandLine
    ) {
        self.pool = pool
        self.task = task
        self.author = author
    }

    package func run() async throws -> PredictionTask {
        try task.name.requireFitForTask()
        try task.checkNames()
        try task.checkSettings()
        return try await pool.withTransaction { connection in
            let created = try await TaskStore(connection).create(task)
            try await ChangeStore(connection).record(
                "task.create",
                task.kind.rawValue,
                of: created,
                by: author
            )
            return created
        }
    }
}

/// Changes settings of a task.
package struct ChangeTask: Sendable {
    package let pool: PostgresPool
    package let name: Name
    package let author: String

    package init(pool: PostgresPool, name: Name, author: String = Author.commandLine) {
        self.pool = pool
        self.name = name
        self.author = author
    }

    /// - Parameter change: Changes the settings; the name, the kind and the partitions stay.
    /// - Returns: The task as it is now.
    /// - Throws: `HarnessError.cellsDependOnSetting` where the task has predictions and the change would make
    ///   their cells mean something else.
    package func run(_ change: (inout PredictionTask) throws -> Void) async throws -> PredictionTask
    {
        try await pool.withTransaction { connection in
            let (before, now) = try await Gate(connection).enter(taskNamed: name)
            var after = before
            try change(&after)
            try after.checkNames(changedFrom: before)
            try after.checkSettings()
            let changed = TaskSetting.changed(from: before, to: after)
            let frozen = changed.filter(\.shapesCells)
            if !frozen.isEmpty,
                try await FactStore(connection, task: before).hadPredictions()
            {
                throw HarnessError.cellsDependOnSetting(frozen)
            }
            try await TaskStore(connection).update(after, at: now)
            try await restateLedger(before, after, at: now, connection)
            try await ChangeStore(connection).record(
                "task.change",
                changed.map(\.name).joined(separator: ", "),
                of: after,
                by: author
            )
            return after
        }
    }
}

extension ChangeTask {
    /// Another horizon gives evidence of another age, so that it begins anew where answers have used some.
    private func restateLedger(
        _ before: PredictionTask,
        _ after: PredictionTask,
        at now: Instant,
        _ connection: PostgresConnection
    ) async throws {
        guard before.horizonSeconds != after.horizonSeconds,
            try await UploadLedger(connection).firstLive(of: after) != nil
        else { return }
        let store = CohortStore(connection, task: after)
        guard try await store.hasUsed() else { return }
        try await store.restate(
            LedgerRestatement(
                task: after.name,
                restatedAt: now,
                lateRows: 0,
                restatements: try await store.restatements().count + 1,
                author: author,
                note: "another horizon"
            )
        )
    }
}

/// Looks tasks up.
package struct FindTasks: Sendable {
    package let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    package func task(named name: Name) async throws -> PredictionTask {
        try await pool.withConnection { try await TaskStore($0).task(named: name) }
    }

    package func all() async throws -> [PredictionTask] {
        try await pool.withConnection { try await TaskStore($0).all() }
    }
}

extension PredictionTask {
    /// - Throws: `HarnessError` for the first setting that is not possible.
    func checkSettings() throws {
        guard kind.isOpen else { throw HarnessError.closedKind(kind) }
        for setting in TaskSetting.all {
            guard let refusal = setting.refusal(self) else { continue }
            throw HarnessError.invalidSetting(
                name: "\(setting: setting.name)",
                value: refusal.value,
                allowed: refusal.allowed
            )
        }
        try checkColumns()
        _ = try timeBuckets()
    }
}
