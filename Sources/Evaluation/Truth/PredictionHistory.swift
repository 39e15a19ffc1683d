/// One model's prediction for a prediction id, as some upload told it.
package struct StoredPrediction: Sendable, Equatable {
    package var predictedAt: Instant
    package var telling: Telling
    package var modelVersion: Int32
    package var model: Int32
    package var sliceSet: Int32
    /// Where this prediction's scores start in `PredictionHistory.scores`.
    package var scoreStart: Int32
    /// What the row says beyond its score; compared as text.
    package var details: String

    package init(
        predictedAt: Instant,
        telling: Telling,
        modelVersion: Int32,
        model: Int32,
        sliceSet: Int32,
        scoreStart: Int32,
        details: String
    ) {
        self.predictedAt = predictedAt
        self.telling = telling
        self.modelVersion = modelVersion
        self.model = model
        self.sliceSet = sliceSet
        self.scoreStart = scoreStart
        self.details = details
    }
}

extension StoredPrediction {
    package var knownAt: Instant { telling.knownAt }

    func stands(before rival: StoredPrediction) -> Bool {
        predictedAt != rival.predictedAt
            ? predictedAt < rival.predictedAt : telling < rival.telling
    }

    /// Whether two rows say the same beside their scores, whenever each of them was learned.
    func saysTheSame(as other: StoredPrediction) -> Bool {
        predictedAt == other.predictedAt && modelVersion == other.modelVersion
            && sliceSet == other.sliceSet && details.utf8.elementsEqual(other.details.utf8)
    }
}

/// One revision of a label.
package struct LabelRevision: Sendable, Equatable {
    package var observedAt: Instant
    package var telling: Telling
    /// `nil` withdraws.
    package var value: Double?
    package var source: Int32

    package init(observedAt: Instant, telling: Telling, value: Double?, source: Int32) {
        self.observedAt = observedAt
        self.telling = telling
        self.value = value
        self.source = source
    }

    package var knownAt: Instant { telling.knownAt }

    /// Whether two revisions say the same thing, whenever each of them was learned.
    package func saysTheSame(as other: LabelRevision) -> Bool {
        observedAt == other.observedAt && value == other.value && source == other.source
    }
}

/// What a row that is new to a history does to it.
package enum Admission: Sendable, Equatable {
    /// Nothing like it was there.
    case accepted
    /// The same content was there; `isStored` where this row says that it was known earlier than we thought.
    case duplicate(isStored: Bool)
    /// Something else was there that cannot be true as well; both are kept. Of a prediction, other content of its
    /// (prediction id, model); of a label, another value of its source at its time.
    ///
    /// `with` is the upload of what stood until then.
    case conflict(with: Int64)
    /// The history is full; the row is not kept.
    case refused
}

