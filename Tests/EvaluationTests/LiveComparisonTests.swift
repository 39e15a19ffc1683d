import Evaluation
import Testing

/// What is known by now stands beside what the ledger knows.
struct LiveComparisonTests {
    private let models = TwoModels()

    private func live(
        keepers: PairKeepers = PairKeepers([1: .distantPast]),
        scores: (_ day: Int) -> [Int32: Double] = { _ in [1: 0.5, 2: 1] }
    ) throws -> LiveComparison {
        let pairs = ChampionPairs(try models.view(), champion: "gbm", keepers: keepers)
        let sums = try models.sums(of: 100...111, scores: scores)
        var live = LiveComparison(pairs, interval: .always)
        live.cells = sums.cells
        live.take(sums.pairs)
        return live
    }

    private func completed(_ live: LiveComparison) -> ComparisonBuilder {
        var builder = ComparisonBuilder(
            task: models.task,
            metric: .loss(.brier),
            options: ComparisonOptions(),
            shadow: "net"
        )
        live.complete(&builder)
        return builder
    }

    @Test func `all pairs count by day, and each model's predictions`() throws {
        let builder = completed(try live { $0 < 106 ? [1: 0.5, 2: 1] : [1: 0.5] })
        #expect(builder.days.keys.sorted() == Array(100...105))
        #expect(builder.days.values.allSatisfy { $0.pairs == 10 && $0.gain(.brier) == 2.5 })
        #expect(builder.championPredictions == 120 && builder.shadowPredictions == 60)
        #expect(builder.pairsFrom == nil)
        #expect(builder.health.silentSince == Evidence.instant(106))
    }

    @Test func `before pairs are known neither they nor predictions count, which is said`() throws {
        let keepers = PairKeepers([1: Evidence.instant(107)])
        let builder = completed(try live(keepers: keepers))
        #expect(builder.pairsFrom == Evidence.instant(107))
        #expect(builder.days.keys.sorted() == Array(107...111))
        #expect(builder.championPredictions == 50 && builder.shadowPredictions == 50)
        // A shadow that did not predict then lacks no pairs.
        let late = completed(try live(keepers: keepers) { $0 < 107 ? [1: 0.5] : [1: 0.5, 2: 1] })
        #expect(late.pairsFrom == nil && late.days.count == 5)
    }

    @Test func `the last day is that of whichever predicted last`() throws {
        #expect(try live { $0 < 106 ? [1: 0.5, 2: 1] : [1: 0.5] }.lastDay(with: "net") == 111)
        #expect(try live { $0 < 106 ? [1: 0.5, 2: 1] : [2: 1] }.lastDay(with: "net") == 111)
        #expect(try live { _ in [:] }.lastDay(with: "net") == nil)
    }

    @Test
    func
        `requests are missing that were forgotten before pairs were kept, or on the day of guardrails`()
        throws
    {
        func forgotten(_ day: Int, at forgottenAt: Int) -> ForgottenRequests {
            ForgottenRequests(
                bucketStart: Evidence.instant(day),
                chunk: 1,
                count: 1,
                knownFrom: Evidence.instant(day),
                knownUntil: Evidence.instant(day),
                forgottenAt: Evidence.instant(forgottenAt),
                isOrphan: false
            )
        }
        var live = try live()
        let (early, late) = (forgotten(100, at: 120), forgotten(101, at: 140))
        #expect(live.missing([early, late], keptFrom: Evidence.instant(130)) == [early])
        #expect(live.missing([early, late], keptFrom: nil) == [early, late])
        live.guardrails["net"] = ServiceGuardrails(
            from: Evidence.instant(101),
            to: Evidence.instant(102),
            champion: ServiceLevel(),
            shadow: ServiceLevel()
        )
        #expect(live.missing([early, late], keptFrom: .distantPast) == [late])
    }
}
