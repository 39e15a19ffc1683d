package import Evaluation
package import Postgres
import Store

/// Compares shadows with the champion on the requests that both scored (rule T10).
package struct CompareModels: Sendable {
    package let query: ComparisonQuery
    private let kind: TaskKind
    private let question: Question

    package init(pool: PostgresPool, task: PredictionTask, query: ComparisonQuery) {
        self.query = query
        kind = task.kind
        question = Question(pool: pool, task: task, asOf: query.asOf)
    }

    package func run() async throws -> ComparisonReport {
        let metrics = ComparisonMetric.all(for: kind)
        guard
            let metric = query.metric.map({ ComparisonMetric(name: $0, kind: kind) })
                ?? metrics[0]
        else {
            throw HarnessError.unknownMetric(query.metric ?? "", known: metrics.map(\.name))
        }
        let pairs = PairsWanted.ofChampion(named: query.champion)
        return try await question.decide(pairs: pairs) { connection, view in
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
        func judged(_ names: [Name], _ ledger: LedgerComparison) -> ComparisonFamily {
            let builders = names.map { shadow in
                let isShown = shadows.contains(shadow)
                var builder = ledger.builder(
                    shadow: shadow,
                    metric: metric,
                    options: query.options,
                    hasSlices: isShown
                )
                builder.hasChosenStart = query.window != .always
                if isShown { live.complete(&builder) }
                return builder
            }
            return ComparisonFamily(
                builders,
                traffic: Dictionary(
                    uniqueKeysWithValues: names.map { ($0, live.traffic(with: $0)) }
                ),
                errorShare: view.ledger?.errorShare ?? 1
            )
        }
        func compared(_ cohorts: [FrozenCohort]) -> [Comparison] {
            let ledger = LedgerComparison(pairs, cohorts: cohorts)
            let family = judged(all, ledger)
            return shadows.flatMap { shadow in
                // A model of another role is one more beside the shadows, and none to them.
                let own = all.contains(shadow) ? family : judged(all + [shadow], ledger)
                return own.comparisons([shadow], asOf: view.present)
            }
        }
        let cohorts =
            view.ledger?.isLoading == true
            ? [] : try await self.cohorts(view.ledgerInForce, pairs, connection)
        let summary = view.summary(of: cohorts)
        var others: [Comparison] = []
        if let part = view.ledgerWithLateRows {
            others = compared(try await self.cohorts(part, pairs, connection))
        }
        let comparisons = compared(cohorts).enumerated().map { index, comparison in
            comparison.resting(
                on: summary,
                withLateRows: others.isEmpty ? nil : others[index].verdict
            )
        }
        return ComparisonReport(
            task: view.task,
            champion: champion,
            championAssumedSince: query.champion == nil ? view.roles.championAssumedSince : nil,
            asOf: view.present,
            metric: metric,
            options: query.options,
            comparisons: comparisons,
            contradictions: try await view.contradictions(
                live.contradictory,
                in: query.window,
                connection
            ),
            forgotten: live.forgotten.total,
            replay: view.replay,
            ledger: summary
        )
    }

    /// Those of the question's window.
    private func cohorts(
        _ part: LedgerPart,
        _ pairs: ChampionPairs,
        _ connection: PostgresConnection
    ) async throws -> [FrozenCohort] {
        try await pairs.cohorts(part, whole: [], .full, connection)
            .filter { query.window.contains($0.bucketStart) }
    }
}
