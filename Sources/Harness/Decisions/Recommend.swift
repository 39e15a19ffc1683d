package import Evaluation
package import Postgres
import Store

/// Says whether the champion should be kept, retrained, or replaced by a shadow.
package struct Recommend: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let model: String?
    package let asOf: Instant?

    /// * `model`: The model to judge instead of the champion.
    package init(
        pool: PostgresPool,
        task: PredictionTask,
        model: String? = nil,
        asOf: Instant? = nil
    ) {
        self.pool = pool
        self.task = task
        self.model = model
        self.asOf = asOf
    }

    package func run() async throws -> Recommendation {
        try await TaskView.settle(task, asOf: asOf, pool: pool)
        let present = try await pool.withConnection {
            try await TaskView($0, task: task, asOf: asOf).present
        }
        try await MatureCohorts(pool: pool, task: task).run(present: present)
        var builder = try await pool.withTransaction(isolation: .repeatableRead) { connection in
            try await makeBuilder(connection)
        }
        let recommendation = builder.build()
        guard recommendation.verdict == .retrain else { return recommendation }
        builder.promotable = try await promotable(champion: builder.model)
        return builder.build()
    }

    private func makeBuilder(_ connection: PostgresConnection) async throws -> RecommendationBuilder
    {
        let view = try await TaskView(connection, task: task, asOf: asOf)
        let champion = try view.champion(named: model)
        let versions = Set(view.dictionary.versions(ofModelNamed: champion))
        let store = CohortStore(connection, task: task)
        var builder = RecommendationBuilder(task: task, model: champion, asOf: view.present)
        for cohort in try await store.cohorts(maturedBy: view.present) {
            var cell = CohortCell(kind: task.kind)
            for (version, part) in cohort.cells where versions.contains(version) { cell.add(part) }
            let number = view.buckets.number(of: cohort.bucketStart)
            builder.cohorts.append(
                RecommendationBuilder.Cohort(
                    start: cohort.bucketStart,
                    end: view.buckets.end(ofNumber: number),
                    maturedAt: cohort.maturedAt,
                    cell: cell
                )
            )
        }
        if task.baseline == .file {
            builder.baselineFile = try await store.baseline().map { start, cell in
                let end = view.buckets.end(ofNumber: view.buckets.number(of: start))
                return RecommendationBuilder.Cohort(
                    start: start,
                    end: end,
                    maturedAt: end,
                    cell: cell
                )
            }
        }
        return builder
    }

    /// The shadow with the largest gain of those that a comparison would promote.
    private func promotable(champion: String) async throws -> String? {
        let report = try await CompareModels(
            pool: pool,
            task: task,
            query: ComparisonQuery(champion: champion, asOf: asOf)
        ).run()
        return report.comparisons.filter { $0.verdict == .promote }
            .max { ($0.sequence.mean ?? 0) < ($1.sequence.mean ?? 0) }?.shadow
    }
}
