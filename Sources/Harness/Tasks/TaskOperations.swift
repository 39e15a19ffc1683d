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
    /// The hours of a hundred years.
    private static let mostCohorts = 876_600

    /// - Throws: `HarnessError` for the first setting that is not possible.
    func checkSettings() throws {
        func require(
            _ isPossible: Bool,
            _ setting: TaskSetting,
            _ value: String,
            _ allowed: Wording
        ) throws {
            guard isPossible else {
                throw HarnessError.invalidSetting(
                    name: "\(setting: setting.name)",
                    value: value,
                    allowed: allowed
                )
            }
        }
        guard kind.isOpen else { throw HarnessError.closedKind(kind) }
        if kind.has(.threshold) {
            try require(
                classes.count == 2 && Set(classes).count == 2,
                .classes,
                classes.joined(separator: ","),
                "two different names, such as 0,1."
            )
            try require(
                threshold >= 0 && threshold <= 1,
                .threshold,
                "\(threshold)",
                "a number from 0 to 1."
            )
        }
        try require(
            !kind.has(.classes) || classes.indices.contains(positiveClass),
            .positive,
            "\(positiveClass)",
            "one of the classes."
        )
        try require(
            horizonSeconds > 0,
            .horizon,
            "\(horizonSeconds)s",
            "a duration above 0, such as 60d."
        )
        try require(
            retentionSeconds.map { $0 >= horizonSeconds } ?? true,
            .retention,
            "\(retentionSeconds ?? 0)s",
            "at least the horizon of \(horizonSeconds)s, or none: labels need the rows that they answer."
        )
        try require(
            Set(sliceKeys).count == sliceKeys.count,
            .slices,
            sliceKeys.joined(separator: ","),
            "different names."
        )
        try require(
            Set(labelSources).count == labelSources.count,
            .labelSources,
            labelSources.joined(separator: ","),
            "different names."
        )
        if case .first(let cohorts) = baseline {
            try require(
                (30...Self.mostCohorts).contains(cohorts),
                .baseline,
                "first:\(cohorts)",
                "30 cohorts or more, and no more than the hours of a century."
            )
        }
        try checkColumns()
        _ = try timeBuckets()
    }
}
