/// What a recommendation is concluded from, as the ledger has it.
package struct RecommendationFacts: Sendable {
    /// The pairs of the model, which need not be the champion.
    package let pairs: ChampionPairs
    var view: TaskView { pairs.view }
    private var model: Name { pairs.champion }
    /// In the order of their names.
    private let versions: [Int32]
    /// The frozen cohorts by the present, with the model's pairs where shadows are compared.
    package var cohorts: [FrozenCohort] = []
    /// Of all models.
    package var acknowledgements: [Acknowledgement] = []
    /// The time buckets of the baseline file, where the baseline is one.
    package var baselineFile: [(start: Instant, cell: CohortCell)] = []

    package init(_ pairs: ChampionPairs) {
        self.pairs = pairs
        versions = pairs.view.dictionary.versions(ofModelNamed: pairs.champion)
    }

    /// What the watch over the model follows.
    package func watch(_ options: RetrainingOptions) -> RetrainingMonitor.Inputs {
        var monitor = RetrainingMonitor.Inputs(task: view.task)
        monitor.options = options
        monitor.days = view.task.cohortAges.map { ($0, days(cohorts, age: $0)) }
        monitor.championSince = view.championSince(model)
        monitor.acknowledgements = acknowledgements.filter { $0.model == model }
        monitor.baselineFile = baselineFile.map(baselineDay)
        monitor.slices = watchedSlices
        monitor.errorShare = view.ledger?.errorShare ?? 1
        return monitor
    }

    /// What a recommendation is concluded from; `hasShadows` says whether shadows are compared.
    package func inputs(
        _ watch: RetrainingMonitor.Inputs,
        hasShadows: Bool
    ) -> RecommendationBuilder.Inputs {
        var inputs = RecommendationBuilder.Inputs(monitor: watch, model: model)
        inputs.ledger = view.summary(of: cohorts)
        guard hasShadows, let metric = ComparisonMetric.all(for: view.task.kind).first else {
            return inputs
        }
        let ledger = LedgerComparison(pairs, cohorts: cohorts)
        let shadows = view.shadows(of: model)
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

    /// Those of the keys that the task has now.
    private var watchedSlices: [Int32: Slice] {
        view.dictionary.slices.filter { view.task.sliceKeys.contains($0.value.key) }
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

    // MARK: - From the cells of the present

    /// The shadows that get no traffic while the champion answers, in sentences.
    ///
    /// `seen` is the last time bucket in which each predicted.
    package func silentShadows(
        _ cells: [CellKey: ModelCell],
        seen: [Name: Int32]
    ) -> [String] {
        var health = ShadowHealthBuilder(
            task: view.task,
            buckets: view.buckets,
            present: view.present
        )
        health.champion = view.byBucket(cells, of: model)
        return view.shadows(of: model).compactMap { shadow in
            health.silentSince(seen[shadow]).map {
                ShadowHealthBuilder.silence(of: shadow, since: $0)
            }
        }
    }

    /// The model's matured days with all corrections and late labels.
    package func restated(_ cells: [CellKey: ModelCell]) -> [EvidenceDay] {
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
