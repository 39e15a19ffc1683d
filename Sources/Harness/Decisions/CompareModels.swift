package import Evaluation
package import Postgres
import Store

/// What a comparison is asked for.
package struct ComparisonQuery: Sendable {
    package var champion: String?
    /// Empty compares every shadow.
    package var shadows: [String]
    package var metric: String?
    package var options: ComparisonOptions
    package var from: Instant?
    package var to: Instant?
    package var asOf: Instant?
    /// Read the rows for what cells cannot tell: the areas under the curve and their paired test.
    package var isExact: Bool

    package init(
        champion: String? = nil,
        shadows: [String] = [],
        metric: String? = nil,
        options: ComparisonOptions = ComparisonOptions(),
        from: Instant? = nil,
        to: Instant? = nil,
        asOf: Instant? = nil,
        isExact: Bool = false
    ) {
        self.champion = champion
        self.shadows = shadows
        self.metric = metric
        self.options = options
        self.from = from
        self.to = to
        self.asOf = asOf
        self.isExact = isExact
    }

    var interval: Range<Instant> {
        (from ?? .distantPast)..<(to ?? .distantFuture)
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
        let question = DecisionQuestion(
            pool: pool,
            task: task,
            asOf: query.asOf,
            pairs: .ofChampion(named: query.champion)
        )
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
        let pairs = try await ChampionPairs(connection, view: view, champion: champion)
        let live = try await LiveComparison(
            connection,
            view: view,
            query: query,
            pairs: pairs,
            shadows: shadows
        )
        let cohorts = try await pairs.cohorts(connection)
            .filter { query.interval.contains($0.bucketStart) }
        let ledger = LedgerComparison(pairs, cohorts: cohorts)
        let builders = shadows.map { shadow in
            var builder = ledger.builder(
                shadow: shadow,
                metric: metric,
                options: query.options,
                hasSlices: true
            )
            builder.hasChosenStart = query.from != nil || query.to != nil
            live.complete(&builder)
            return builder
        }
        return ComparisonReport(
            task: view.task,
            champion: champion,
            asOf: view.present,
            metric: metric,
            options: query.options,
            comparisons: ComparisonFamily(builders, size: Set(all).union(shadows).count).build()
        )
    }
}
