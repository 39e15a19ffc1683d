import Evaluation
import Testing

/// What of a history cannot all be true.
struct ContradictionTests {
    private var history = PredictionHistory(scoresPerPrediction: 1)

    @discardableResult
    private mutating func predict(
        _ score: Double,
        at second: Int64 = 10,
        known: Int64 = 0,
        upload: Int64 = 1,
        model: Int32 = 1,
        details: String = ""
    ) -> Admission {
        history.admit(
            StoredPrediction(
                predictedAt: Instant(seconds: second),
                telling: Telling(
                    knownAt: Instant(seconds: known),
                    uploadID: upload,
                    place: Int32(history.predictions.count)
                ),
                modelVersion: model,
                model: model,
                sliceSet: 0,
                scoreStart: 0,
                details: details
            ),
            scores: [score]
        )
    }

    @discardableResult
    private mutating func observe(
        _ value: Double?,
        at second: Int64 = 20,
        known: Int64 = 0,
        upload: Int64 = 1,
        source: Int32 = 1
    ) -> Admission {
        history.admit(
            LabelRevision(
                observedAt: Instant(seconds: second),
                telling: Telling(
                    knownAt: Instant(seconds: known),
                    uploadID: upload,
                    place: Int32(history.labels.count)
                ),
                value: value,
                source: source
            )
        )
    }

    /// As of an instant, what the request counts: several scores, several labels.
    private func counts(asOf second: Int64) -> [Int64] {
        var standing: [Int] = []
        let asOf = Instant(seconds: second)
        history.standing(asOf: asOf, into: &standing)
        let count = ContradictionCount(of: history, asOf: asOf, standing: standing)
        return [count.scores, count.labels]
    }

    @Test mutating func `several models, and the same content again, contradict nothing`() {
        predict(0.5, known: 8)
        predict(0.7, known: 8, model: 2)
        #expect(predict(0.5, known: 5, upload: 2) == .duplicate(isStored: true))
        #expect(predict(0.5, known: 9, upload: 3) == .duplicate(isStored: false))
        #expect(counts(asOf: 9) == [0, 0])
    }

    @Test mutating func `other content of a model contradicts from when it is known`() {
        predict(0.5, known: 1)
        predict(0.7, known: 1, model: 2)
        #expect(predict(0.9, known: 4, upload: 2, model: 2) == .conflict(with: 1))
        #expect([0, 3, 4, 9].map { counts(asOf: $0) } == [[0, 0], [0, 0], [1, 0], [1, 0]])
    }

    @Test(arguments: [(0.5, Int64(11), ""), (0.5, 9, ""), (0.5, 10, "x"), (0.6, 10, "")])
    mutating func `time, details and score are all content`(
        score: Double,
        second: Int64,
        details: String
    ) {
        predict(0.5)
        #expect(predict(score, at: second, upload: 2, details: details) == .conflict(with: 1))
        #expect(counts(asOf: 0) == [1, 0])
    }

    @Test mutating func `a conflict is with what stood: the earliest, then the first told`() {
        predict(0.1, at: 10, known: 1, upload: 7)
        #expect(predict(0.2, at: 10, known: 2, upload: 8) == .conflict(with: 7))
        #expect(predict(0.3, at: 9, known: 3, upload: 9) == .conflict(with: 7))
        #expect(predict(0.4, at: 10, known: 0, upload: 10) == .conflict(with: 9))
        #expect(predict(0.5, at: 10, known: 5, upload: 11) == .conflict(with: 9))
    }

    /// From 16 rows on an index takes the place of looking at all of them.
    @Test mutating func `a conflict of a long history is with what stood as well`() {
        for number in 0..<40 {
            let expected = number == 0 ? Admission.accepted : .conflict(with: Int64(number))
            let upload = Int64(number + 1)
            #expect(predict(0.5, at: Int64(100 - number), upload: upload) == expected)
        }
        #expect(predict(0.5, at: 200, upload: 90) == .conflict(with: 40))
        #expect(predict(0.5, at: 200, upload: 91, model: 2) == .accepted)
    }

    @Test mutating func `a later observation and another source correct, and contradict nothing`() {
        predict(0.5)
        observe(0, at: 20)
        #expect(observe(1, at: 21, upload: 2) == .accepted)
        #expect(observe(1, at: 20, upload: 2, source: 2) == .accepted)
        #expect(observe(nil, at: 22, upload: 3) == .accepted)
        #expect(counts(asOf: 0) == [0, 0])
    }

    @Test mutating func `two values of one source and time contradict from when both are known`() {
        predict(0.5)
        observe(0, known: 2, upload: 1)
        #expect(observe(1, known: 5, upload: 2) == .conflict(with: 1))
        #expect([4, 5].map { counts(asOf: $0) } == [[0, 0], [0, 1]])
        #expect(observe(nil, known: 6, upload: 3) == .conflict(with: 2), "with the current one")
    }

    @Test mutating func `taking back at the time of the observation contradicts it`() {
        predict(0.5)
        observe(1)
        #expect(observe(nil, known: 3, upload: 2) == .conflict(with: 1))
        #expect(observe(1, known: 4, upload: 3) == .duplicate(isStored: false))
        #expect(counts(asOf: 9) == [0, 1])
    }

    /// What was told again with an earlier instant counts from then on, so that it is not what stood last.
    @Test mutating func `a label told again earlier is no longer the one that stood`() {
        predict(0.5)
        observe(0, known: 10, upload: 1)
        observe(1, known: 7, upload: 2)
        #expect(observe(0, known: 5, upload: 3) == .duplicate(isStored: true))
        #expect(observe(nil, known: 20, upload: 4) == .conflict(with: 2))
    }

    @Test mutating func `a request counts once, in the time bucket of its earliest prediction`() {
        let task = PredictionTask(name: "t", kind: .binary)
        var dictionary = TaskDictionary()
        dictionary.versions[1] = .init(model: 1, modelName: "a", version: "")
        dictionary.versions[2] = .init(model: 2, modelName: "b", version: "")
        var accumulator = CellAccumulator(
            task: task,
            dictionary: dictionary,
            buckets: TimeBuckets(.utc, size: .day),
            pairKeepers: []
        )
        let day: Int64 = 86_400
        predict(0.5, at: 3 * day)
        predict(0.6, at: 3 * day)
        predict(0.6, at: 4 * day)
        accumulator.add(history, sign: 1)
        let bucket = accumulator.buckets.number(of: Instant(seconds: 3 * day))
        #expect(accumulator.contradictions == [bucket: ContradictionCount(scores: 1)])
        accumulator.add(history, sign: -1)
        predict(0.7, at: 2 * day, model: 2)
        accumulator.add(history, sign: 1)
        #expect(
            accumulator.contradictions.filter { !$0.value.isZero }
                == [bucket - 1: ContradictionCount(scores: 1)]
        )
        accumulator.removeAll()
        #expect(accumulator.contradictions.isEmpty)
    }
}
