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
    /// From the start of the first time bucket with predictions to that of the last.
    package var extent: ClosedRange<Instant>?
    /// Changes of roles, oldest first.
    package var roles: [RoleChange]
    /// Verdicts that were given, about the newest instants first; replays among them only where the task holds only
    /// history, whose verdicts they are.
    package var recommendations: [GivenVerdict]
    package var acknowledgements: [Acknowledgement]
    package var present: Instant
    /// Set where the task did not exist yet.
    package var replay: Replay?
    /// Whether all predictions were made before the task was created: it is looked back on, and nobody acts on it.
    package var holdsOnlyHistory = false

    package struct Model: Sendable, Equatable {
        package var name: Name
        package var role: ModelRole

        package init(name: Name, role: ModelRole) {
            self.name = name
            self.role = role
        }
    }

    /// Whether neither the task nor anything that it holds was there at the instant.
    package var isUnknown: Bool { replay != nil && extent == nil }

    package var shadows: [Name] { models.filter { $0.role == .shadow }.map(\.name) }
}

/// Lists the models, slices and events of a task, as they were known at an instant.
package struct OutlineTask: Sendable {
    private let question: Question

    package init(pool: PostgresPool, task: PredictionTask, asOf: Instant? = nil) {
        question = Question(pool: pool, task: task, asOf: asOf)
    }

    /// Recommendations that are looked at.
    private static let recommendations = 400

    package func run() async throws -> TaskOutline {
        try await question.answer { connection, view in
            let extent = try await view.extent(connection).map {
                view.buckets.start(
                    ofNumber: $0.lowerBound
                )...view.buckets.start(ofNumber: $0.upperBound)
            }
            let end = extent.map {
                view.buckets.end(ofNumber: view.buckets.number(of: $0.upperBound))
            }
            let holdsOnlyHistory = end.map { $0 <= view.createdAt } ?? false
            let records = try await RecommendationStore(connection).history(
                of: view.task,
                limit: Self.recommendations,
                before: view.present.next,
                includingReplays: holdsOnlyHistory
            ).filter { record in record.askedAt.map { $0 <= view.present } ?? true }
            return TaskOutline(
                models: view.models.map { .init(name: $0, role: view.roles[$0]) },
                slices: view.sliceNames,
                champion: view.roles.champion,
                championAssumedSince: view.roles.championAssumedSince,
                extent: extent,
                roles: try await RoleStore(connection).history(of: view.task, asOf: view.present)
                    .filter { $0.validFrom <= view.present },
                recommendations: records.compactMap(GivenVerdict.init),
                acknowledgements: try await AcknowledgementStore(connection)
                    .all(of: view.task, asOf: view.present),
                present: view.present,
                replay: view.replay,
                holdsOnlyHistory: holdsOnlyHistory
            )
        }
    }
}
