import Evaluation
import Statistics
import Testing

/// A history of many rows says what one of few rows says, by other means.
struct LongHistoryTests {
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
        version: Int32 = 1,
        details: String = ""
    ) -> StoredPrediction {
        StoredPrediction(
            predictedAt: Instant(seconds: second),
            telling: Telling(knownAt: Instant(seconds: known)),
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
        source: Int32 = 1
    ) -> LabelRevision {
        LabelRevision(
            observedAt: Instant(seconds: second),
            telling: Telling(knownAt: Instant(seconds: known)),
            value: value,
            source: source
        )
    }

    @Test(arguments: 0..<20)
    func `T1: a long history admits what looking through all of it would admit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func random(_ bound: Int) -> Int { Int(generator.nextUniform() * Double(bound)) }
        var history = PredictionHistory(scoresPerPrediction: 1)
        var told: [(StoredPrediction, Double)] = []
        for _ in 0..<120 {
            let row = prediction(
                at: Int64(random(3)),
                known: Int64(random(4)),
                version: Int32(1 + random(3)),
                details: ["", "x"][random(2)]
            )
            let score = Double(random(3)) / 4
            let rivals = told.filter { $0.0.model == row.model }
            let same = rivals.filter {
                $0.0.predictedAt == row.predictedAt && $0.0.modelVersion == row.modelVersion
                    && $0.0.details == row.details && $0.1 == score
            }
            let expected: Admission =
                if let first = same.map(\.0.knownAt).min() {
                    .duplicate(isStored: row.knownAt < first)
                } else {
                    rivals.isEmpty ? .accepted : .conflict(with: row.telling.uploadID)
                }
            #expect(history.admit(row, scores: [score]) == expected)
            if expected != .duplicate(isStored: false) { told.append((row, score)) }
        }
        #expect(history.predictions.count == told.count)
    }

    @Test(arguments: 0..<20)
    func `T2: many revisions have the current label that comparing all of them gives`(
        seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        func random(_ bound: Int) -> Int { Int(generator.nextUniform() * Double(bound)) }
        var history = PredictionHistory(scoresPerPrediction: 1)
        var told: [LabelRevision] = []
        for place in 0..<80 {
            var revision = label(
                [nil, 0, 1][random(3)],
                at: Int64(random(3)),
                known: Int64(random(20)),
                source: Int32(1 + random(3))
            )
            revision.telling.place = Int32(place)
            let isNew = told.allSatisfy {
                !$0.saysTheSame(as: revision) || $0.knownAt > revision.knownAt
            }
            #expect((history.admit(revision) != .duplicate(isStored: false)) == isNew)
            if isNew { told.append(revision) }
        }
        let rank = LabelSourceRank(
            task: PredictionTask(name: "t", kind: .binary, labelSources: ["manual", "feed"]),
            dictionary: dictionary
        )
        for asOf in 0..<20 {
            let known = told.filter { $0.knownAt <= Instant(seconds: Int64(asOf)) }
            let first = known.filter { revision in
                !known.contains { $0.saysTheSame(as: revision) && $0.knownAt < revision.knownAt }
            }
            let best = first.max { left, right in
                if left.observedAt != right.observedAt { return left.observedAt < right.observedAt }
                if rank[left.source] != rank[right.source] {
                    return rank[left.source] > rank[right.source]
                }
                if left.knownAt != right.knownAt { return left.knownAt < right.knownAt }
                return left.telling.place < right.telling.place
            }
            let current = history.currentRevision(asOf: Instant(seconds: Int64(asOf)), rank: rank)
            #expect(current?.value == best?.value && current?.observedAt == best?.observedAt)
        }
    }

    @Test func `T4: a full history refuses what is new to it, and knows what it has`() {
        var history = PredictionHistory(scoresPerPrediction: 1)
        let limit = PredictionHistory.rowLimit
        for number in 0..<limit {
            _ = history.admit(prediction(at: Int64(number), known: 5), scores: [0.5])
            #expect(history.admit(label(1, at: Int64(number), known: 5)) == .accepted)
        }
        #expect(history.admit(prediction(at: 5_000, known: 5), scores: [0.5]) == .refused)
        #expect(history.admit(prediction(at: 7, known: 4), scores: [0.5]) == .refused)
        let known = history.admit(prediction(at: 7, known: 6), scores: [0.5])
        #expect(known == .duplicate(isStored: false))
        #expect(history.admit(prediction(at: 7, version: 3), scores: [0.5]) == .accepted)
        #expect(history.admit(label(1, at: 5_000)) == .refused)
        #expect(history.admit(label(1, at: 7, known: 6)) == .duplicate(isStored: false))
        #expect(history.predictions.count == limit + 1 && history.labels.count == limit)
    }

    @Test func `one standing prediction for each of many models`() {
        var history = PredictionHistory(scoresPerPrediction: 1)
        for round in 0..<3 {
            for model in 0..<50 {
                let row = StoredPrediction(
                    predictedAt: Instant(seconds: Int64((round + model) % 3)),
                    telling: Telling(knownAt: Instant(seconds: 0)),
                    modelVersion: Int32(model),
                    model: Int32(model),
                    sliceSet: 0,
                    scoreStart: 0,
                    details: ""
                )
                _ = history.admit(row, scores: [Double(model) / 100])
            }
        }
        var standing: [Int] = []
        history.standing(asOf: .distantFuture, into: &standing)
        #expect(standing.map { history.predictions[$0].model } == (0..<50).map(Int32.init))
        #expect(standing.allSatisfy { history.predictions[$0].predictedAt == Instant(seconds: 0) })
    }
}
