import Evaluation
import Ingest
import Store

/// Works out what a batch of predictions adds to what is stored: new rows, cell deltas, counts.
struct PredictionMerge {
    let task: PredictionTask
    let dictionary: TaskDictionary
    /// The version and the model behind each `PredictionRow.model`.
    let versions: [(version: Int32, model: Int32)]
    /// The slice set behind each `PredictionRow.sliceSet`.
    let sliceSets: [Int32]
    /// When rows that do not say so themselves became known.
    let knownAt: Instant

    private(set) var counts = UploadCounts()
    private(set) var rows: [NewPrediction] = []
    private(set) var scores: [Double] = []
    /// The model versions of each new model set; a row of one carries `−1 − index` for its id.
    private(set) var newModelSets: [[Int32]] = []
    /// Labels that had waited for their prediction.
    private(set) var joinedLabels: [LabelFact] = []
    private(set) var scatteredKeys: [PredictionKey] = []
    private(set) var rowsByPart: [Int32: Int64] = [:]
    private var setIDs: [[Int32]: Int32] = [:]

    init(
        task: PredictionTask,
        dictionary: TaskDictionary,
        versions: [(version: Int32, model: Int32)],
        sliceSets: [Int32],
        knownAt: Instant
    ) {
        self.task = task
        self.dictionary = dictionary
        self.versions = versions
        self.sliceSets = sliceSets
        self.knownAt = knownAt
        for (id, versions) in dictionary.modelSets { setIDs[versions] = id }
    }

    /// - Parameters:
    ///   - order: The positions of the batch's rows by ascending key.
    ///   - facts: Everything stored of these keys.
    mutating func merge(
        _ batch: PredictionBatch, order: [Int32], facts: Facts, into accumulator: inout CellAccumulator
    ) {
        counts.received += Int64(batch.rowsRead)
        counts.rejected += Int64(batch.rejects.count)
        rows.reserveCapacity(order.count / 2)
        scores.reserveCapacity(batch.scores.count)
        var cursor = FactCursor(facts, task: task, dictionary: dictionary)
        var history = PredictionHistory(scoresPerPrediction: task.scoresPerPrediction)
        var position = 0
        while position < order.count {
            let key = batch.rows[Int(order[position])].key
            var end = position + 1
            while end < order.count, batch.rows[Int(order[end])].key == key { end += 1 }
            history.removeAll()
            let stored = cursor.take(key, into: &history)
            admit(
                batch, order[position..<end], key: key, stored: stored, facts: facts, &history,
                &accumulator)
            position = end
        }
        rows.sort { left, right in
            left.fact.part != right.fact.part
                ? left.fact.part < right.fact.part : left.fact.key < right.fact.key
        }
    }

    private mutating func admit(
        _ batch: PredictionBatch,
        _ positions: ArraySlice<Int32>,
        key: PredictionKey,
        stored: FactCursor.Rows,
        facts: Facts,
        _ history: inout PredictionHistory,
        _ accumulator: inout CellAccumulator
    ) {
        let before = history.predictions.count
        let hadPredictions = before > 0
        if hadPredictions { accumulator.add(history, sign: -1) }
        let firstNew = rows.count
        for position in positions {
            let row = batch.rows[Int(position)]
            let (version, model) = versions[Int(row.model)]
            let prediction = StoredPrediction(
                predictedAt: row.predictedAt,
                knownAt: row.knownAt == .distantPast ? knownAt : row.knownAt,
                modelVersion: version,
                model: model,
                sliceSet: sliceSets[Int(row.sliceSet)],
                scoreStart: 0,
                details: batch.details[Int(row.details)])
            let start = Int(row.scoreStart)
            let rowScores = batch.scores[start..<start + task.scoresPerPrediction]
            switch history.admit(prediction, scores: rowScores) {
            case .accepted: counts.accepted += 1
            case .duplicate(isStored: true): counts.duplicate += 1
            case .conflict: counts.conflict += 1
            case .duplicate(isStored: false):
                counts.duplicate += 1
                continue
            }
            if !history.labels.isEmpty { counts.joined += 1 }
        }
        accumulator.add(history, sign: 1)
        guard history.predictions.count > before else { return }
        let id = predictionID(batch, positions)
        append(history, from: before, key: key, id: id, stored: stored, facts: facts)
        noteParts(of: key, stored: stored, facts: facts, firstNew: firstNew)
        if !hadPredictions { adoptOrphans(facts, stored, part: rows[firstNew].fact.part) }
    }

