package import Evaluation
package import Postgres
import Store

/// What a comparison is asked for.
package struct ComparisonQuery: Sendable {
    package var champion: String?
    /// Empty compares every shadow.
    package var shadows: [String]
    package var metric: String?
    package var margin: Double?
    package var from: Instant?
    package var to: Instant?
    package var asOf: Instant?
    /// Read the rows for what cells cannot tell: the areas under the curve and their paired test.
    package var isExact: Bool

    package init(
        champion: String? = nil,
        shadows: [String] = [],
        metric: String? = nil,
        margin: Double? = nil,
        from: Instant? = nil,
        to: Instant? = nil,
        asOf: Instant? = nil,
        isExact: Bool = false
    ) {
        self.champion = champion
        self.shadows = shadows
        self.metric = metric
        self.margin = margin
        self.from = from
        self.to = to
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
        let losses = PairedLoss.all(for: task.kind)
        guard
            let loss = query.metric.map({ PairedLoss(metricName: $0, kind: task.kind) })
                ?? losses[0]
        else {
            throw HarnessError.unknownMetric(query.metric ?? "", known: losses.map(\.metricName))
        }
        try await TaskView.settle(task, asOf: query.asOf, pool: pool)
        let present = try await pool.withConnection {
            try await TaskView($0, task: task, asOf: query.asOf).present
        }
        try await MatureCohorts(pool: pool, task: task).run(present: present)
        return try await pool.withTransaction(isolation: .repeatableRead) { connection in
            let view = try await TaskView(connection, task: task, asOf: query.asOf)
            let champion = try view.champion(named: query.champion)
            for shadow in query.shadows { try view.check(model: shadow) }
            let shadows =
                query.shadows.isEmpty
                ? view.dictionary.modelNames.filter { $0 != champion && view.roles[$0] == .shadow }
                : query.shadows
            let evidence = try await PairEvidence(
                connection,
                view: view,
                query: query,
                champion: champion,
                shadows: shadows
            )
            return ComparisonReport(
                task: task,
                champion: champion,
                asOf: view.present,
                metric: loss.metricName,
                margin: query.margin,
                comparisons: shadows.map {
                    evidence.builder(shadow: $0, loss: loss, margin: query.margin).build()
                }
            )
        }
    }
}
