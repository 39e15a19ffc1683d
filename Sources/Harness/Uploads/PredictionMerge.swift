import Evaluation
import Ingest
import Store

/// Works out what predictions add to what is stored: new rows, cell deltas, counts.
struct PredictionMerge {
    private let upload: OpenUpload
    private(set) var counts = UploadCounts()
    private(set) var contradictions = ContradictionTally()
    private(set) var inTime: InTimeRows
    /// What became of each row, where that is asked for.
    var lines: LineTally?
    /// The places in the batch of rows that could not be kept beside what is stored.
    private var refused: [Int] = []
    /// The model versions of each model set that is new; its rows carry a `ModelSetStandIn`.
    private(set) var newModelSets: [[Int32]] = []

    private let task: PredictionTask
    private var names: UploadNames
    private var order: VersionOrder
    private var setIDs: [[Int32]: Int32] = [:]
    private var lastSet: (versions: [Int32], id: Int32) = ([], 0)
    private var cursor: FactCursor
    private var history: PredictionHistory
    private var members: [Int] = []
    private var memberVersions: [Int32] = []
    private var newcomers: [CountedPrediction] = []
    private var ranked: [(rank: Int32, member: Int)] = []
    private var copies = CopyCounter()
    /// Rows of the id at hand that say nothing new.
    private var repeats: [Repeat] = []

    init(task: PredictionTask, names: UploadNames, upload: OpenUpload, inTime: InTimeRows) {
        self.inTime = inTime
        self.task = task
        self.names = names
        self.upload = upload
        order = VersionOrder(names.dictionary)
        cursor = FactCursor(Facts(), task: task, dictionary: names.dictionary)
        history = PredictionHistory(scoresPerPrediction: task.scoresPerPrediction)
        for (id, versions) in names.dictionary.modelSets { setIDs[versions] = id }
    }

    /// Takes over names that were met, and what is stored of the keys that come next.
    mutating func prepare(_ names: UploadNames, facts: Facts) {
        self.names = names
        order = VersionOrder(names.dictionary)
        cursor = FactCursor(facts, task: task, dictionary: names.dictionary)
        for (id, versions) in names.dictionary.modelSets { setIDs[versions] = id }
    }

    mutating func count(_ batch: PredictionBatch) {
        counts.received += Int64(batch.rowsRead)
        counts.rejected += Int64(batch.rejects.count)
    }

    /// Merges rows of a batch; `positions` has their positions by ascending key.
    mutating func merge(
        _ batch: PredictionBatch,
        _ positions: ArraySlice<Int32>,
        into accumulator: inout CellAccumulator
    ) -> Addition {
        var addition = Addition()
        addition.rows.reserveCapacity(positions.count / 2 + 1)
        addition.scores.reserveCapacity(positions.count * task.scoresPerPrediction)
        var position = positions.startIndex
        while position < positions.endIndex {
            let key = batch.rows[Int(positions[position])].key
            var end = position + 1
            while end < positions.endIndex, batch.rows[Int(positions[end])].key == key { end += 1 }
            history.removeAll()
            let stored = cursor.take(key, into: &history)
            let rows = positions[position..<end]
            if history.isEmpty, gatherNew(batch, rows) {
                admitNew(batch, rows, key, &accumulator, &addition)
            } else {
                admit(batch, rows, key, stored, &accumulator, &addition)
            }
            position = end
        }
        // The rows come by key; taken partition by partition they stay so.
        var byPart: [Int32: [Int]] = [:]
        for (index, row) in addition.rows.enumerated() {
            byPart[row.fact.part, default: []].append(index)
        }
        addition.copyOrder = byPart.sorted { $0.key < $1.key }.flatMap(\.value)
        return addition
    }

    /// Looks for the usual case, where nothing is stored of the key: each model tells it once, all together.
    ///
    /// - Returns: Whether it is; then `members` and `memberVersions` have the rows in the order of their versions.
    private mutating func gatherNew(
        _ batch: PredictionBatch,
        _ positions: ArraySlice<Int32>
    ) -> Bool {
        guard let lead = positions.first else { return false }
        let first = batch.rows[Int(lead)]
        members.removeAll(keepingCapacity: true)
        for position in positions {
            let row = batch.rows[Int(position)]
            guard row.predictedAt == first.predictedAt, row.knownAt == first.knownAt,
                row.sliceSet == first.sliceSet, row.details == first.details
            else { return false }
            members.append(Int(position))
        }
        sortMembers { names, order, _, member in
            order.rank(names.versions[Int(batch.rows[member].model)].version)
        }
        memberVersions.removeAll(keepingCapacity: true)
        var last: Int32?
        for member in members {
            let (version, model) = names.versions[Int(batch.rows[member].model)]
            // The versions of a model stand together.
            if model == last { return false }
            last = model
            memberVersions.append(version)
        }
        return true
    }