    private func predictionID(_ batch: PredictionBatch, _ positions: ArraySlice<Int32>) -> String {
        guard let first = positions.first else { return "" }
        let row = batch.rows[Int(first)]
        guard row.idCount > 0 else { return "" }
        let start = Int(row.idStart)
        return String(decoding: batch.idBytes[start..<start + Int(row.idCount)], as: UTF8.self)
    }

    // MARK: - New rows

    /// Writes predictions that were told together, by models that differ, into one row.
    private mutating func append(
        _ history: PredictionHistory,
        from first: Int,
        key: PredictionKey,
        id: String,
        stored: FactCursor.Rows,
        facts: Facts
    ) {
        var open = Array(first..<history.predictions.count)
        while let lead = open.first {
            let leader = history.predictions[lead]
            var members: [Int] = []
            var left: [Int] = []
            for index in open {
                let candidate = history.predictions[index]
                let isAlike =
                    candidate.predictedAt == leader.predictedAt
                    && candidate.knownAt == leader.knownAt
                    && candidate.sliceSet == leader.sliceSet && candidate.details == leader.details
                    && !members.contains { history.predictions[$0].model == candidate.model }
                if isAlike { members.append(index) } else { left.append(index) }
            }
            open = left
            sortByName(&members, history)
            let set = setID(members.map { history.predictions[$0].modelVersion })
            let part = Partition(of: leader.predictedAt, days: task.partitionDays).number
            let copies =
                facts.predictions[stored.predictions]
                    .filter { $0.modelSet == set && $0.part == part }.count
                + rows.reversed().prefix { $0.fact.key == key }
                    .filter { $0.fact.modelSet == set && $0.fact.part == part }.count
            let fact = PredictionFact(
                key: key, predictedAt: leader.predictedAt, knownAt: leader.knownAt, modelSet: set,
                sliceSet: leader.sliceSet, part: part, copy: Int16(copies),
                scoreStart: scores.count, details: leader.details)
            for member in members {
                scores.append(contentsOf: history.scores(history.predictions[member]))
            }
            rows.append(NewPrediction(
                fact: fact, scoreCount: members.count * task.scoresPerPrediction, predictionID: id))
            rowsByPart[part, default: 0] += 1
        }
    }

    private func sortByName(_ members: inout [Int], _ history: PredictionHistory) {
        guard members.count > 1 else { return }
        members.sort { left, right in
            guard let one = dictionary.versions[history.predictions[left].modelVersion],
                let other = dictionary.versions[history.predictions[right].modelVersion]
            else { return left < right }
            return one.sortsBefore(other)
        }
    }

    private mutating func setID(_ versions: [Int32]) -> Int32 {
        if let id = setIDs[versions] { return id }
        newModelSets.append(versions)
        let id = -Int32(newModelSets.count)
        setIDs[versions] = id
        return id
    }

    // MARK: - What follows from new rows

    private mutating func noteParts(
        of key: PredictionKey, stored: FactCursor.Rows, facts: Facts, firstNew: Int
    ) {
        let part = rows[firstNew].fact.part
        let isScattered =
            rows[firstNew...].contains { $0.fact.part != part }
            || facts.predictions[stored.predictions].contains { $0.part != part }
        if isScattered { scatteredKeys.append(key) }
    }

    private mutating func adoptOrphans(_ facts: Facts, _ stored: FactCursor.Rows, part: Int32) {
        for var label in facts.labels[stored.labels] where label.part == nil {
            label.part = part
            joinedLabels.append(label)
        }
    }

    /// Puts the ids of model sets that were new into the rows.
    mutating func resolve(modelSets ids: [Int32]) {
        guard !ids.isEmpty else { return }
        for index in rows.indices where rows[index].fact.modelSet < 0 {
            rows[index].fact.modelSet = ids[Int(-1 - rows[index].fact.modelSet)]
        }
    }
}
