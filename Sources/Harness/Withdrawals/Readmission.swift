import Evaluation
import Store

/// Works out what is left of requests that have lost rows, and which repeats count now.
///
/// What is left goes through the same door as an upload: a repeat counts if it says something that no row says which is
/// left, and was told the first of those that say it.
struct Readmission {
    private let task: PredictionTask
    private let dictionary: TaskDictionary
    private let stored: Facts
    private let repeats: [PredictionKey: RepeatedRows]
    private var before: FactCursor
    private var after: FactCursor
    private var gone: FactCursor
    private var history: PredictionHistory
    private var standing: [Int] = []
    private(set) var again = Again()

    /// The rows of requests of which repeats count now, all of them.
    struct Again {
        var predictionKeys: [PredictionKey] = []
        var labelKeys: [PredictionKey] = []
        var predictions: [NewPrediction] = []
        var scores: [Double] = []
        var labels: [LabelFact] = []
        var orphans: [(label: LabelFact, predictionID: String)] = []
        /// How many more rows of predictions there are in each partition.
        var newRows: [Int32: Int64] = [:]
        var countedPredictions: [Int64] = []
        var countedLabels: [Int64] = []
        /// The repeats that still do not count, among rows that have other numbers now.
        var waitingPredictions: [RepeatStore.Place] = []
        var waitingLabels: [RepeatStore.Place] = []

        var isEmpty: Bool { predictionKeys.isEmpty && labelKeys.isEmpty }
    }

    /// `stored` is what is left, `gone` what was moved.
    init(
        task: PredictionTask,
        dictionary: TaskDictionary,
        stored: Facts,
        gone: Facts,
        repeats: [PredictionKey: RepeatedRows]
    ) {
        self.task = task
        self.dictionary = dictionary
        self.stored = stored
        self.repeats = repeats
        before = FactCursor(stored, task: task, dictionary: dictionary)
        after = before
        self.gone = FactCursor(gone, task: task, dictionary: dictionary)
        history = PredictionHistory(scoresPerPrediction: task.scoresPerPrediction)
    }

    /// Takes a request out of the cells as it was, and puts it in as it is.
    ///
    /// `key` is not before the last one.
    ///
    /// - Returns: The times of its predictions: of those that stood, and of all that it had and has.
    mutating func take(
        _ key: PredictionKey,
        into accumulator: inout CellAccumulator
    ) -> (stood: [Instant], all: [Instant]) {
        history.removeAll()
        _ = before.take(key, into: &history)
        _ = gone.take(key, into: &history)
        accumulator.add(history, sign: -1)
        history.standing(asOf: .distantFuture, into: &standing)
        let stood = standing.map { history.predictions[$0].predictedAt }
        var all = history.predictions.map(\.predictedAt)
        history.removeAll()
        let rows = after.take(key, into: &history)
        if let told = repeats[key], let facts = readmit(told, key, rows) {
            // Anew, since rows of the same time stand by their numbers.
            history.removeAll()
            var renumbered = FactCursor(facts, task: task, dictionary: dictionary)
            _ = renumbered.take(key, into: &history)
            for prediction in history.predictions { accumulator.mark(prediction) }
        }
        accumulator.add(history, sign: 1)
        all += history.predictions.map(\.predictedAt)
        return (stood, all)
    }

    /// - Returns: All rows of the request as they are from now on; `nil` where no repeat has come to count.
    private mutating func readmit(
        _ told: RepeatedRows,
        _ key: PredictionKey,
        _ rows: FactCursor.Rows
    ) -> Facts? {
        let predictions = told.predictions.filter { admit($0) }
        let labels = told.labels.filter { label in
            switch history.admit(label.revision) {
            case .accepted, .conflict, .duplicate(isStored: true): true
            case .duplicate(isStored: false), .refused: false
            }
        }
        guard !predictions.isEmpty || !labels.isEmpty else { return nil }
        var facts = Facts()
        facts.scores = stored.scores
        facts.predictions = Array(stored.predictions[rows.predictions])
        facts.labels = Array(stored.labels[rows.labels])
        if !predictions.isEmpty {
            let first = again.predictions.count
            write(told.predictions, counting: Set(predictions.map(\.id)), key, rows)
            facts.predictions = again.predictions[first...].map(\.fact)
            facts.scores = again.scores
        }
        if !labels.isEmpty {
            facts.labels = write(told.labels, counting: Set(labels.map(\.id)), key, rows)
        }
        return facts
    }

