import Statistics
import Testing

@testable import Evaluation

/// How far apart two models are, from the sums of their pairs.
struct PairsApartTests {
    private let task = PredictionTask(id: 1, name: "t", kind: .binary, threshold: 0.5)

    private func row(_ score: Double, at second: Int64, label: Double?) -> StandingPrediction {
        StandingPrediction(
            prediction: StoredPrediction(
                predictedAt: Instant(seconds: second),
                telling: Telling(knownAt: Instant(seconds: second)),
                modelVersion: 1,
                model: 1,
                sliceSet: 0,
                scoreStart: 0,
                details: ""
            ),
            score: score,
            status: label == nil ? .pending : .labelled,
            label: label
        )
    }

    private func pair(
        _ champion: Double,
        _ shadow: Double,
        label: Double? = nil,
        championSortsFirst: Bool = true
    ) -> RequestPair {
        RequestPair(
            champion: row(champion, at: 10, label: label),
            shadow: row(shadow, at: 10, label: label),
            championSortsFirst: championSortsFirst
        )
    }

    @Test func `by hand: the root of the mean square, and decisions with labels and without`() {
        var tally = PairTally(task)
        // Distances 0.3, 0.4, 0 and 0.5; the first and the last are decided differently, the last without a label.
        tally.add(pair(0.4, 0.7, label: 1))
        tally.add(pair(0.1, 0.5 - 1e-9, label: 0))
        tally.add(pair(0.9, 0.9, label: 1))
        tally.add(pair(0.75, 0.25))
        let apart = tally.apart
        #expect(apart.requests == 4 && apart.labelled == 3)
        // √((0.09 + 0.16 + 0 + 0.25)/4) = √0.125
        #expect(abs((apart.distance ?? 0) - 0.125.squareRoot()) < 1e-6)
        #expect(apart.decidedDifferently == 0.5)
        #expect(apart.labelledDecidedDifferently == 1.0 / 3)
    }

    @Test func `by hand: of numbers the mean, and no decisions`() {
        let task = PredictionTask(id: 1, name: "r", kind: .regression)
        var tally = PairTally(task)
        tally.add(pair(10, 13, label: 11))
        tally.add(pair(-2, -1))
        let apart = tally.apart
        #expect(apart.requests == 2 && apart.labelled == 1 && apart.distance == 2)
        #expect(apart.decidedDifferently == nil && apart.labelledDecidedDifferently == nil)
    }

    @Test func `without requests nothing is known, and without labels nothing of those with`() {
        var tally = PairTally(task)
        #expect(tally.apart == PairsApart())
        tally.add(pair(0.2, 0.2))
        #expect(tally.apart.distance == 0 && tally.apart.decidedDifferently == 0)
        #expect(tally.apart.labelledDecidedDifferently == nil)
    }

    @Test func `a pair belongs to the earlier prediction, at a tie to the model that sorts first`()
    {
        let (early, late) = (row(0.1, at: 5, label: nil), row(0.2, at: 6, label: nil))
        for isFirst in [true, false] {
            func anchor(_ champion: StandingPrediction, _ shadow: StandingPrediction) -> Double {
                RequestPair(champion: champion, shadow: shadow, championSortsFirst: isFirst)
                    .anchor.score
            }
            #expect(anchor(early, late) == 0.1 && anchor(late, early) == 0.1)
        }
        #expect(pair(0.1, 0.2, championSortsFirst: true).anchor.score == 0.1)
        #expect(pair(0.1, 0.2, championSortsFirst: false).anchor.score == 0.2)
    }

    @Test func `who is nearer has the smaller loss, and a decision takes a threshold`() {
        let shadow = pair(0.4, 0.5, label: 1)
        #expect(shadow.nearer(of: task) == .shadow)
        #expect(abs((shadow.gain(of: task) ?? 0) - 0.11) < 1e-12)
        #expect(shadow.isDecidedDifferently(of: task) == true, "0.5 reaches the threshold")
        #expect(pair(0.4, 0.5, label: 0).nearer(of: task) == .champion)
        #expect(pair(0.4, 0.4, label: 0).nearer(of: task) == .both)
        #expect(pair(0.4, 0.5).nearer(of: task) == nil && pair(0.4, 0.5).gain(of: task) == nil)
        #expect(shadow.isDecidedDifferently(of: .init(name: "r", kind: .regression)) == nil)
    }

    @Test func `slices say how far apart both are, with labels or without`() throws {
        let models = TwoModels()
        let pairs = ChampionPairs(
            try models.view(),
            champion: "gbm",
            keepers: PairKeepers([1: .distantPast])
        )
        var live = LiveComparison(pairs, interval: .always)
        let sums = try models.sums(of: 100...103) { $0 < 102 ? [1: 0.5, 2: 1] : [1: 0.5, 2: 0.2] }
        live.cells = sums.cells
        live.take(sums.pairs)
        var builder = ComparisonBuilder(
            task: models.task,
            metric: .loss(.brier),
            options: ComparisonOptions(),
            shadow: "net"
        )
        live.complete(&builder)
        builder.slices[Slice(key: "k", value: "v")] = builder.days.filter { $0.key < 102 }
        let slice = try #require(SliceComparisons(builder).build().first)
        #expect(slice.apart.requests == 20 && slice.apart.distance == 0.5)
        #expect(slice.apart.decidedDifferently == 0)
        let whole = builder.apart(ComparisonBuilder.sum(builder.days.values, kind: .binary))
        #expect(whole.requests == 40 && whole.decidedDifferently == 0.5)
        builder.pairsFrom = Evidence.instant(101)
        #expect(builder.apart(PairSums(kind: .binary)) == PairsApart(), "not all pairs are known")
    }
}
