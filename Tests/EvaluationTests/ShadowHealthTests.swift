import DecisionScenarios
import Evaluation
import Testing

/// A shadow is judged by its traffic before any label comes.
struct ShadowHealthTests {
    private let task = PredictionTask(id: 1, name: "t", kind: .binary)
    private static let dictionary: TaskDictionary = {
        var dictionary = TaskDictionary()
        dictionary.versions[1] = .init(model: 1, modelName: "gbm", version: "")
        dictionary.versions[2] = .init(model: 2, modelName: "net", version: "")
        return dictionary
    }()

    /// The health at the start of a day, of 50 requests a day since day 100.
    ///
    /// `shadow` gives the shadow's score of a row of a day, `nil` where it gives none.
    private func health(
        days: ClosedRange<Int> = 100...119,
        size: TimeBucketSize = .day,
        at present: Int = 120,
        shadow: (_ day: Int, _ row: Int) -> Double?
    ) throws -> ShadowHealth {
        let buckets = TimeBuckets(.utc, size: size)
        var accumulator = CellAccumulator(
            task: task,
            dictionary: Self.dictionary,
            buckets: buckets,
            pairKeepers: Set(Self.dictionary.versions.values.map(\.model))
        )
        for day in days {
            for row in 0..<50 {
                var history = PredictionHistory(scoresPerPrediction: 1)
                let instant = Instant(seconds: Int64(day) * 86_400 + Int64(row) * 1_700)
                history.restore(version: 1, score: Double(row) / 50, at: instant)
                if let score = shadow(day, row) {
                    history.restore(version: 2, score: score, at: instant)
                }
                accumulator.add(history, sign: 1)
            }
        }
        var builder = ShadowHealthBuilder(
            task: task,
            buckets: buckets,
            present: Instant(seconds: Int64(present) * 86_400)
        )
        for (key, cell) in accumulator.cells {
            if key.version == 1 { builder.champion[key.bucket] = cell }
            if key.version == 2 { builder.shadow[key.bucket] = cell }
        }
        for (key, cell) in accumulator.pairs {
            var sums = PairSums(kind: .binary)
            sums.add(cell, championIsFirst: true, impliesNegatives: false)
            builder.pairs[key.bucket] = sums
        }
        return builder.build(shadowName: "net")
    }

    @Test func `a shadow with the champion's traffic has no problems`() throws {
        let health = try health { _, row in Double(row) / 50 }
        #expect(health.problems.isEmpty)
        #expect(health.pairRate == 1)
        #expect(health.disagreementRate == 0)
        #expect(health.scoreDistance == 0)
        #expect(health.lastSeen == Instant(seconds: 120 * 86_400))
        #expect(health.silentSince == nil)
    }

    @Test func `a shadow without traffic is named when one bucket is over`() throws {
        let during = try health(at: 119) { day, row in day < 119 ? Double(row) / 50 : nil }
        #expect(during.silentSince == nil)
        let after = try health(at: 120) { day, row in day < 119 ? Double(row) / 50 : nil }
        #expect(after.silentSince == Instant(seconds: 119 * 86_400))
        #expect(after.lastSeen == Instant(seconds: 119 * 86_400))
        #expect(after.problems.first?.hasPrefix("net gets no traffic") == true)
        // With hours as buckets it is an hour.
        let hourly = try health(size: .hour, at: 120) { day, row in
            day < 119 || row < 25 ? Double(row) / 50 : nil
        }
        let silent = try #require(hourly.silentSince)
        #expect(silent >= Instant(seconds: 119 * 86_400 + 25 * 1_700 - 3600))
        #expect(silent <= Instant(seconds: 119 * 86_400 + 25 * 1_700 + 3600))
        let never = try health { _, _ in nil }
        #expect(never.lastSeen == nil)
        #expect(never.silentSince == Instant(seconds: 100 * 86_400))
        // Where the champion is silent too, nobody is to blame.
        #expect(try health(at: 140) { _, row in Double(row) / 50 }.problems.isEmpty)
    }

    @Test func `a constant score is named, one that varies is not`() throws {
        let constant = try health { _, _ in 0.37 }
        #expect(constant.problems == ["net gives every request the same score."])
        #expect(constant.scoreDistance.map { $0 > 0.3 } == true)
        let coarse = try health { _, row in row % 2 == 0 ? 0.37 : 0.38 }
        #expect(coarse.problems.isEmpty)
    }

    @Test func `a shadow that leaves requests out is named`() throws {
        let half = try health { _, row in row % 2 == 0 ? Double(row) / 50 : nil }
        #expect(half.pairRate == 0.5)
        #expect(half.problems.count == 1)
        #expect(half.problems.first?.contains("50.0 %") == true)
        // Only the last 28 days count.
        let recovered = try health(days: 80...119) { day, row in
            day < 85 && row > 0 ? nil : Double(row) / 50
        }
        #expect(recovered.pairRate == 1)
    }

    @Test func `opposite decisions show as disagreement`() throws {
        let opposite = try health { _, row in 1 - Double(row) / 50 }
        #expect(opposite.disagreementRate.map { $0 > 0.9 } == true)
    }
}
