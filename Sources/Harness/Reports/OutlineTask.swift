package import Evaluation
package import Postgres
import Store

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
                recommendations: records.map(GivenVerdict.init),
                acknowledgements: try await AcknowledgementStore(connection)
                    .all(of: view.task, asOf: view.present),
                present: view.present,
                replay: view.replay,
                holdsOnlyHistory: holdsOnlyHistory
            )
        }
    }
}
