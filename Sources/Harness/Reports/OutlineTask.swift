package import Evaluation
package import Postgres
import Store

/// What there is of a task: what can be asked for, and what has happened.
package struct TaskOutline: Sendable {
    package var models: [Model]
    package var slices: [SliceName]
    package var champion: Name?
    /// Since when the champion is taken for it, where nobody has named one.
    package var championAssumedSince: Instant?
    /// From the first to the last prediction.
    package var extent: ClosedRange<Instant>?
    /// Changes of roles, oldest first.
    package var roles: [RoleChange]
    /// Verdicts that were given, about the newest instants first.
    package var recommendations: [GivenVerdict]
    package var acknowledgements: [Acknowledgement]
    package var present: Instant

    package struct Model: Sendable, Equatable {
        package var name: Name
        package var role: ModelRole

        package init(name: Name, role: ModelRole) {
            self.name = name
            self.role = role
        }
    }

    package var shadows: [Name] { models.filter { $0.role == .shadow }.map(\.name) }
}

/// Lists the models, slices and events of a task, as they were known at an instant.
package struct OutlineTask: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let asOf: Instant?

    package init(pool: PostgresPool, task: PredictionTask, asOf: Instant? = nil) {
        self.pool = pool
        self.task = task
        self.asOf = asOf
    }

    /// Recommendations that are looked at.
    private static let recommendations = 400

    package func run() async throws -> TaskOutline {
        try await TaskView.settle(task, asOf: asOf, pool: pool)
        return try await pool.withTransaction(isolation: .repeatableRead) { connection in
            let view = try await TaskView(connection, task: task, asOf: asOf)
            let records = try await RecommendationStore(connection).history(
                of: task,
                limit: Self.recommendations,
                before: view.present.next
            ).filter { record in record.askedAt.map { $0 <= view.present } ?? true }
            return TaskOutline(
                models: view.models.map { .init(name: $0, role: view.roles[$0]) },
                slices: view.dictionary.slices.values
                    .map { SliceName(key: $0.key, value: $0.value) }
                    .sorted { ($0.key, $0.value) < ($1.key, $1.value) },
                champion: view.roles.champion,
                championAssumedSince: view.roles.championAssumedSince,
                extent: try await CellStore(connection, task: task, buckets: view.buckets).extent(),
                roles: try await RoleStore(connection).history(of: task, asOf: view.present)
                    .filter { $0.validFrom <= view.present },
                recommendations: records.compactMap(GivenVerdict.init),
                acknowledgements: try await AcknowledgementStore(connection)
                    .all(of: task, asOf: view.present),
                present: view.present
            )
        }
    }
}