    /// Takes in the rows that were gathered.
    private mutating func admitNew(
        _ batch: PredictionBatch,
        _ positions: ArraySlice<Int32>,
        _ key: PredictionKey,
        _ accumulator: inout CellAccumulator,
        _ addition: inout Addition
    ) {
        newcomers.removeAll(keepingCapacity: true)
        for (member, version) in zip(members, memberVersions) {
            let row = batch.rows[member]
            newcomers.append(
                CountedPrediction(
                    predictedAt: row.predictedAt,
                    modelVersion: version,
                    sliceSet: names.sliceSets[Int(row.sliceSet)],
                    score: batch.scores[Int(row.scoreStart)]
                )
            )
        }
        counts.accepted += Int64(positions.count)
        if lines != nil {
            for position in positions { lines?.noteAccepted(batch.rows[Int(position)].line) }
        }
        accumulator.add(new: newcomers)
        let first = batch.rows[members[0]]
        let part = Partition(of: first.predictedAt, days: task.partitionDays).number
        let fact = PredictionFact(
            key: key,
            predictedAt: first.predictedAt,
            telling: upload.telling(knownAt: first.knownAt, place: 0),
            modelSet: setID(),
            sliceSet: names.sliceSets[Int(first.sliceSet)],
            part: part,
            scoreStart: addition.scores.count,
            details: batch.details[Int(first.details)]
        )
        for member in members {
            let start = Int(batch.rows[member].scoreStart)
            for score in batch.scores[start..<start + task.scoresPerPrediction] {
                addition.scores.append(score)
            }
        }
        addition.rows.append(
            NewPrediction(
                fact: fact,
                scoreCount: members.count * task.scoresPerPrediction,
                predictionID: storedID(batch, positions)
            )
        )
        addition.rowsByPart[part, default: 0] += 1
        inTime.note(
            knownAt: fact.telling.knownAt,
            predictedAt: CollectionOfOne(fact.predictedAt),
            count: Int64(members.count)
        )
    }

    private mutating func admit(
        _ batch: PredictionBatch,
        _ positions: ArraySlice<Int32>,
        _ key: PredictionKey,
        _ stored: FactCursor.Rows,
        _ accumulator: inout CellAccumulator,
        _ addition: inout Addition
    ) {
        let before = history.predictions.count
        if before > 0 { accumulator.add(history, sign: -1) }
        let rows = cursor.facts.predictions[stored.predictions]
        var place = rows.map(\.telling.place).max().map { $0 + 1 } ?? 0
        var first = rows.map(\.predictedAt).min() ?? .distantFuture
        repeats.removeAll(keepingCapacity: true)
        for position in positions {
            let row = batch.rows[Int(position)]
            let earlier = lines == nil ? UploadCounts() : counts
            defer { lines?.note(row.line, from: earlier, to: counts) }
            let (version, model) = names.versions[Int(row.model)]
            let prediction = StoredPrediction(
                predictedAt: row.predictedAt,
                telling: upload.telling(knownAt: row.knownAt, place: place),
                modelVersion: version,
                model: model,
                sliceSet: names.sliceSets[Int(row.sliceSet)],
                scoreStart: 0,
                details: batch.details[Int(row.details)]
            )
            let start = Int(row.scoreStart)
            let scores = batch.scores[start..<start + task.scoresPerPrediction]
            first = min(first, row.predictedAt)
            switch history.admit(prediction, scores: scores) {
            case .accepted: counts.accepted += 1
            case .duplicate(isStored: true): counts.duplicate += 1
            case .conflict(let rival):
                counts.conflict += 1
                contradictions.note(rival, at: first)
                lines?.noteContradiction(row.line, rival)
            case .duplicate(isStored: false):
                counts.duplicate += 1
                repeats.append(
                    Repeat(
                        prediction: prediction,
                        scores: scores.indices,
                        before: history.predictions.count
                    )
                )
                continue
            case .refused:
                counts.rejected += 1
                refused.append(Int(position))
                continue
            }
            place += 1
            if !history.labels.isEmpty { counts.joined += 1 }
        }
        accumulator.add(history, sign: 1)
        let newRows = addition.rows.count
        append(from: before, key, storedID(batch, positions), stored, batch.scores, &addition)
        guard history.predictions.count > before else { return }
        for prediction in history.predictions[before...] {
            accumulator.mark(prediction)
            inTime.note(
                knownAt: prediction.knownAt,
                predictedAt: history.predictions.lazy.map(\.predictedAt)
            )
        }
        let part = addition.rows[newRows].fact.part
        // Labels whose predictions were withdrawn have stayed where these were.
        let isScattered =
            addition.rows[newRows...].contains { $0.fact.part != part }
            || rows.contains { $0.part != part }
            || cursor.facts.labels[stored.labels].contains { $0.part != nil && $0.part != part }
        if isScattered { addition.scatteredKeys.append(key) }
        if before == 0 { adoptOrphans(stored, part: part, &addition) }
    }

