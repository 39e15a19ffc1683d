import Evaluation
import Postgres
import Store

/// Reads what a recommendation is concluded from.
struct RecommendationFacts {
    private let connection: PostgresConnection
    private let view: TaskView
    private let model: Name
    private let versions: Set<Int32>

    init(_ connection: PostgresConnection, view: TaskView, model: Name) {
        self.connection = connection
        self.view = view
        self.model = model
        versions = Set(view.dictionary.versions(ofModelNamed: model))
    }

    /// What a recommendation is concluded from; `hasShadows` says whether shadows are compared.
    func inputs(
        options: RetrainingOptions,
        hasShadows: Bool
    ) async throws -> RecommendationBuilder.Inputs {
        let store = CohortStore(connection, task: view.task)
        let pairs = try await ChampionPairs(connection, view: view, champion: model)
        let cohorts =
            hasShadows
            ? try await pairs.cohorts(connection)
            : try await store.cohorts(frozenBy: view.present)
        var monitor = RetrainingMonitor.Inputs(task: view.task)
        monitor.options = options
        monitor.days = view.task.cohortAges.map { ($0, days(cohorts, age: $0)) }
        monitor.championSince = view.championSince(model)
        monitor.acknowledgements = try await AcknowledgementStore(connection)
            .all(of: view.task, asOf: view.present)
            .filter { $0.model == model }
        if view.task.baseline == .file {
            monitor.baselineFile = try await store.baseline(version: view.task.baselineVersion)
                .map(baselineDay)
        }
        var inputs = RecommendationBuilder.Inputs(monitor: monitor, model: model)
        guard hasShadows, let metric = ComparisonMetric.all(for: view.task.kind).first else {
            return inputs
        }
        let ledger = LedgerComparison(pairs, cohorts: cohorts)
        let shadows = view.shadows(of: model)
        inputs.family = shadows.count
        inputs.shadows = shadows.map {
            ledger.builder(
                shadow: $0,
                metric: metric,
                options: ComparisonOptions(),
                hasSlices: false
            )
        }
        return inputs
    }

    private func days(_ cohorts: [FrozenCohort], age: Int64) -> [EvidenceDay] {
        EvidenceDay.days(
            cohorts,
            age: age,
            versions: versions,
            task: view.task,
            buckets: view.buckets
        )
    }

    private func baselineDay(_ start: Instant, _ cell: CohortCell) -> EvidenceDay {
        let end = view.buckets.end(ofNumber: view.buckets.number(of: start))
        return EvidenceDay(start: start, end: end, knownAt: end, cell: cell)
    }

    // MARK: - As it is known by now

    /// What is known by now.
    struct Current {
        /// Over all slices.
        var cells: [CellKey: ModelCell]
        var contradictory: ContradictionCount
        /// Requests that are missing in the cells.
        var forgotten: Int64 = 0
    }

    /// As it is stored, or from the rows for a question about the past.
    func current() async throws -> Current {
        guard view.asOf != nil else {
            let store = CellStore(connection, task: view.task, buckets: view.buckets)
            return Current(
                cells: try await store.cells(slice: TaskDictionary.allSlices, starting: .always),
                contradictory: try await store.contradictions(starting: .always).values.total
            )
        }
        let recomputed = try await RecomputedCells(
            connection,
            view: view,
            interval: .always,
            slice: TaskDictionary.allSlices
        )
        return Current(
            cells: recomputed.cells,
            contradictory: recomputed.contradictions,
            forgotten: recomputed.forgotten.total
        )
    }

    /// The shadows that get no traffic while the champion answers, in sentences.
    func silentShadows(_ cells: [CellKey: ModelCell]) -> [String] {
        view.shadows(of: model).compactMap { shadow in
            var health = ShadowHealthBuilder(
                task: view.task,
                buckets: view.buckets,
                present: view.present
            )
            health.champion = view.byBucket(cells, of: model)
            health.shadow = view.byBucket(cells, of: shadow)
            return health.silentSince.map { ShadowHealthBuilder.silence(of: shadow, since: $0) }
        }
    }

    /// The model's matured days with all corrections and late labels.
    func restated(_ cells: [CellKey: ModelCell]) -> [EvidenceDay] {
        let cells = cells.filter { versions.contains($0.key.version) }
        var cohorts: [Int32: FrozenCohort] = [:]
        for (key, cell) in cells {
            let cohortKey = CohortKey(bucket: key.bucket, age: view.task.horizonSeconds)
            let asOf = cohortKey.instant(in: view.buckets)
            guard asOf <= view.present else { continue }
            cohorts[
                key.bucket,
                default: FrozenCohort(
                    bucketStart: view.buckets.start(ofNumber: key.bucket),
                    age: cohortKey.age,
                    frozenAsOf: asOf
                )
            ].cells[key.version] = CohortCell(restating: cell, of: view.task)
        }
        return days(
            cohorts.values.sorted { $0.bucketStart < $1.bucketStart },
            age: view.task.horizonSeconds
        )
    }
}
