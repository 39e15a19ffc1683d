import Statistics

/// The labelled rows of a model on some days, as they were known when each day had matured; of busy days a sample.
package struct RefitRows: Sendable {
    struct Row: Sendable {
        let score: Double
        let label: Double
        let features: RefitFeatures
    }

    private struct Found: Sendable {
        /// Which rows of a busy day are looked at: those with the smallest.
        let order: UInt64
        let score: Double
        let label: Double
        let details: String
        let sliceSet: Int32
    }

    private let task: PredictionTask
    private let dictionary: TaskDictionary
    private let buckets: TimeBuckets
    private let versions: Set<Int32>
    private let policies: LabelPolicyHistory
    private let rank: LabelSourceRank
    private var found: [Int32: [Found]]
    private var standing: [Int] = []

    /// - Parameters:
    ///   - task: The task; its label policy is what it was when a day had matured.
    ///   - dictionary: Its names.
    ///   - buckets: Its time buckets.
    ///   - versions: Those of the model.
    ///   - dates: The local dates of the days.
    ///   - policies: The label policies that the task has had.
    package init(
        task: PredictionTask,
        dictionary: TaskDictionary,
        buckets: TimeBuckets,
        versions: Set<Int32>,
        dates: Set<Int32>,
        policies: LabelPolicyHistory
    ) {
        self.task = task
        self.dictionary = dictionary
        self.buckets = buckets
        self.versions = versions
        self.policies = policies
        rank = LabelSourceRank(task: task, dictionary: dictionary)
        found = Dictionary(uniqueKeysWithValues: dates.map { ($0, []) })
    }

    /// Takes in what is known of a prediction id.
    package mutating func add(_ history: PredictionHistory) {
        var numbers: Set<Int32> = []
        for prediction in history.predictions where versions.contains(prediction.modelVersion) {
            numbers.insert(buckets.number(of: prediction.predictedAt))
        }
        for number in numbers {
            let date = buckets.localDay(of: buckets.start(ofNumber: number))
            guard let row = found[date] == nil ? nil : row(history, number) else { continue }
            found[date, default: []].append(row)
            if found[date, default: []].count >= 2 * RefitWeek.mostRowsOfDay {
                found[date] = Self.sample(found[date, default: []])
            }
        }
    }

    private mutating func row(_ history: PredictionHistory, _ number: Int32) -> Found? {
        let asOf = CohortKey(bucket: number, age: task.horizonSeconds).instant(in: buckets)
        history.standing(asOf: asOf, into: &standing)
        let predictions = history.predictions
        let index = standing.first {
            versions.contains(predictions[$0].modelVersion)
                && buckets.number(of: predictions[$0].predictedAt) == number
        }
        guard let prediction = index.map({ predictions[$0] }) else { return nil }
        var then = task
        then.labelPolicy = policies[asOf] ?? task.labelPolicy
        let known = history.currentLabel(asOf: asOf, rank: rank)?.value
        guard let label = known ?? then.silentLabel else { return nil }
        return Found(
            order: SplitMix64.mix(history.requestNumber),
            score: history.score(prediction),
            label: label,
            details: prediction.details,
            sliceSet: prediction.sliceSet
        )
    }

    private static func sample(_ rows: [Found]) -> [Found] {
        Array(rows.sorted { $0.order < $1.order }.prefix(RefitWeek.mostRowsOfDay))
    }

    /// The rows of each day, in an order that depends on what they say alone: sums are then the same to the bit for the same
    /// rows under other prediction ids.
    package func rowsByDate() -> [Int32: RefitRowsOfDay] {
        found.mapValues { found in
            let rows = Self.sample(found).map { row in
                let slices = dictionary.slicesOfSet[row.sliceSet] ?? []
                return (row: row, slices: slices.compactMap { dictionary.slices[$0] }.sorted())
            }.sorted { left, right in
                if left.row.score != right.row.score { return left.row.score < right.row.score }
                if left.row.label != right.row.label { return left.row.label < right.row.label }
                if !left.row.details.hasSameBytes(as: right.row.details) {
                    return left.row.details.hasLesserBytes(than: right.row.details)
                }
                return left.slices.lexicographicallyPrecedes(right.slices)
            }
            return RefitRowsOfDay(
                rows: rows.map { row, slices in
                    Row(
                        score: row.score,
                        label: row.label,
                        features: RefitFeatures(details: row.details, slices: slices)
                    )
                }
            )
        }
    }
}

/// The rows of one day that are looked at.
package struct RefitRowsOfDay: Sendable {
    var rows: [RefitRows.Row]
}
