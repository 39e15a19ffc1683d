import Evaluation
import Ingest
import Store

/// Works out what a batch of labels adds to what is stored: new revisions, cell deltas, counts.
struct LabelMerge {
    let task: PredictionTask
    let dictionary: TaskDictionary
    /// The label source behind each `LabelRow.source`.
    let sources: [Int32]
    let upload: OpenUpload

    private(set) var counts = UploadCounts()
    private(set) var contradictions = ContradictionTally()
    private(set) var inTime: InTimeRows
    /// What became of each row, where that is asked for.
    var lines: LineTally?
    private(set) var joined: [LabelFact] = []
    private(set) var orphans: [(label: LabelFact, predictionID: String)] = []
    /// Rows that say nothing new, each with the place that the next new one has.
    private(set) var repeats: [(label: LabelFact, predictionID: String)] = []
    /// The places in the batch of rows that could not be kept beside what is stored.
    private(set) var refused: [Int] = []

    init(
        task: PredictionTask,
        dictionary: TaskDictionary,
        sources: [Int32],
        upload: OpenUpload,
        inTime: InTimeRows
    ) {
        self.task = task
        self.dictionary = dictionary
        self.sources = sources
        self.upload = upload
        self.inTime = inTime
    }

    /// Merges a batch.
    ///
    /// `order` has the positions of its rows by ascending key, `facts` everything stored of these keys.
    mutating func merge(
        _ batch: LabelBatch,
        order: [Int32],
        facts: Facts,
        into accumulator: inout CellAccumulator
    ) {
        counts.received += Int64(batch.rowsRead)
        counts.rejected += Int64(batch.rejects.count)
        var cursor = FactCursor(facts, task: task, dictionary: dictionary)
        var history = PredictionHistory(scoresPerPrediction: task.scoresPerPrediction)
        var position = 0
        while position < order.count {
            let key = batch.rows[Int(order[position])].key
            var end = position + 1
            while end < order.count, batch.rows[Int(order[end])].key == key { end += 1 }
            history.removeAll()
            let stored = cursor.take(key, into: &history)
            accumulator.add(history, sign: -1)
            admit(batch, order[position..<end], key: key, stored: stored, facts: facts, &history)
            accumulator.add(history, sign: 1)
            position = end
        }
    }

    private mutating func admit(
        _ batch: LabelBatch,
        _ positions: ArraySlice<Int32>,
        key: PredictionKey,
        stored: FactCursor.Rows,
        facts: Facts,
        _ history: inout PredictionHistory
    ) {
        // Labels whose predictions were withdrawn have stayed where these were; more of them go there too.
        let isOrphan = stored.predictions.isEmpty
        let part =
            facts.predictions[stored.predictions].first?.part
            ?? facts.labels[stored.labels].lazy.compactMap(\.part).first
        let predictedAt = history.predictions.map(\.predictedAt).min()
        var place = facts.labels[stored.labels].map(\.revision.telling.place).max() ?? 0
        for position in positions {
            let row = batch.rows[Int(position)]
            let earlier = lines == nil ? UploadCounts() : counts
            defer { lines?.note(row.line, from: earlier, to: counts) }
            let revision = LabelRevision(
                observedAt: row.observedAt,
                telling: upload.telling(knownAt: row.knownAt, place: place + 1),
                value: row.isWithdrawn ? nil : row.value,
                source: sources[Int(row.source)]
            )
            let isFirst = history.labels.isEmpty
            let admission = history.admit(revision)
            switch admission {
            case .duplicate(isStored: false):
                counts.duplicate += 1
                let label = LabelFact(key: key, revision: revision, part: part)
                repeats.append((label, batch.storedID(row)))
                continue
            case .refused:
                counts.rejected += 1
                refused.append(Int(position))
                continue
            case .duplicate(isStored: true): counts.duplicate += 1
            case .accepted, .conflict:
                counts.accepted += 1
                if !isFirst { counts.corrected += 1 }
                if row.isWithdrawn { counts.withdrawn += 1 }
                if isOrphan { counts.orphan += 1 } else { counts.joined += 1 }
                if let predictedAt, row.observedAt < predictedAt {
                    counts.labelBeforePrediction += 1
                }
                if case .conflict(let rival) = admission {
                    contradictions.note(rival, at: predictedAt ?? row.observedAt)
                    lines?.noteContradiction(row.line, rival)
                }
            }
            place += 1
            inTime.note(
                knownAt: revision.telling.knownAt,
                predictedAt: history.predictions.lazy.map(\.predictedAt)
            )
            let label = LabelFact(key: key, revision: revision, part: part)
            if part == nil {
                orphans.append((label, batch.storedID(row)))
            } else {
                joined.append(label)
            }
        }
    }
}