    private mutating func admit(_ told: RepeatedRows.Prediction) -> Bool {
        let fact = told.fact
        guard let version = dictionary.modelSets[fact.modelSet]?.first else { return false }
        let prediction = StoredPrediction(
            predictedAt: fact.predictedAt,
            telling: fact.telling,
            modelVersion: version,
            model: dictionary.versions[version]?.model ?? 0,
            sliceSet: fact.sliceSet,
            scoreStart: 0,
            details: fact.details
        )
        switch history.admit(prediction, scores: told.scores[...]) {
        case .accepted, .conflict, .duplicate(isStored: true): return true
        case .duplicate(isStored: false), .refused: return false
        }
    }

    // MARK: - Rows in the order of their telling

    /// A row among those of a request, or a repeat that counts now or still does not.
    private struct Told<Row> {
        var row: Row
        var telling: Telling
        /// `nil` for a row that is left.
        var repeatID: Int64?

        /// The order in which they were told: a repeat comes before the row that has its number.
        static func comesBefore(_ left: Told, _ right: Told) -> Bool {
            left.telling != right.telling
                ? left.telling < right.telling : left.repeatID != nil && right.repeatID == nil
        }
    }

    /// Numbers the rows of a request anew, and the repeats that still wait among them.
    private mutating func write(
        _ told: [RepeatedRows.Prediction],
        counting: Set<Int64>,
        _ key: PredictionKey,
        _ rows: FactCursor.Rows
    ) {
        typealias Row = (fact: PredictionFact, scores: ArraySlice<Double>)
        again.predictionKeys.append(key)
        again.countedPredictions += counting
        var all = stored.predictions[rows.predictions].map { fact -> Told<Row> in
            let count = (dictionary.modelSets[fact.modelSet]?.count ?? 0) * task.scoresPerPrediction
            let scores = stored.scores[fact.scoreStart..<fact.scoreStart + count]
            return Told(row: (fact, scores), telling: fact.telling)
        }
        all += told.map {
            Told(row: ($0.fact, $0.scores[...]), telling: $0.fact.telling, repeatID: $0.id)
        }
        // Sorting is stable: repeats stay in the order in which they were told.
        all.sort(by: Told.comesBefore)
        var copies = CopyCounter()
        copies.begin([])
        for one in all {
            var fact = one.row.fact
            if let id = one.repeatID {
                guard counting.contains(id) else {
                    let place = copies.upcoming(part: fact.part)
                    again.waitingPredictions.append(RepeatStore.Place(id: id, number: place))
                    continue
                }
                again.newRows[fact.part, default: 0] += 1
            }
            fact.telling.place = copies.next(part: fact.part)
            fact.scoreStart = again.scores.count
            again.scores += one.row.scores
            again.predictions.append(
                NewPrediction(
                    fact: fact,
                    scoreCount: one.row.scores.count,
                    predictionID: told[0].predictionID
                )
            )
        }
    }

    private mutating func write(
        _ told: [RepeatedRows.Label],
        counting: Set<Int64>,
        _ key: PredictionKey,
        _ rows: FactCursor.Rows
    ) -> [LabelFact] {
        again.labelKeys.append(key)
        again.countedLabels += counting
        let left = stored.labels[rows.labels]
        let part = left.lazy.compactMap(\.part).first ?? partOfPredictions(key, rows)
        var all = left.map { Told(row: $0, telling: $0.revision.telling) }
        all += told.map {
            Told(
                row: LabelFact(key: key, revision: $0.revision, part: part),
                telling: $0.revision.telling,
                repeatID: $0.id
            )
        }
        all.sort(by: Told.comesBefore)
        var labels: [LabelFact] = []
        for one in all {
            let number = Int32(labels.count) + 1
            if let id = one.repeatID, !counting.contains(id) {
                again.waitingLabels.append(RepeatStore.Place(id: id, number: number))
                continue
            }
            var label = one.row
            label.revision.telling.place = number
            labels.append(label)
        }
        again.labels += labels.filter { $0.part != nil }
        again.orphans += labels.filter { $0.part == nil }.map { ($0, told[0].predictionID) }
        return labels
    }

    private func partOfPredictions(_ key: PredictionKey, _ rows: FactCursor.Rows) -> Int32? {
        stored.predictions[rows.predictions].first?.part ?? gone.part(of: key)
    }
}
