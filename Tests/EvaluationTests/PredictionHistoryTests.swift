import Evaluation
import Testing

/// What counts is a pure function of what is known, whatever the order in which it was learned.
struct PredictionHistoryTests {
    private let dictionary: TaskDictionary = {
        var dictionary = TaskDictionary()
        dictionary.versions[1] = .init(model: 1, modelName: "gbm", version: "r1")
        dictionary.versions[2] = .init(model: 1, modelName: "gbm", version: "r2")
        dictionary.versions[3] = .init(model: 2, modelName: "net", version: "")
        dictionary.sources = [1: "feed", 2: "manual"]
        return dictionary
    }()

    private func prediction(
        at second: Int64,
        known: Int64 = 0,
        upload: Int64 = 1,
        place: Int32 = 0,
        version: Int32 = 1,
        details: String = ""
    ) -> StoredPrediction {
        StoredPrediction(
            predictedAt: Instant(seconds: second),
            telling: Telling(knownAt: Instant(seconds: known), uploadID: upload, place: place),
            modelVersion: version,
            model: version == 3 ? 2 : 1,
            sliceSet: 0,
            scoreStart: 0,
            details: details
        )
    }

    private func label(
        _ value: Double?,
        at second: Int64,
        known: Int64 = 0,
        upload: Int64 = 1,
        place: Int32 = 0,
        source: Int32 = 1
    ) -> LabelRevision {
        LabelRevision(
            observedAt: Instant(seconds: second),
            telling: Telling(knownAt: Instant(seconds: known), uploadID: upload, place: place),
            value: value,
            source: source
        )
    }

    private func standingScores(_ history: PredictionHistory, asOf: Int64 = 1000) -> [Double] {
        var standing: [Int] = []
        history.standing(asOf: Instant(seconds: asOf), into: &standing)
        return standing.map { history.score(history.predictions[$0]) }
    }

    @Test func `T1: the earliest prediction stands, at a tie the one told first, whatever it says`()
    {
        // By (known at, upload, place); each stands where those after it are all there is beside it.
        let rivals: [(StoredPrediction, Double)] = [
            (prediction(at: 10, known: 1, upload: 9, place: 9), 0.9),
            (prediction(at: 10, known: 2, upload: 3, place: 8), 0.1),
            (prediction(at: 10, known: 2, upload: 4, place: 1), 0.8),
            (prediction(at: 10, known: 2, upload: 4, place: 2, version: 2), 0.7),
            (prediction(at: 10, known: 2, upload: 4, place: 3, details: "x"), 0.7),
            (prediction(at: 20, known: 0, upload: 1, place: 0), 0.2),
        ]
        for first in rivals.indices {
            for order in [Array(first..<rivals.count), (first..<rivals.count).reversed()] {
                var history = PredictionHistory(scoresPerPrediction: 1)
                for index in order {
                    _ = history.admit(rivals[index].0, scores: [rivals[index].1])
                }
                var standing: [Int] = []
                history.standing(asOf: .distantFuture, into: &standing)
                #expect(standing.count == 1)
                let stands = history.predictions[standing[0]]
                #expect(stands.telling == rivals[first].0.telling)
                #expect(history.score(stands) == rivals[first].1)
            }
        }
    }

    @Test func `T1: the same row again is a duplicate, and another model's is not`() {
        var history = PredictionHistory(scoresPerPrediction: 1)
        #expect(history.admit(prediction(at: 1), scores: [0.5]) == .accepted)
        #expect(history.admit(prediction(at: 1), scores: [0.5]) == .duplicate(isStored: false))
        #expect(history.admit(prediction(at: 1, version: 3), scores: [0.5]) == .accepted)
        #expect(standingScores(history).count == 2)
    }

    @Test func `T2: the newest observation is current, then source, then what was told last`() {
        var task = PredictionTask(name: "t", kind: .binary)
        task.labelSources = ["manual", "feed"]
        let rank = LabelSourceRank(task: task, dictionary: dictionary)
        func current(_ revisions: [LabelRevision]) -> Double? {
            var values: Set<Double?> = []
            for order in [revisions, revisions.reversed()] {
                var history = PredictionHistory(scoresPerPrediction: 1)
                for revision in order { _ = history.admit(revision) }
                values.insert(history.currentLabel(asOf: .distantFuture, rank: rank)?.value)
            }
            #expect(values.count == 1, "the order of arrival does not matter")
            return values.first ?? nil
        }
        #expect(current([label(0, at: 10), label(1, at: 20)]) == 1)
        #expect(current([label(1, at: 10, known: 9), label(0, at: 10, source: 2)]) == 0)
        #expect(current([label(0, at: 10, known: 1), label(1, at: 10, known: 2)]) == 1)
        // Neither class is preferred.
        #expect(current([label(1, at: 10, upload: 1), label(0, at: 10, upload: 2)]) == 0)
        #expect(current([label(0, at: 10, upload: 1), label(1, at: 10, upload: 2)]) == 1)
        #expect(current([label(1, at: 10, place: 1), label(0, at: 10, place: 2)]) == 0)
        #expect(current([label(0, at: 10, place: 1), label(1, at: 10, place: 2)]) == 1)
        #expect(current([label(1, at: 10), label(nil, at: 20)]) == nil)
        // Sent again later, a revision still counts from the first time.
        #expect(
            current([
                label(1, at: 5, known: 1), label(0, at: 5, known: 2), label(1, at: 5, known: 3),
            ])
                == 0
        )
    }

    @Test func `T7: what became known later is not seen`() {
        let rank = LabelSourceRank(
            task: PredictionTask(name: "t", kind: .binary),
            dictionary: dictionary
        )
        var history = PredictionHistory(scoresPerPrediction: 1)
        _ = history.admit(prediction(at: 10, known: 10), scores: [0.9])
        _ = history.admit(prediction(at: 5, known: 50), scores: [0.1])
        _ = history.admit(label(1, at: 20, known: 30))
        _ = history.admit(label(0, at: 40, known: 60))
        func value(asOf second: Int64) -> Double? {
            history.currentLabel(asOf: Instant(seconds: second), rank: rank)?.value
        }
        #expect(standingScores(history, asOf: 9).isEmpty)
        #expect(standingScores(history, asOf: 49) == [0.9])
        #expect(standingScores(history, asOf: 50) == [0.1])
        #expect(value(asOf: 29) == nil && value(asOf: 59) == 1 && value(asOf: 60) == 0)
    }
}
