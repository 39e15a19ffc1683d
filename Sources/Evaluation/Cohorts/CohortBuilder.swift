/// Builds cohorts as of the moment they reached an age, from everything that is known of each prediction id.
///
/// A cohort is a pure function of what had become known by then, so it comes out the same whenever it is
/// built.
package struct CohortBuilder: Sendable {
    private var open: [CohortKey: OpenCohort] = [:]
    private let ages: [Int64]
    private let context: Context

    package var task: PredictionTask { context.task }

    /// `wanted` are the cohorts to build, `pairKeepers` the models of which the pairs with all others are built.
    package init(
        task: PredictionTask,
        dictionary: TaskDictionary,
        buckets: TimeBuckets,
        wanted: Set<CohortKey>,
        pairKeepers: Set<Int32>
    ) {
        context = Context(
            task: task,
            dictionary: dictionary,
            buckets: buckets,
            pairKeepers: pairKeepers,
            rank: LabelSourceRank(task: task, dictionary: dictionary),
            grid: LossGrid(kind: task.kind)
        )
        ages = Set(wanted.map(\.age)).sorted()
        for key in wanted { open[key] = OpenCohort(key, context) }
    }

    /// The instant at which the last label of a time bucket is due.
    package static func maturity(
        of number: Int32,
        _ task: PredictionTask,
        _ buckets: TimeBuckets
    ) -> Instant {
        CohortKey(bucket: number, age: task.horizonSeconds).instant(in: buckets)
    }

    /// The cohorts built so far, in event order.
    package var built: [FrozenCohort] {
        open.values.map(\.frozen).sorted {
            ($0.bucketStart, $0.age) < ($1.bucketStart, $1.age)
        }
    }

    package mutating func add(_ history: PredictionHistory) {
        var numbers: Set<Int32> = []
        for prediction in history.predictions {
            numbers.insert(context.buckets.number(of: prediction.predictedAt))
        }
        for number in numbers {
            for age in ages {
                open[CohortKey(bucket: number, age: age)]?.add(history, context)
            }
        }
    }

    fileprivate struct Context: Sendable {
        let task: PredictionTask
        let dictionary: TaskDictionary
        let buckets: TimeBuckets
        let pairKeepers: Set<Int32>
        let rank: LabelSourceRank
        let grid: LossGrid
    }
}

/// A cohort that is being built.
private struct OpenCohort: Sendable {
    private let key: CohortKey
    private var cohort: FrozenCohort
    /// The pairs; `nil` for young cohorts, which are not compared.
    private var pairs: CellAccumulator?
    private var scores: [VersionPair: [(first: Double, second: Double, isPositive: Bool)]] = [:]
    private var standing: [Int] = []
    /// Whether a labelled request names its entity; else each is its own, and the day tells as much.
    private var namesEntities = false
    /// Of the full age, labelled rows by version and slice.
    private var sliceRows: [Int32: [Int32: [SliceEvidence.Row]]] = [:]
    private let areClasses: Bool

    init(_ key: CohortKey, _ context: CohortBuilder.Context) {
        self.key = key
        let start = context.buckets.start(ofNumber: key.bucket)
        let asOf = key.instant(in: context.buckets)
        cohort = FrozenCohort(bucketStart: start, age: key.age, frozenAsOf: asOf)
        areClasses = context.task.kind.has(.areas)
        guard key.age == context.task.horizonSeconds else { return }
        pairs = CellAccumulator(
            task: context.task,
            dictionary: context.dictionary,
            buckets: context.buckets,
            pairKeepers: context.pairKeepers,
            asOf: asOf,
            window: context.buckets.window(ofNumber: key.bucket)
        )
    }

    var frozen: FrozenCohort {
        var cohort = cohort
        for version in cohort.cells.keys {
            cohort.cells[version]?.labels.compact()
            if !namesEntities { cohort.cells[version]?.entities = .losses }
        }
        if !namesEntities { cohort.entityGains = [:] }
        for (version, slices) in sliceRows {
            cohort.cells[version]?.slices = slices.mapValues {
                SliceEvidence($0, areClasses: areClasses)
            }
        }
        for (key, cell) in pairs?.pairs ?? [:] {
            let pair = VersionPair(first: key.first, second: key.second)
            cohort.pairs[FrozenCohort.SlicedPair(pair: pair, slice: key.slice)] = cell
        }
        for (pair, scores) in scores {
            cohort.evidence[pair, default: GainEvidence()].addRanks(scores)
        }
        return cohort
    }

