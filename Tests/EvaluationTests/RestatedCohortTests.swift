import Evaluation
import Statistics
import Testing

/// A cohort restated from cells is the one that would be frozen from the same rows.
struct RestatedCohortTests {
    private static let dictionary: TaskDictionary = {
        var dictionary = TaskDictionary()
        dictionary.versions[1] = .init(model: 1, modelName: "gbm", version: "")
        return dictionary
    }()

    /// The frozen and the restated cell of day 100.
    private func cells(_ task: PredictionTask, seed: UInt64) throws -> (CohortCell, CohortCell) {
        let buckets = TimeBuckets(.utc, size: .day)
        var generator = SeededGenerator(seed: seed)
        var builder = CohortBuilder(
            task: task,
            dictionary: Self.dictionary,
            buckets: buckets,
            wanted: [CohortKey(bucket: 100, age: task.horizonSeconds)],
            pairKeepers: []
        )
        var accumulator = CellAccumulator(
            task: task,
            dictionary: Self.dictionary,
            buckets: buckets,
            pairKeepers: []
        )
        for row in 0..<300 {
            var history = PredictionHistory(scoresPerPrediction: 1)
            let instant = Instant(seconds: 100 * 86_400 + Int64(row))
            let score = generator.nextUniform()
            history.restore(
                StoredPrediction(
                    predictedAt: instant,
                    telling: Telling(knownAt: instant),
                    modelVersion: 1,
                    model: 1,
                    sliceSet: 0,
                    scoreStart: 0,
                    details: ""
                ),
                scores: [task.kind == .regression ? 100 * score : score]
            )
            if generator.nextUniform() < 0.8 {
                let value =
                    task.kind == .regression
                    ? 100 * generator.nextUniform() : generator.nextUniform() < score ? 1 : 0
                history.restore(
                    LabelRevision(
                        observedAt: instant,
                        telling: Telling(knownAt: instant),
                        value: value,
                        source: 0
                    )
                )
            }
            builder.add(history)
            accumulator.add(history, sign: 1)
        }
        let frozen = try #require(builder.built.first?.cells[1])
        let cell = try #require(accumulator.cells.first { $0.key.slice == 0 }?.value)
        return (frozen, CohortCell(restating: cell, of: task))
    }

    /// Σ weight · point, and the points that a cumulated weight lies on.
    private func sum(_ cell: CohortCell, _ points: [Double]) -> Double {
        zip(cell.losses.denseValues, points).reduce(0) {
            $0 + Double($1.0) / CohortCell.weightUnits * $1.1
        }
    }

    @Test(arguments: [LabelPolicy.pending, .negative])
    func `of a binary task, up to the width of a bin`(policy: LabelPolicy) throws {
        let task = PredictionTask(
            id: 1,
            name: "t",
            kind: .binary,
            horizonSeconds: 10 * 86_400,
            labelPolicy: policy
        )
        let (frozen, restated) = try cells(task, seed: 5)
        #expect(restated.totals == frozen.totals)
        #expect(restated.scores == frozen.scores)
        #expect(frozen.labelled == (policy == .negative ? 300 : frozen.labelled))
        #expect(frozen.predictions == 300)
        let points = LossGrid.uniform.points
        // The splitting keeps every mean; restating moves rows by less than the width of a bin, and the mean of a
        // bin by its square.
        #expect(abs(sum(frozen, points) - frozen.lossSum) < 1e-3)
        #expect(abs(sum(restated, points) - frozen.lossSum) <= 300.0 / 600 / 600 + 1e-3)
        let weight = restated.losses.denseValues.reduce(0, +)
        #expect(weight == frozen.losses.denseValues.reduce(0, +))
        #expect(weight == Int64(frozen.labelled) << 20)
    }

    @Test func `of a regression task, up to the width of a bin`() throws {
        let task = PredictionTask(
            id: 1,
            name: "t",
            kind: .regression,
            horizonSeconds: 10 * 86_400
        )
        let (frozen, restated) = try cells(task, seed: 6)
        #expect(restated.totals == frozen.totals)
        #expect(frozen.scores.isZero && restated.scores.isZero)
        let points = MagnitudeEdges.starts
        #expect(abs(sum(frozen, points) - frozen.lossSum) < 1e-2)
        #expect(!frozen.labels.isEmpty && restated.labels.isEmpty)
        // Bins are 3.5 % wide, and a row lies in their middle.
        #expect(abs(sum(restated, points) / frozen.lossSum - 1) < 0.018)
    }
}
