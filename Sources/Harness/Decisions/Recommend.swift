package import Evaluation
package import Postgres
import Store

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

    package func run() async throws -> RecommendationAnswer {
        let question = Question(pool: pool, task: task, asOf: query.asOf)
        let (answer, made) = try await question.decide(pairs: pairs) { connection, view in
            let model = try view.champion(named: query.model)
            let facts = try await facts(connection, view.ledgerInForce, view, model)
            let before = try await watchesBeforeRestatements(connection, view, model)
            let watch = facts.watch(query.options)
            let refits = try await fitAnew(connection, watch, view, model)
            // Read and worked out while the watch follows the ledger.
            async let surroundings = RecommendationSurroundings(
                connection,
                of: facts,
                watch,
                hasShadows: query.hasShadows
            )
            var inputs = facts.inputs(watch, hasShadows: query.hasShadows)
            inputs.beforeRestatements = before
            inputs.retrained = RetrainedShadow(
                refits.weeks,
                task: view.task,
                buckets: view.buckets,
                errorShare: watch.errorShare
            )
            var builder = RecommendationBuilder(inputs)
            builder.advance(to: view.present)
            let beside = try await surroundings
            builder.now = beside.now
            builder.traffic = beside.traffic
            builder.verdictWithLateRows = try await verdictWithLateRows(
                connection,
                view,
                model,
                beside.traffic
            )
            builder.slices = try await slices(
                of: builder.better(asOf: view.present),
                facts,
                connection
            )
            var recommendation = builder.recommendation(asOf: view.present)
            recommendation.championAssumedSince = assumedSince(view)
            recommendation.contradictions = beside.contradictions
            recommendation.forgotten = beside.forgotten
            recommendation.replay = view.replay
            let answer = RecommendationAnswer(
                recommendation: recommendation,
                ledger: beside.ledger,
                histories: builder.histories,
                retrained: builder.inputs.retrained?.blocks ?? []
            )
            return (answer, refits.made)
        }
        try await KeepRefits.keep(made, of: task, pool)
        return answer
    }

    /// What the model would have lost if it were fitted anew every week.
    private func fitAnew(
        _ connection: PostgresConnection,
        _ watch: RetrainingMonitor.Inputs,
        _ view: TaskView,
        _ model: Name
    ) async throws -> (weeks: [Refits.Week], made: [RefitMark: JudgedRefit]) {
        guard let days = watch.days.last?.days, !days.isEmpty,
            let number = view.dictionary.model(named: model)
        else { return ([], [:]) }
        return try await Refits(
            try await view.facts(connection),
            view.dictionary,
            model: number,
            rowsFrom: view.released?.rowsFrom
        ).weeks(view.ledgerInForce, days: days, present: view.present)
    }

    /// What the same watch follows in the ledger as it was before each restatement, the first first.
    private func watchesBeforeRestatements(
        _ connection: PostgresConnection,
        _ view: TaskView,
        _ model: Name
    ) async throws -> [RetrainingMonitor.Inputs] {
        var watches: [RetrainingMonitor.Inputs] = []
        for (index, part) in view.ledgersBefore.enumerated() {
            var before = try await facts(connection, part, view, model).watch(query.options)
            before.errorShare = LedgerStanding.errorShare(after: index)
            watches.append(before)
        }
        return watches
    }

    /// What would be said of all that came in time; `nil` where the ledger in force has all of it.
    private func verdictWithLateRows(
        _ connection: PostgresConnection,
        _ view: TaskView,
        _ model: Name,
        _ traffic: [Name: ShadowTraffic]
    ) async throws -> RecommendationVerdict? {
        guard let part = view.ledgerWithLateRows else { return nil }
        let facts = try await facts(connection, part, view, model)
        var builder = RecommendationBuilder(
            facts.inputs(facts.watch(query.options), hasShadows: query.hasShadows)
        )
        builder.traffic = traffic
        return builder.recommendation(asOf: view.present).verdict
    }

    /// The slices of shadows, compared with the champion.
    private func slices(
        of shadows: [Name],
        _ facts: RecommendationFacts,
        _ connection: PostgresConnection
    ) async throws -> [Name: [SliceComparison]] {
        let view = facts.pairs.view
        guard !shadows.isEmpty, !view.task.sliceKeys.isEmpty else { return [:] }
        let cohorts = try await facts.pairs.cohorts(
            view.ledgerInForce,
            whole: [],
            .slices(of: Set(shadows.flatMap(view.dictionary.versions(ofModelNamed:)))),
            connection
        )
        let ledger = LedgerComparison(facts.pairs, cohorts: cohorts)
        return Dictionary(
            uniqueKeysWithValues: shadows.map { shadow in
                let builder = ledger.builder(
                    shadow: shadow,
                    metric: .loss(view.task.kind.mainLoss),
                    options: ComparisonOptions(),
                    hasSlices: true
                )
                return (shadow, SliceComparisons(builder).build())
            }
        )
    }

    private func facts(
        _ connection: PostgresConnection,
        _ part: LedgerPart,
        _ view: TaskView,
        _ model: Name
    ) async throws -> RecommendationFacts {
        try await RecommendationFacts(
            connection,
            part: part,
            view: view,
            model: model,
            hasShadows: query.hasShadows
        )
    }

    /// The most days of a walk.
    private static let longestWalk: Int64 = 40_000

    /// Since when the model is taken for the champion, where neither somebody nor the question names one.
    private func assumedSince(_ view: TaskView) -> Instant? {
        query.model == nil ? view.roles.championAssumedSince : nil
    }

    private var pairs: PairsWanted {
        query.hasShadows ? .ofChampion(named: query.model) : .none
    }

    /// What would have been said at the start of each day, one step for each change of the verdict.
    ///
    /// Settings and roles are those of today, so that all of it is a replay. `interval` has the days to ask on, up to
    /// the present.
    ///
    /// - Throws: `HarnessError.invalidSetting` for more days than anybody reads.
    package func walk(_ interval: Window) async throws -> [RecommendationStep] {
        guard interval.days <= Self.longestWalk else {
            throw HarnessError.invalidSetting(
                name: "The walk",
                value: "\(interval.days) days",
                allowed: "up to \(Self.longestWalk) days."
            )
        }
        let question = Question(pool: pool, task: task)
        return try await question.decide(pairs: pairs) { connection, view in
            let model = try view.champion(named: query.model)
            let facts = try await facts(connection, view.ledgerInForce, view, model)
            var builder = RecommendationBuilder(
                facts.inputs(facts.watch(query.options), hasShadows: query.hasShadows)
            )
            if query.hasShadows {
                builder.traffic = try await CurrentCells(
                    connection,
                    of: facts.pairs,
                    trafficSince: .distantPast
                ).traffic
            }
            var steps: [RecommendationStep] = []
            for instant in days(interval, view) {
                try Task.checkCancellation()
                var recommendation = builder.recommendation(asOf: instant)
                recommendation.championAssumedSince = assumedSince(view)
                recommendation.replay = Replay(settings: view.settings)
                if let last = steps.last?.recommendation, last.verdict == recommendation.verdict,
                    last.shadow == recommendation.shadow
                {
                    steps[steps.count - 1].days += 1
                } else {
                    steps.append(RecommendationStep(recommendation: recommendation, days: 1))
                }
            }
            return steps
        }
    }

    private func days(_ interval: Window, _ view: TaskView) -> [Instant] {
        let first = view.buckets.localDay(of: interval.lowerBound)
        let last = view.buckets.localDay(of: min(interval.upperBound, view.present))
        guard first <= last else { return [] }
        return (first...last).map { Instant(seconds: view.buckets.startOfDay($0)) }
            .filter { interval.contains($0) && $0 <= view.present }
    }
}