    mutating func add(_ history: PredictionHistory, _ context: CohortBuilder.Context) {
        history.standing(asOf: cohort.frozenAsOf, into: &standing)
        let known = history.currentLabel(asOf: cohort.frozenAsOf, rank: context.rank)?.value
        let label = known ?? context.task.silentLabel
        let group = label == nil ? nil : entityGroup(of: history)
        for index in standing {
            let prediction = history.predictions[index]
            guard context.buckets.number(of: prediction.predictedAt) == key.bucket else { continue }
            let score = history.score(prediction)
            count(score, of: prediction.modelVersion, label, group, context)
            if let label { countSlices(of: prediction, score, label, context) }
        }
        guard pairs != nil, standing.count > 1 else { return }
        compare(history, label, group, context)
    }

    /// The group of a request's entity, and whether any request names one.
    private mutating func entityGroup(of history: PredictionHistory) -> Int {
        let entity = history.entity(standing: standing)
        if entity != nil { namesEntities = true }
        return EntityGroup.of(name: entity?[...], request: history.requestNumber)
    }

    private mutating func count(
        _ score: Double,
        of version: Int32,
        _ label: Double?,
        _ group: Int?,
        _ context: CohortBuilder.Context
    ) {
        let task = context.task
        var cell = cohort.cells.removeValue(forKey: version) ?? CohortCell(kind: task.kind)
        if let label {
            let loss = task.cohortLoss(score, label: label)
            cell.add(loss: loss, grid: context.grid)
            if let group { cell.add(loss: loss, entityGroup: group) }
            if pairs != nil, task.kind.has(.calibration) {
                cell.add(score: score, isPositive: task.isPositive(label))
            }
            if pairs != nil, !task.kind.has(.classes) {
                cell.labels.add(label: label, loss: loss)
            }
        } else {
            cell.addUnlabelled()
        }
        cohort.cells[version] = cell
    }

    private mutating func countSlices(
        of prediction: StoredPrediction,
        _ score: Double,
        _ label: Double,
        _ context: CohortBuilder.Context
    ) {
        let task = context.task
        guard pairs != nil, !task.sliceKeys.isEmpty else { return }
        let row = SliceEvidence.Row(
            score: score,
            outcome: task.kind.scoring.outcome(label, of: task),
            loss: task.cohortLoss(score, label: label)
        )
        for slice in context.dictionary.slicesOfSet[prediction.sliceSet] ?? [] {
            sliceRows[prediction.modelVersion, default: [:]][slice, default: []].append(row)
        }
    }

    private mutating func compare(
        _ history: PredictionHistory,
        _ label: Double?,
        _ group: Int?,
        _ context: CohortBuilder.Context
    ) {
        let task = context.task
        var compared: [CountedPair] = []
        pairs?.addPairs(of: history, label: label) { compared.append($0) }
        guard let label else { return }
        for both in compared {
            if let group { addGains(of: both, label, group, context) }
            let pair = VersionPair(both)
            let (first, second) = (both.first.score, both.second.score)
            task.kind.scoring.addEvidence(
                first: first,
                second: second,
                label: label,
                of: task,
                to: &cohort.evidence[pair, default: GainEvidence()]
            )
            if task.kind.has(.areas) {
                scores[pair, default: []].append((first, second, task.isPositive(label)))
            }
        }
    }

    private mutating func addGains(
        of pair: CountedPair,
        _ label: Double,
        _ group: Int,
        _ context: CohortBuilder.Context
    ) {
        let kind = context.task.kind
        let gains = kind.scoring.gains(
            first: pair.first.score,
            second: pair.second.score,
            label: label,
            of: context.task
        )
        cohort.entityGains[VersionPair(pair), default: .gains(of: kind.losses)]
            .add(gains, group: group)
    }
}
