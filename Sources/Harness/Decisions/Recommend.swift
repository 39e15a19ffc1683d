package import Evaluation
package import Postgres
import Store

/// What a recommendation is asked for.
package struct RecommendationQuery: Sendable {
    /// The model to judge instead of the champion.
    package var model: String?
    package var asOf: Instant?
    package var options: RetrainingOptions
    /// Whether shadows are compared; without, the champion is judged alone.
    package var hasShadows: Bool

    package init(
        model: String? = nil,
        asOf: Instant? = nil,
        options: RetrainingOptions = RetrainingOptions(),
        hasShadows: Bool = true
    ) {
        self.model = model
        self.asOf = asOf
        self.options = options
        self.hasShadows = hasShadows
    }
}

/// Says what to do about the champion: keep, recalibrate, retrain, or put a shadow in its place.
package struct Recommend: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let query: RecommendationQuery

    package init(pool: PostgresPool, task: PredictionTask, query: RecommendationQuery) {
        self.pool = pool
        self.task = task
        self.query = query
    }

    package func run() async throws -> Recommendation {
        let question = DecisionQuestion(pool: pool, task: task, asOf: query.asOf)
        return try await question.answer { connection, view in
            let model = try view.champion(named: query.model)
            let facts = RecommendationFacts(connection, view: view, model: model)
            var inputs = try await facts.inputs(
                options: query.options,
                hasShadows: query.hasShadows
            )
            inputs.restated = try await facts.restated()
            var builder = RecommendationBuilder(inputs)
            return builder.recommendation(asOf: view.present)
        }
    }

    /// What would have been said day by day, as a scheduler asks at the start of each day.
    ///
    /// Settings and roles are those as of the last day.
    ///
    /// * `interval`: The days to ask on; up to the present.
    /// * `body`: Is given the recommendations in order.
    package func walk(
        _ interval: Range<Instant>,
        _ body: sending @escaping (Recommendation) throws -> Void
    ) async throws {
        let question = DecisionQuestion(pool: pool, task: task, asOf: query.asOf)
        try await question.answer { connection, view in
            let model = try view.champion(named: query.model)
            let facts = RecommendationFacts(connection, view: view, model: model)
            var builder = RecommendationBuilder(
                try await facts.inputs(options: query.options, hasShadows: query.hasShadows)
            )
            let end = min(interval.upperBound, view.present)
            var day = view.buckets.localDay(of: interval.lowerBound)
            while true {
                let instant = Instant(seconds: view.buckets.startOfDay(day))
                if instant >= end { break }
                if instant >= interval.lowerBound {
                    try body(builder.recommendation(asOf: instant))
                }
                day += 1
            }
        }
    }
}