    /// Hands over the places of the rows that could not be kept, since they were last taken.
    mutating func takeRefused() -> [Int] {
        defer { refused = [] }
        return refused
    }

    /// The id as it is stored: empty for a UUID.
    private func storedID(_ batch: PredictionBatch, _ positions: ArraySlice<Int32>) -> String {
        positions.first.map { batch.storedID(batch.rows[Int($0)]) } ?? ""
    }

    private func adoptOrphans(
        _ stored: FactCursor.Rows,
        part: Int32,
        _ addition: inout Addition
    ) {
        for var label in cursor.facts.labels[stored.labels] where label.part == nil {
            label.part = part
            addition.joinedLabels.append(label)
        }
    }

    // MARK: - New rows

    /// Puts predictions that were told together, by models that differ, into one row.
    private mutating func append(
        from first: Int,
        _ key: PredictionKey,
        _ id: String,
        _ stored: FactCursor.Rows,
        _ scores: [Double],
        _ addition: inout Addition
    ) {
        copies.begin(cursor.facts.predictions[stored.predictions])
        var numbers = RepeatNumbers(first: first, copies)
        for row in RowGrouping(history, from: first).rows {
            members = row
            addRow(key, id, &addition)
            if let fact = addition.rows.last?.fact { numbers.note(row, fact.telling.place) }
        }
        let known = history.predictions
        for told in repeats {
            memberVersions = [told.prediction.modelVersion]
            let part = Partition(of: told.prediction.predictedAt, days: task.partitionDays).number
            let place = numbers.number(
                of: told.prediction.model,
                part: part,
                after: known[..<told.before]
            ) { Partition(of: $0, days: task.partitionDays).number }
            addition.keep(
                told,
                of: key,
                predictionID: id,
                scores: scores[told.scores],
                modelSet: setID(),
                part: part,
                place: place
            )
        }
    }

    private mutating func addRow(
        _ key: PredictionKey,
        _ id: String,
        _ addition: inout Addition
    ) {
        sortMembers { _, order, history, member in
            order.rank(history.predictions[member].modelVersion)
        }
        memberVersions.removeAll(keepingCapacity: true)
        for member in members { memberVersions.append(history.predictions[member].modelVersion) }
        let set = setID()
        let lead = history.predictions[members[0]]
        let part = Partition(of: lead.predictedAt, days: task.partitionDays).number
        let fact = PredictionFact(
            key: key,
            predictedAt: lead.predictedAt,
            telling: upload.telling(knownAt: lead.knownAt, place: copies.next(part: part)),
            modelSet: set,
            sliceSet: lead.sliceSet,
            part: part,
            scoreStart: addition.scores.count,
            details: lead.details
        )
        for member in members {
            addition.scores.append(contentsOf: history.scores(history.predictions[member]))
        }
        addition.rows.append(
            NewPrediction(
                fact: fact,
                scoreCount: members.count * task.scoresPerPrediction,
                predictionID: id
            )
        )
        addition.rowsByPart[part, default: 0] += 1
    }

    /// By the names of the versions, so that a set of models has one order.
    private mutating func sortMembers(
        by rank: (UploadNames, VersionOrder, PredictionHistory, Int) -> Int32
    ) {
        guard members.count > 1 else { return }
        ranked.removeAll(keepingCapacity: true)
        for member in members { ranked.append((rank(names, order, history, member), member)) }
        ranked.sort { $0.rank < $1.rank }
        for (place, entry) in ranked.enumerated() { members[place] = entry.member }
    }

    private mutating func setID() -> Int32 {
        if memberVersions == lastSet.versions { return lastSet.id }
        let id: Int32
        if let known = setIDs[memberVersions] {
            id = known
        } else {
            id = ModelSetStandIn.number(forNew: newModelSets.count)
            newModelSets.append(memberVersions)
            setIDs[memberVersions] = id
        }
        lastSet = (memberVersions, id)
        return id
    }

    /// Replaces the stand-ins of the model sets that were new by their ids, in rows and for the rows to come.
    mutating func resolve(_ ids: [Int32], in addition: inout Addition) {
        guard !ids.isEmpty else { return }
        for (index, id) in ids.enumerated() { setIDs[newModelSets[index]] = id }
        newModelSets = []
        lastSet = ([], 0)
        addition.resolve(ids)
    }
}
