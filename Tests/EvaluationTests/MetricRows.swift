@testable import Evaluation

/// Labelled rows of a window, and the cells that they add up to.
struct MetricRows {
    let kind: TaskKind
    /// The day, the score and the label of each row.
    var rows: [(day: Int, score: Double, label: Double)] = []
    var threshold = 0.5

    init(_ kind: TaskKind) { self.kind = kind }

    mutating func add(_ score: Double, _ label: Double, day: Int = 0) {
        rows.append((day, score, label))
    }

    private var task: PredictionTask {
        PredictionTask(
            id: 1,
            name: "t",
            kind: kind,
            threshold: threshold,
            horizonSeconds: 86_400,
            sliceKeys: ["s"]
        )
    }

    /// The cells; `slice` is 0 for those of all rows, 1 for those of the one slice, which are coarser.
    func window(slice: Int32 = 0, keepingHistogram: Bool = true) -> WindowCells {
        var dictionary = TaskDictionary()
        dictionary.versions[1] = .init(model: 1, modelName: "m", version: "")
        dictionary.slicesOfSet[1] = [1]
        var accumulator = CellAccumulator(
            task: task,
            dictionary: dictionary,
            buckets: TimeBuckets(.utc, size: .day),
            pairKeepers: []
        )
        for (index, row) in rows.enumerated() {
            var history = PredictionHistory(scoresPerPrediction: 1)
            let instant = Instant(seconds: Int64(row.day) * 86_400 + Int64(index % 86_400))
            history.restore(
                StoredPrediction(
                    predictedAt: instant,
                    telling: Telling(knownAt: instant),
                    modelVersion: 1,
                    model: 1,
                    sliceSet: 1,
                    scoreStart: 0,
                    details: ""
                ),
                scores: [row.score]
            )
            history.restore(
                LabelRevision(
                    observedAt: instant,
                    telling: Telling(knownAt: instant),
                    value: row.label,
                    source: 0
                )
            )
            accumulator.add(history, sign: 1)
        }
        var window = WindowCells(task: task, fine: slice == 0)
        for (key, cell) in accumulator.cells where key.slice == slice {
            var cell = cell
            if !keepingHistogram {
                cell.histogram = CellLayout(kind: kind).histogram(fine: slice == 0)
            }
            window.add(cell, day: key.bucket, isMature: true)
        }
        return window
    }

    var labelled: LabelledRows {
        var labelled = LabelledRows()
        for row in rows { labelled.add(score: row.score, label: row.label) }
        return labelled
    }

    /// Of the cells alone.
    func metrics(slice: Int32 = 0) -> [String: MetricEstimate] {
        Self.named(window(slice: slice), nil)
    }

    /// With the rows at hand.
    var exactMetrics: [String: MetricEstimate] { Self.named(window(), labelled) }

    private static func named(
        _ window: WindowCells,
        _ rows: LabelledRows?
    ) -> [String: MetricEstimate] {
        let scoring = window.task.kind.scoring
        let metrics = scoring.estimates(of: window, rows: rows, wanted: nil)
        return Dictionary(uniqueKeysWithValues: metrics.map { ($0.name, $0.estimate) })
    }
}
