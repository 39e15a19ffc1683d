/// What the cohort ledger knows of a champion and its shadows.
package struct LedgerComparison: Sendable {
    private let pairs: ChampionPairs
    private var view: TaskView { pairs.view }
    private let cohorts: [FrozenCohort]
    /// The pairs with each other model, by its number; each with the place of its cohort.
    private var pairsOfModel: [Int32: [Int: FrozenCohort]] = [:]

    /// `cohorts` come with the champion's pairs.
    package init(_ pairs: ChampionPairs, cohorts: [FrozenCohort]) {
        self.pairs = pairs
        // A model became the champion for what it had done until then, which is therefore no evidence for it.
        let since = pairs.view.championSince(pairs.champion) ?? .distantPast
        let evidence = cohorts.filter { $0.bucketStart >= since }
        self.cohorts = evidence.map {
            FrozenCohort(bucketStart: $0.bucketStart, age: $0.age, frozenAsOf: $0.frozenAsOf)
        }
        let versions = pairs.view.dictionary.versions
        let own = pairs.versions
        for (place, cohort) in evidence.enumerated() {
            let empty = self.cohorts[place]
            func model(_ pair: VersionPair) -> Int32 {
                versions[own.contains(pair.first) ? pair.second : pair.first]?.model ?? 0
            }
            for (key, cell) in cohort.pairs {
                pairsOfModel[model(key.pair), default: [:]][place, default: empty].pairs[key] = cell
            }
            for (pair, evidence) in cohort.evidence {
                pairsOfModel[model(pair), default: [:]][place, default: empty].evidence[pair] =
                    evidence
            }
            for (pair, gains) in cohort.entityGains {
                pairsOfModel[model(pair), default: [:]][place, default: empty].entityGains[pair] =
                    gains
            }
        }
    }

    /// The cohorts with the pairs of one shadow alone, from where these are known.
    private func cohorts(_ shadow: Name) -> [FrozenCohort] {
        let knownFrom = pairs.knownFrom(shadow)
        let own = view.dictionary.model(named: shadow).flatMap { pairsOfModel[$0] } ?? [:]
        return cohorts.enumerated().map { own[$0.offset] ?? $0.element }.filter {
            let day = view.buckets.localDay(of: $0.bucketStart)
            return Instant(seconds: view.buckets.startOfDay(day)) >= knownFrom
        }
    }

    /// The builder of the comparison with a shadow; `hasSlices` says whether the slices are compared as well.
    package func builder(
        shadow: Name,
        metric: ComparisonMetric,
        options: ComparisonOptions,
        hasSlices: Bool
    ) -> ComparisonBuilder {
        var builder = ComparisonBuilder(
            task: view.task,
            metric: metric,
            options: options,
            shadow: shadow
        )
        let sides = PairSides(view.dictionary, champion: pairs.champion, shadow: shadow)
        let cohorts = cohorts(shadow)
        builder.gainDays = days(cohorts, sides, slice: TaskDictionary.allSlices)
        guard hasSlices else { return builder }
        let slices = Set(cohorts.flatMap { $0.pairs.keys.map(\.slice) })
        for slice in slices where slice != TaskDictionary.allSlices {
            guard let name = view.dictionary.slices[slice] else { continue }
            builder.sliceDays[name] = days(cohorts, sides, slice: slice)
        }
        return builder
    }

    private func days(
        _ cohorts: [FrozenCohort],
        _ sides: PairSides,
        slice: Int32
    ) -> [GainDay] {
        GainDay.days(
            cohorts,
            task: view.task,
            buckets: view.buckets,
            slice: slice,
            knownBy: view.present,
            championIsFirst: sides.championIsFirst
        )
    }
}
