import Evaluation
import Testing

struct CohortTests {
    private let task = PredictionTask(
        id: 1,
        name: "t",
        kind: .binary,
        horizonSeconds: 10 * 86_400
    )

    /// The cohort of day 100 at an age in days, of one request of that noon with the score 0.25.
    private func build(
        _ task: PredictionTask,
        age: Int64 = 10,
        _ labels: [(value: Double, observedDay: Int64, knownDay: Int64)]
    ) throws -> FrozenCohort {
        var dictionary = TaskDictionary()
        dictionary.versions[1] = .init(model: 1, modelName: "gbm", version: "")
        let buckets = TimeBuckets(.utc, size: .day)
        var builder = CohortBuilder(
            task: task,
            dictionary: dictionary,
            buckets: buckets,
            wanted: [CohortKey(bucket: 100, age: age * 86_400)],
            pairKeepers: []
        )
        var history = PredictionHistory(scoresPerPrediction: 1)
        let noon = Instant(seconds: 100 * 86_400 + 43_200)
        _ = history.admit(
            StoredPrediction(
                predictedAt: noon,
                telling: Telling(knownAt: noon),
                modelVersion: 1,
                model: 1,
                sliceSet: 0,
                scoreStart: 0,
                details: ""
            ),
            scores: [0.25]
        )
        for label in labels {
            _ = history.admit(
                LabelRevision(
                    observedAt: Instant(seconds: label.observedDay * 86_400),
                    telling: Telling(knownAt: Instant(seconds: label.knownDay * 86_400)),
                    value: label.value,
                    source: 0
                )
            )
        }
        builder.add(history)
        return try #require(builder.built.first)
    }

    @Test
    func `T7: a cohort holds what was known when its last label was due, and no correction since`()
        throws
    {
        // Day 100 ends with day 101; its last label is due on day 111.
        let onTime = try build(task, [(1, 103, 104)])
        #expect(onTime.frozenAsOf == Instant(seconds: 111 * 86_400))
        #expect(onTime.cells[1]?.labelled == 1)
        #expect(onTime.cells[1]?.lossSum == 0.5625)
        #expect(try build(task, [(1, 103, 104), (0, 105, 112)]) == onTime)
        #expect(try build(task, [(1, 103, 104), (0, 105, 111)]) != onTime)
        #expect(try build(task, [(1, 103, 112)]).cells[1]?.labelled == 0)
    }

    @Test
    func `T9: silence becomes a negative when a cohort reaches its age, under that policy alone`()
        throws
    {
        var negative = task
        negative.labelPolicy = .negative
        for age in [3, 7, 10] as [Int64] {
            let silent = try build(negative, age: age, [])
            #expect(silent.cells[1]?.labelled == 1)
            #expect(silent.cells[1]?.lossSum == 0.0625)
            #expect(try build(task, age: age, []).cells[1]?.labelled == 0)
        }
    }

    @Test func `a cohort at an age holds the labels that were known at that age`() throws {
        #expect(task.cohortAges == [3, 7, 10].map { $0 * 86_400 })
        // Known on day 106: after three days, before seven.
        let labels = [(value: 1.0, observedDay: Int64(103), knownDay: Int64(106))]
        let young = try build(task, age: 3, labels)
        #expect(young.cells[1]?.predictions == 1)
        #expect(young.cells[1]?.labelled == 0)
        #expect(try build(task, age: 7, labels).cells[1]?.labelled == 1)
        // Only the full age keeps scores.
        #expect(try build(task, age: 7, labels).cells[1]?.scores.isZero == true)
        #expect(try build(task, age: 10, labels).cells[1]?.scores.isZero == false)
        var early = task
        early.horizonSeconds = 3 * 86_400
        #expect(early.cohortAges == [3 * 86_400])
    }

    @Test func `the split of a loss on the grid keeps its mean`() {
        for kind in [TaskKind.binary, .regression] {
            let grid = LossGrid(kind: kind)
            for step in 1..<100 {
                let loss = kind == .binary ? Double(step) / 100 : Double(step * step)
                let (point, share) = grid.split(loss)
                let mean =
                    grid.points[point] * (1 - share)
                    + (share > 0 ? grid.points[point + 1] * share : 0)
                #expect(abs(mean - loss) <= 1e-12 * max(1, loss))
            }
        }
    }
}
