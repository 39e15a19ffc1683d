import Evaluation
import Store

/// What the cohort ledger knows of a champion and its shadows.
struct LedgerComparison {
    private let view: TaskView
    private let champion: Name
    private let cohorts: [FrozenCohort]

    /// * `cohorts`: With their pairs.
    init(_ view: TaskView, champion: Name, cohorts: [FrozenCohort]) {
        self.view = view
        self.champion = champion
        // A model became the champion for what it had done until then, which is therefore no evidence for it.
        let since = view.championSince(champion) ?? .distantPast
        self.cohorts = cohorts.filter { $0.bucketStart >= since }
    }

    /// * `hasSlices`: Whether the slices are compared as well.
    func builder(
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
        let sides = PairSides(view.dictionary, champion: champion, shadow: shadow)
        builder.gainDays = days(sides, slice: TaskDictionary.allSlices)
        guard hasSlices else { return builder }
        let slices = Set(cohorts.flatMap { $0.pairs.keys.map(\.slice) })
        for slice in slices where slice != TaskDictionary.allSlices {
            guard let name = view.dictionary.slices[slice] else { continue }
            let label = ComparisonBuilder.SliceLabel(key: name.key, value: name.value)
            builder.sliceDays[label] = days(sides, slice: slice)
        }
        return builder
    }

    private func days(_ sides: PairSides, slice: Int32) -> [GainDay] {
        GainDay.days(
            cohorts,
            task: view.task,
            buckets: view.buckets,
            slice: slice,
            knownBy: view.present
        ) { sides.championIsFirst($0.first, $0.second) }
    }
}

/// Which side of a pair of versions the champion is.
struct PairSides {
    private let championVersions: Set<Int32>
    private let shadowVersions: Set<Int32>

    init(_ dictionary: TaskDictionary, champion: Name, shadow: Name) {
        championVersions = Set(dictionary.versions(ofModelNamed: champion))
        shadowVersions = Set(dictionary.versions(ofModelNamed: shadow))
    }

    /// `nil` for a pair of other models.
    func championIsFirst(_ first: Int32, _ second: Int32) -> Bool? {
        if championVersions.contains(first), shadowVersions.contains(second) { return true }
        return shadowVersions.contains(first) && championVersions.contains(second) ? false : nil
    }
}

extension TaskView {
    /// When a model took over as champion; `nil` where it is not the champion, or always was.
    func championSince(_ model: Name) -> Instant? {
        roles.champion == model ? roles.championSince : nil
    }

    /// The shadows of a champion, in the order of their bytes.
    func shadows(of champion: Name) -> [Name] {
        models.filter { $0 != champion && roles[$0] == .shadow }.sorted()
    }

    /// The cells of a model, all its versions together, by time bucket.
    func byBucket(_ cells: [CellKey: ModelCell], of model: Name) -> [Int32: ModelCell] {
        let versions = Set(dictionary.versions(ofModelNamed: model))
        let layout = CellLayout(kind: task.kind)
        var buckets: [Int32: ModelCell] = [:]
        for (key, cell) in cells where versions.contains(key.version) {
            buckets[key.bucket, default: ModelCell(layout: layout, fine: true)].add(cell)
        }
        return buckets
    }
}