/// Everything known about one prediction id: all its predictions and all revisions of its label.
///
/// What counts (the standing prediction of each model, the current label) is a pure function of this set: of what was
/// told, and of the order of the tellings where two say different things of the same time (rules T1 to T3).
package struct PredictionHistory: Sendable {
    package private(set) var predictions: [StoredPrediction] = []
    package private(set) var labels: [LabelRevision] = []
    /// The scores of all predictions, `scoresPerPrediction` each.
    package private(set) var scores: [Double] = []
    package let scoresPerPrediction: Int
    /// Stands for the prediction id, so that a request without an entity is one of its own.
    package var requestNumber: UInt64 = 0
    private var predictionIndex = ContentIndex<PredictionContent>()
    private var labelIndex = ContentIndex<LabelContent>()
    /// What each model has; filled along with `predictionIndex`.
    private var models: [Int32: ModelRows] = [:]

    /// How many of the predictions are of a model, and the place of the one that stands.
    private struct ModelRows {
        var count: Int
        var standing: Int
    }

    /// The most rows that an id may hold of one model, and the most revisions of its label.
    ///
    /// Rows of one id and model are all read and weighed whenever another one comes. Nobody tells one prediction
    /// a thousand times on purpose; a column that is no id, such as a constant, does.
    package static let rowLimit = 1_000

    package init(scoresPerPrediction: Int) {
        self.scoresPerPrediction = scoresPerPrediction
    }

    package var isEmpty: Bool { predictions.isEmpty && labels.isEmpty }

    package mutating func removeAll() {
        predictions.removeAll(keepingCapacity: true)
        labels.removeAll(keepingCapacity: true)
        scores.removeAll(keepingCapacity: true)
        predictionIndex.removeAll()
        labelIndex.removeAll()
        models.removeAll()
    }

    // MARK: - Learning

    /// Adds a prediction that is already stored.
    package mutating func restore(_ prediction: StoredPrediction, scores new: ArraySlice<Double>) {
        var prediction = prediction
        prediction.scoreStart = Int32(scores.count)
        scores.append(contentsOf: new)
        predictions.append(prediction)
    }

    /// Adds a revision that is already stored.
    package mutating func restore(_ revision: LabelRevision) {
        labels.append(revision)
        if labels.count >= ContentIndex<LabelContent>.scanned { indexLabels() }
    }

    /// Takes in a prediction that has just been received (rule T1).
    ///
    /// Whether it is refused depends on what is known of its model and on the row alone.
    package mutating func admit(
        _ prediction: StoredPrediction,
        scores new: ArraySlice<Double>
    ) -> Admission {
        let (told, rows) =
            predictions.count < ContentIndex<PredictionContent>.scanned
            ? scan(for: prediction, new) : lookUp(prediction, new)
        if let told, told <= prediction.knownAt { return .duplicate(isStored: false) }
        guard rows?.count ?? 0 < Self.rowLimit else { return .refused }
        restore(prediction, scores: new)
        if told != nil { return .duplicate(isStored: true) }
        return rows.map { .conflict(with: predictions[$0.standing].telling.uploadID) } ?? .accepted
    }

    /// Takes in a label revision that has just been received (rules T1 and T2).
    ///
    /// Whether it is refused depends on the revisions that are known and on the row alone.
    package mutating func admit(_ revision: LabelRevision) -> Admission {
        let told = firstTold(revision)
        if let told, told <= revision.knownAt { return .duplicate(isStored: false) }
        guard labels.count < Self.rowLimit else { return .refused }
        let rival = told == nil ? lastTold(against: revision) : nil
        restore(revision)
        if told != nil { return .duplicate(isStored: true) }
        return rival.map { .conflict(with: $0.telling.uploadID) } ?? .accepted
    }

    /// When the content of a row was first known, if it was; and what its model has, if anything.
    private func scan(
        for prediction: StoredPrediction,
        _ new: ArraySlice<Double>
    ) -> (told: Instant?, rows: ModelRows?) {
        var told: Instant?
        var rows: ModelRows?
        for (place, known) in predictions.enumerated() where known.model == prediction.model {
            note(place, in: &rows)
            guard known.saysTheSame(as: prediction), scoresEqual(known, new) else { continue }
            told = min(told ?? known.knownAt, known.knownAt)
        }
        return (told, rows)
    }

    /// The same for a long history, from its index.
    private mutating func lookUp(
        _ prediction: StoredPrediction,
        _ new: ArraySlice<Double>
    ) -> (told: Instant?, rows: ModelRows?) {
        for place in predictionIndex.count..<predictions.count {
            let known = predictions[place]
            let content = PredictionContent(known, scores: scores(known))
            predictionIndex.insert(content, knownAt: known.knownAt)
            note(place, in: &models[known.model])
        }
        let content = PredictionContent(prediction, scores: new)
        return (predictionIndex.firstTold(content), models[prediction.model])
    }

    private func note(_ place: Int, in rows: inout ModelRows?) {
        guard let known = rows else {
            rows = ModelRows(count: 1, standing: place)
            return
        }
        let isBetter = predictions[place].stands(before: predictions[known.standing])
        rows = ModelRows(count: known.count + 1, standing: isBetter ? place : known.standing)
    }

    private mutating func indexLabels() {
        for known in labels[labelIndex.count...] {
            labelIndex.insert(LabelContent(known), knownAt: known.knownAt)
        }
    }

    /// When what a revision says was first known.
    private func firstTold(_ revision: LabelRevision) -> Instant? {
        guard labelIndex.count == 0 else { return labelIndex.firstTold(LabelContent(revision)) }
        return labels.lazy.filter { $0.saysTheSame(as: revision) }.map(\.knownAt).min()
    }

    // MARK: - What counts

    /// Whether labels were told that say different things; the same one told again revises nothing.
    package var isLabelRevised: Bool {
        guard let first = labels.first else { return false }
        return labels.contains { !$0.saysTheSame(as: first) }
    }

    package func score(_ prediction: StoredPrediction) -> Double {
        scores[Int(prediction.scoreStart)]
    }

    package func scores(_ prediction: StoredPrediction) -> ArraySlice<Double> {
        let start = Int(prediction.scoreStart)
        return scores[start..<start + scoresPerPrediction]
    }

    /// The current label: the newest `observedAt`; at a tie the source that ranks higher; then the one that was told
    /// last (rule T2).
    ///
    /// A revision that was sent again counts from the first time that it became known. What became known after `asOf`
    /// is not seen.
    ///
    /// - Returns: `nil` without a label, and where the current revision withdraws it.
    package func currentLabel(asOf: Instant, rank: LabelSourceRank) -> LabelRevision? {
        guard let current = currentRevision(asOf: asOf, rank: rank), current.value != nil else {
            return nil
        }
        return current
    }

    /// The revision that decides, also where it withdraws the label.
    package func currentRevision(asOf: Instant, rank: LabelSourceRank) -> LabelRevision? {
        var current: LabelRevision?
        for revision in labels where revision.knownAt <= asOf && isFirstTelling(revision) {
            if let best = current, !takesPrecedence(revision, over: best, rank: rank) { continue }
            current = revision
        }
        return current
    }

    /// The indices of the standing predictions, one a model: the earliest `predictedAt`, at a tie the one that was
    /// told first (rule T1).
    package func standing(asOf: Instant, into standing: inout [Int]) {
        standing.removeAll(keepingCapacity: true)
        // Few models are found by looking at all of them; the places of many are noted.
        var places: [Int32: Int] = [:]
        for index in predictions.indices where predictions[index].knownAt <= asOf {
            let candidate = predictions[index]
            let rival =
                places.isEmpty
                ? standing.firstIndex { predictions[$0].model == candidate.model }
                : places[candidate.model]
            if let rival {
                if candidate.stands(before: predictions[standing[rival]]) {
                    standing[rival] = index
                }
                continue
            }
            standing.append(index)
            if !places.isEmpty {
                places[candidate.model] = standing.count - 1
            } else if standing.count == Self.scannedModels {
                for (place, index) in standing.enumerated() {
                    places[predictions[index].model] = place
                }
            }
        }
    }

    /// Models among which one is looked for one by one.
    private static let scannedModels = 8

    func isFirstTelling(_ revision: LabelRevision) -> Bool {
        firstTold(revision) == revision.knownAt
    }

    private func takesPrecedence(
        _ revision: LabelRevision,
        over best: LabelRevision,
        rank: LabelSourceRank
    ) -> Bool {
        if revision.observedAt != best.observedAt { return revision.observedAt > best.observedAt }
        let (ours, theirs) = (rank[revision.source], rank[best.source])
        if ours != theirs { return ours < theirs }
        return revision.telling > best.telling
    }

    func scoresEqual(_ known: StoredPrediction, _ new: ArraySlice<Double>) -> Bool {
        let start = Int(known.scoreStart)
        for offset in 0..<scoresPerPrediction
        where scores[start + offset] != new[new.startIndex + offset] {
            return false
        }
        return true
    }
}

/// How a task ranks its label sources: 0 is the most trusted.
package struct LabelSourceRank: Sendable {
    private let ranks: [Int32: Int]

    package init(task: PredictionTask, dictionary: TaskDictionary) {
        var ranks: [Int32: Int] = [:]
        for (source, name) in dictionary.sources {
            ranks[source] = task.labelSources.firstIndex(of: name)
        }
        self.ranks = ranks
    }

    package subscript(source: Int32) -> Int {
        ranks[source] ?? Int.max
    }
}
