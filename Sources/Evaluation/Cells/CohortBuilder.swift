/// Builds cohorts as of the moment they matured, from everything that is known of each prediction id.
///
/// A cohort is a pure function of what had become known when its last label was due, so it comes out the same
/// whenever it is built.
package struct CohortBuilder: Sendable {
    private var cohorts: [Int32: FrozenCohort] = [:]
    private var pairs: [Int32: CellAccumulator] = [:]
    private let task: PredictionTask
    private let dictionary: TaskDictionary
    private let buckets: TimeBuckets
    private let rank: LabelSourceRank
    private let grid: LossGrid
    private let wanted: Set<Int32>

    /// * `wanted`: The numbers of the time buckets to build.
    package init(
        task: PredictionTask,
        dictionary: TaskDictionary,
        buckets: TimeBuckets,
        wanted: Set<Int32>
    ) {
        self.task = task
        self.dictionary = dictionary
        self.buckets = buckets
        self.wanted = wanted
        rank = LabelSourceRank(task: task, dictionary: dictionary)
        grid = LossGrid(kind: task.kind)
        for number in wanted {
            let start = buckets.start(ofNumber: number)
            let maturity = Self.maturity(of: number, task, buckets)
            cohorts[number] = FrozenCohort(bucketStart: start, maturedAt: maturity)
            pairs[number] = CellAccumulator(
                task: task,
                dictionary: dictionary,
                buckets: buckets,
                asOf: maturity,
                window: start..<buckets.end(ofNumber: number)
            )
        }
    }

    /// The instant at which the last label of a time bucket is due.
    package static func maturity(
        of number: Int32,
        _ task: PredictionTask,
        _ buckets: TimeBuckets
    ) -> Instant {
        buckets.end(ofNumber: number).advanced(bySeconds: task.horizonSeconds)
    }

    /// The cohorts built so far, in event order.
    package var built: [FrozenCohort] {
        cohorts.map { number, cohort in
            var cohort = cohort
            for (key, cell) in pairs[number]?.pairs ?? [:]
            where key.slice == TaskDictionary.allSlices {
                cohort.pairs[VersionPair(first: key.first, second: key.second)] = cell
            }
            return cohort
        }
        .sorted { $0.bucketStart < $1.bucketStart }
    }

    package mutating func add(_ history: PredictionHistory) {
        var numbers: Set<Int32> = []
        for prediction in history.predictions {
            let number = buckets.number(of: prediction.predictedAt)
            if wanted.contains(number) { numbers.insert(number) }
        }
        for number in numbers { add(history, to: number) }
    }

    private mutating func add(_ history: PredictionHistory, to number: Int32) {
        guard var cohort = cohorts[number] else { return }
        var standing: [Int] = []
        history.standing(asOf: cohort.maturedAt, dictionary: dictionary, into: &standing)
        let known = history.currentLabel(asOf: cohort.maturedAt, rank: rank)?.value
        let label = known ?? silentLabel
        for index in standing {
            let prediction = history.predictions[index]
            guard buckets.number(of: prediction.predictedAt) == number else { continue }
            var cell = cohort.cells[prediction.modelVersion] ?? CohortCell(kind: task.kind)
            if let label {
                cell.add(
                    loss: task.cohortLoss(history.score(prediction), label: label),
                    grid: grid
                )
            } else {
                cell.addUnlabelled()
            }
            cohort.cells[prediction.modelVersion] = cell
        }
        cohorts[number] = cohort
        pairs[number]?.addPairs(of: history, label: label)
    }

    /// What no label means once a cohort has matured (rule T9).
    private var silentLabel: Double? {
        guard task.kind == .binary, task.labelPolicy == .negative else { return nil }
        return Double(task.positiveClass == 0 ? 1 : 0)
    }
}

extension PredictionTask {
    /// The loss on which cohorts are judged: the Brier score, or the absolute error.
    package func cohortLoss(_ score: Double, label: Double) -> Double {
        switch kind {
        case .binary, .multiclass:
            let difference = score - (Int(label) == positiveClass ? 1 : 0)
            return difference * difference
        case .regression:
            return abs(score - label)
        }
    }
}
