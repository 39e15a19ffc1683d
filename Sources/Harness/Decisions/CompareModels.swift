package import Evaluation
package import Postgres
import Store

/// What a comparison is asked for.
package struct ComparisonQuery: Sendable {
    package var champion: Name?
    /// Empty compares every shadow.
    package var shadows: [Name]
    package var metric: String?
    package var options: ComparisonOptions
    package var window: Window
    package var asOf: Instant?
    /// Read the rows for what cells cannot tell: the areas under the curve and their paired test.
    package var isExact: Bool

    package init(
        champion: Name? = nil,
        shadows: [Name] = [],
        metric: String? = nil,
        options: ComparisonOptions = ComparisonOptions(),
        window: Window = .always,
        asOf: Instant? = nil,
        isExact: Bool = false
    ) {
        self.champion = champion
        self.shadows = shadows
        self.metric = metric
        self.options = options
        self.window = window
        self.asOf = asOf
        self.isExact = isExact
    }
}

/// Compares shadows with the champion on the requests that both scored (rule T10).
package struct CompareModels: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let query: ComparisonQuery

    package init(pool: PostgresPool, task: PredictionTask, query: ComparisonQuery) {
        self.pool = pool
        self.task = task
        self.query = query
    }

    package func run() async throws -> ComparisonReport {
        let metrics = ComparisonMetric.all(for: task.kind)
        guard
            let metric = query.metric.map({ ComparisonMetric(name: $0, kind: task.kind) })
                ?? metrics[0]
        else {
            throw HarnessError.unknownMetric(query.metric ?? "", known: metrics.map(\.name))
        }
        let question = DecisionQuestion(pool: pool, task: task, asOf: query.asOf)
        return try await question.answer { connection, view in
            try await report(connection, view, metric)
        }
    }

    private func report(
        _ connection: PostgresConnection,
        _ view: TaskView,
        _ metric: ComparisonMetric
    ) async throws -> ComparisonReport {
        let champion = try view.champion(named: query.champion)
        for shadow in query.shadows { try view.check(model: shadow) }
        if query.shadows.contains(champion) {
            throw HarnessError.sameModel(champion)
        }
        let all = view.shadows(of: champion)
        let shadows = query.shadows.isEmpty ? all : query.shadows
        let live = try await LiveComparison(
            connection,
            view: view,
            query: query,
            champion: champion,
            shadows: shadows
        )
        let cohorts = try await CohortStore(connection, task: view.task)
            .cohorts(frozenBy: view.present, withPairs: true)
            .filter { query.window.contains($0.bucketStart) }
        let ledger = LedgerComparison(view, champion: champion, cohorts: cohorts)
        let builders = shadows.map { shadow in
            var builder = ledger.builder(
                shadow: shadow,
                metric: metric,
                options: query.options,
                hasSlices: true
            )
            builder.hasChosenStart = query.window != .always
            live.complete(&builder)
            return builder
        }
        return ComparisonReport(
            task: view.task,
            champion: champion,
            championAssumedSince: query.champion == nil ? view.roles.championAssumedSince : nil,
            asOf: view.present,
            metric: metric,
            options: query.options,
            comparisons: ComparisonFamily(builders, size: Set(all).union(shadows).count).build()
        )
    }
}
