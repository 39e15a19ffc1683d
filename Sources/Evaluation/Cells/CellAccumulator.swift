/// A standing prediction: what cells need of it.
package struct CountedPrediction: Sendable {
    package var predictedAt: Instant
    package var modelVersion: Int32
    package var sliceSet: Int32
    package var score: Double

    package init(predictedAt: Instant, modelVersion: Int32, sliceSet: Int32, score: Double) {
        self.predictedAt = predictedAt
        self.modelVersion = modelVersion
        self.sliceSet = sliceSet
        self.score = score
    }
}

/// Two standing predictions of the same request; the model of the first sorts first.
package struct CountedPair: Sendable {
    package var first: CountedPrediction
    package var second: CountedPrediction

    /// The one to whose time and slices the pair belongs: the earlier; at a tie, of the model whose name sorts
    /// first.
    package var anchor: CountedPrediction {
        second.predictedAt < first.predictedAt ? second : first
    }
}

/// Adds up the contributions of prediction histories to cells, with a sign: `+1` for what is now known of an
/// id, `−1` for what was known before (rule T6).
package struct CellAccumulator: Sendable {
    package let task: PredictionTask
    package let buckets: TimeBuckets
    package let layout: CellLayout
    package let asOf: Instant
    /// Which predictions count by the instant they were made; the whole of time for stored cells.
    package let window: Window
    package private(set) var cells: [CellKey: ModelCell] = [:]
    package private(set) var pairs: [PairCellKey: PairCell] = [:]
    /// Cells over all slices in whose time buckets there is a prediction, also where none stands.
    package private(set) var marked: Set<CellKey> = []
    /// Requests that were told in several ways, by time bucket.
    package private(set) var contradictions: [Int32: ContradictionCount] = [:]
    /// The names in use; may grow while contributions are added.
    package var dictionary: TaskDictionary {
        didSet {
            versionOrder = VersionOrder(dictionary)
            rank = LabelSourceRank(task: task, dictionary: dictionary)
            keeperVersions = dictionary.versions(of: pairKeepers)
        }
    }
    /// The models of which every pair with another model is summed; no other pair is.
    package var pairKeepers: Set<Int32> {
        didSet { keeperVersions = dictionary.versions(of: pairKeepers) }
    }
    private var keeperVersions: Set<Int32>
    private var versionOrder: VersionOrder
    private var rank: LabelSourceRank
    private var standing: [Int] = []
    /// The standing predictions of the request at hand.
    private var counted: [CountedPrediction] = []
    /// What each of them adds.
    private var contributions: [Contribution] = []
    /// The places in `counted` of the models that keep pairs.
    private var keepers: [Int] = []

    package init(
        task: PredictionTask,
        dictionary: TaskDictionary,
        buckets: TimeBuckets,
        pairKeepers: Set<Int32>,
        asOf: Instant = .distantFuture,
        window: Window = .always
    ) {
        self.task = task
        self.dictionary = dictionary
        self.pairKeepers = pairKeepers
        keeperVersions = dictionary.versions(of: pairKeepers)
        versionOrder = VersionOrder(dictionary)
        self.buckets = buckets
        self.asOf = asOf
        self.window = window
        layout = CellLayout(kind: task.kind)
        rank = LabelSourceRank(task: task, dictionary: dictionary)
    }

    /// Forgets all sums.
    package mutating func removeAll() {
        cells = [:]
        pairs = [:]
        marked = []
        contradictions = [:]
    }

    /// Keeps in mind that a time bucket has a prediction of a version, which may have given way to an earlier one: as
    /// of an instant before that was known, it stands.
    package mutating func mark(_ prediction: StoredPrediction) {
        let key = CellKey(
            version: prediction.modelVersion,
            slice: TaskDictionary.allSlices,
            bucket: buckets.number(of: prediction.predictedAt)
        )
        marked.insert(key)
        if cells[key] == nil { cells[key] = ModelCell(layout: layout, fine: true) }
    }

    package mutating func add(_ history: PredictionHistory, sign: Int64) {
        guard !history.predictions.isEmpty else { return }
        count(history)
        addCounted(label: history.currentLabel(asOf: asOf, rank: rank)?.value, sign)
        addContradictions(of: history, sign)
    }

    /// Adds the predictions of one request of which nothing else is known, one a model.
    package mutating func add(new predictions: [CountedPrediction]) {
        counted.removeAll(keepingCapacity: true)
        counted.append(contentsOf: predictions)
        addCounted(label: nil, 1)
    }

    /// Adds the pairs of a history alone.
    package mutating func addPairs(of history: PredictionHistory) {
        let label = history.currentLabel(asOf: asOf, rank: rank)?.value
        addPairs(of: history, label: label) { _ in }
    }

    /// Adds the pairs of a history alone, with a label that the caller has decided on.
    ///
    /// `visit` is shown each pair that is added.
    package mutating func addPairs(
        of history: PredictionHistory,
        label: Double?,
        visit: (CountedPair) -> Void
    ) {
        guard !keeperVersions.isEmpty else { return }
        count(history)
        guard counted.count > 1 else { return }
        contribute(label)
        addPairs(1, visit)
    }

    private mutating func count(_ history: PredictionHistory) {
        history.standing(asOf: asOf, into: &standing)
        counted.removeAll(keepingCapacity: true)
        for index in standing {
            let prediction = history.predictions[index]
            counted.append(
                CountedPrediction(
                    predictedAt: prediction.predictedAt,
                    modelVersion: prediction.modelVersion,
                    sliceSet: prediction.sliceSet,
                    score: history.score(prediction)
                )
            )
        }
    }

    private mutating func addCounted(label: Double?, _ sign: Int64) {
        contribute(label)
        for place in counted.indices where window.contains(counted[place].predictedAt) {
            addModel(place, sign)
        }
        if counted.count > 1 { addPairs(sign) }
    }

    private mutating func contribute(_ label: Double?) {
        contributions.removeAll(keepingCapacity: true)
        task.kind.scoring.contribute(counted, label: label, of: task, to: &contributions)
    }

    private mutating func addContradictions(of history: PredictionHistory, _ sign: Int64) {
        let count = ContradictionCount(of: history, asOf: asOf, standing: standing)
        guard !count.isZero, let first = counted.map(\.predictedAt).min(), window.contains(first)
        else { return }
        contradictions[buckets.number(of: first), default: ContradictionCount()]
            .add(count, sign: sign)
    }

    // MARK: - One prediction

    private mutating func addModel(_ place: Int, _ sign: Int64) {
        let prediction = counted[place]
        let contribution = contributions[place]
        var key = CellKey(
            version: prediction.modelVersion,
            slice: TaskDictionary.allSlices,
            bucket: buckets.number(of: prediction.predictedAt)
        )
        add(contribution, to: key, sign)
        guard !task.sliceKeys.isEmpty else { return }
        for slice in dictionary.slicesOfSet[prediction.sliceSet] ?? [] {
            key.slice = slice
            add(contribution, to: key, sign)
        }
    }

    private mutating func add(_ contribution: Contribution, to key: CellKey, _ sign: Int64) {
        let isFine = key.slice == TaskDictionary.allSlices
        cells[key, default: ModelCell(layout: layout, fine: isFine)]
            .add(contribution, isFine: isFine, sign: sign)
    }

    // MARK: - Two predictions of the same request

    /// Adds each pair that has a keeper once, in time proportional to the number of models for each keeper.
    private mutating func addPairs(
        _ sign: Int64,
        _ visit: (CountedPair) -> Void = { _ in }
    ) {
        guard !keeperVersions.isEmpty else { return }
        keepers.removeAll(keepingCapacity: true)
        for place in counted.indices where keeperVersions.contains(counted[place].modelVersion) {
            keepers.append(place)
        }
        for (number, keeper) in keepers.enumerated() {
            // The pairs of two keepers belong to the one that comes first.
            var nextKeeper = 0
            for other in counted.indices {
                if nextKeeper < keepers.count, keepers[nextKeeper] == other {
                    nextKeeper += 1
                    if nextKeeper <= number + 1 { continue }
                }
                addPair(keeper, other, sign, visit)
            }
        }
    }

    private mutating func addPair(
        _ left: Int,
        _ right: Int,
        _ sign: Int64,
        _ visit: (CountedPair) -> Void
    ) {
        var (one, two) = (left, right)
        if versionOrder.rank(counted[right].modelVersion)
            < versionOrder.rank(counted[left].modelVersion)
        {
            swap(&one, &two)
        }
        let both = CountedPair(first: counted[one], second: counted[two])
        let (first, second, anchor) = (both.first, both.second, both.anchor)
        guard window.contains(anchor.predictedAt) else { return }
        visit(both)
        let pair = PairContribution(contributions[one], contributions[two])
        let bucket = buckets.number(of: anchor.predictedAt)
        var key = PairCellKey(
            first: first.modelVersion,
            second: second.modelVersion,
            slice: TaskDictionary.allSlices,
            bucket: bucket
        )
        pairs[key, default: PairCell(layout: layout)].add(pair, sign: sign)
        guard !task.sliceKeys.isEmpty else { return }
        for slice in dictionary.slicesOfSet[anchor.sliceSet] ?? [] {
            key.slice = slice
            pairs[key, default: PairCell(layout: layout)].add(pair, sign: sign)
        }
    }
}
