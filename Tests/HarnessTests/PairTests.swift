import Evaluation
import Harness
import Ingest
import TestSupport
import Testing

/// The requests on which two models are farthest apart are those of their rows, and their numbers those of a comparison.
@Suite(.temporaryDatabase, .hangLimit)
struct PairTests {
    private static let asOf = "2024-03-01T00:00:00Z"

    /// Two models and a third, some requests scored by one alone, told twice, in several partitions, without labels.
    private func laboratory(
        _ kind: TaskKind = .binary,
        _ policy: LabelPolicy = .pending
    ) async throws -> Laboratory {
        let laboratory = try await Laboratory(
            PredictionTask(
                name: "t",
                kind: kind,
                threshold: 0.4,
                horizonSeconds: 10 * 86_400,
                labelPolicy: policy,
                sliceKeys: ["origin"],
                partitionDays: .week
            )
        )
        let value = kind == .binary ? "score" : "value"
        var predictions = "prediction_id,predicted_at,known_at,model,\(value),origin\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        for number in 0..<240 {
            let at = Instant(seconds: 1_704_067_200 + Int64(number) * 20_000)
            for (model, factor) in [("a", 7), ("b", 11), ("c", 13)]
            where number % 5 != 0 || model == "a" {
                // Some shadows answer a day later, and from another origin.
                let later = number % 9 == 0 && model == "b"
                let time = at.advanced(bySeconds: later ? 86_400 : 0).iso8601
                let origin = (number % 3 == 0) != later ? "JFK" : "LGA"
                let score = Double((number * factor) % 100) / 100
                predictions += "p\(number),\(time),\(time),\(model),\(score),\(origin)\n"
            }
            if number % 7 == 0 {
                let earlier = at.advanced(bySeconds: -8 * 86_400).iso8601
                predictions += "p\(number),\(earlier),2024-02-20T00:00:00Z,a,0.5,LGA\n"
            }
            guard number % 4 != 0 else { continue }
            let observed = at.advanced(bySeconds: 3_600 * 50).iso8601
            labels += "p\(number),\(observed),\(observed),\(number % 2)\n"
        }
        try await laboratory.predictions(.text(predictions), backfill: true)
        try await laboratory.labels(.text(labels), backfill: true)
        try await laboratory.setRole("a")
        for shadow in ["b", "c"] as [Name] { try await laboratory.setRole(shadow, .shadow) }
        return laboratory
    }

    private func pairs(_ laboratory: Laboratory, _ query: PairQuery) async throws -> PairPage {
        try await ListPairs(pool: laboratory.pool, task: laboratory.task, query: query).run()
    }

    @Test(arguments: [LabelPolicy.pending, .negative])
    func `pairs are the rows of both models, and add up to what a comparison says`(
        policy: LabelPolicy
    ) async throws {
        let laboratory = try await laboratory(.binary, policy)
        for instant in [nil, Self.asOf, "2024-01-20T00:00:00Z", "2024-02-20T00:00:00Z"] {
            let asOf = try instant.map { try Instant(parsing: $0) }
            let page = try await pairs(
                laboratory,
                PairQuery(shadow: "b", asOf: asOf, limit: 1_000)
            )
            let rows = try await ListRows(
                pool: laboratory.pool,
                task: laboratory.task,
                query: RowQuery(asOf: asOf, limit: 1_000)
            ).run().rows
            func scores(_ model: Name) -> [String: StandingPrediction] {
                Dictionary(
                    uniqueKeysWithValues: rows.filter { $0.model == model }
                        .map { ($0.predictionID, $0.row) }
                )
            }
            let (champion, shadow) = (scores("a"), scores("b"))
            let both = Set(champion.keys).intersection(shadow.keys)
            #expect(Set(page.rows.map(\.predictionID)) == both && both.count > 40)
            for row in page.rows {
                #expect(row.pair.champion.score == champion[row.predictionID]?.score)
                #expect(row.pair.shadow.score == shadow[row.predictionID]?.score)
                let anchors = [champion[row.predictionID], shadow[row.predictionID]]
                #expect(anchors.contains { $0?.status == row.pair.anchor.status })
            }
            let distances = page.rows.map(\.pair.distance)
            #expect(distances == distances.sorted(by: >))

            let comparison = try #require(
                try await laboratory.compare(ComparisonQuery(shadows: ["b"], asOf: asOf))
                    .comparisons.first
            )
            #expect(page.apart == comparison.apart, "\(instant ?? "now")")
            #expect(page.apart.requests == both.count)
            #expect(page.apart.labelled == comparison.pairs)
            let square = distances.reduce(0) { $0 + $1 * $1 } / Double(both.count)
            #expect(abs((page.apart.distance ?? 0) - square.squareRoot()) < 1e-6)
            let task = laboratory.task
            let differ = page.rows.filter { $0.pair.isDecidedDifferently(of: task) == true }
            #expect(
                page.apart.decidedDifferently == Double(differ.count) / Double(both.count)
            )
            for slice in comparison.slices {
                let part = try await pairs(
                    laboratory,
                    PairQuery(shadow: "b", slice: slice.slice, asOf: asOf, limit: 1)
                )
                #expect(part.apart == slice.apart, "\(slice.slice.text)")
                #expect(part.rows.allSatisfy { $0.slices == [slice.slice] })
            }
            #expect(comparison.slices.reduce(0) { $0 + $1.apart.requests } == both.count)
        }
    }

    @Test func `those that are decided differently, the farthest apart of them first`() async throws
    {
        let laboratory = try await laboratory()
        let all = try await pairs(laboratory, PairQuery(shadow: "b", limit: 1_000))
        let some = try await pairs(
            laboratory,
            PairQuery(shadow: "b", decidedDifferently: true, limit: 7)
        )
        let expected = all.rows.filter {
            $0.pair.isDecidedDifferently(of: laboratory.task) == true
        }
        #expect(some.rows.map(\.predictionID) == expected.prefix(7).map(\.predictionID))
        #expect(some.apart == all.apart, "of all requests, whatever is listed")
    }

    @Test func `of a window those whose earlier prediction lies in it`() async throws {
        let laboratory = try await laboratory()
        let window = try Window(
            from: Instant(parsing: "2024-01-10T07:00:00Z"),
            to: Instant(parsing: "2024-01-25T00:00:00Z")
        )
        let all = try await pairs(laboratory, PairQuery(shadow: "b", limit: 1_000))
        let part = try await pairs(
            laboratory,
            PairQuery(shadow: "b", window: window, limit: 1_000)
        )
        let expected = all.rows.filter {
            window.contains($0.pair.anchor.prediction.predictedAt)
        }
        #expect(part.rows.map(\.predictionID) == expected.map(\.predictionID))
        #expect(part.apart.requests == expected.count && expected.count > 30)
        let whole = try Window(
            from: Instant(parsing: "2024-01-10T00:00:00Z"),
            to: Instant(parsing: "2024-01-25T00:00:00Z")
        )
        let comparison = try await laboratory.compare(
            ComparisonQuery(shadows: ["b"], window: whole)
        )
        #expect(
            try await pairs(laboratory, PairQuery(shadow: "b", window: whole)).apart
                == comparison.comparisons[0].apart
        )
    }

    @Test func `numbers have a mean distance, and nothing is decided`() async throws {
        let laboratory = try await laboratory(.regression)
        let page = try await pairs(laboratory, PairQuery(shadow: "b", limit: 1_000))
        let comparison = try await laboratory.compare(ComparisonQuery(shadows: ["b"]))
        #expect(page.apart == comparison.comparisons[0].apart)
        #expect(page.apart.decidedDifferently == nil && page.apart.distance ?? 0 > 0.2)
        #expect(page.rows.contains { $0.pair.anchor.label == nil })
        let row = try #require(page.rows.first { $0.pair.anchor.label != nil })
        let pair = row.pair
        let errors = [pair.champion, pair.shadow].map { abs($0.score - (pair.anchor.label ?? 0)) }
        #expect(pair.gain(of: laboratory.task) == errors[0] - errors[1])
        await #expect(
            throws: HarnessError.unsupportedKind(
                .regression,
                operation: "A decision at a threshold"
            )
        ) {
            _ = try await pairs(laboratory, PairQuery(shadow: "b", decidedDifferently: true))
        }
    }

    @Test func `the shadow must be clear, and models and slices known`() async throws {
        let laboratory = try await laboratory()
        await #expect(throws: HarnessError.whichShadow(champion: "a", shadows: ["b", "c"])) {
            _ = try await pairs(laboratory, PairQuery())
        }
        await #expect(throws: HarnessError.sameModel("a")) {
            _ = try await pairs(laboratory, PairQuery(shadow: "a"))
        }
        for query in [
            PairQuery(shadow: "x"), PairQuery(champion: "x", shadow: "b"),
            PairQuery(shadow: "b", slice: Slice(key: "origin", value: "SFO")),
        ] {
            await #expect(throws: HarnessError.self) { _ = try await pairs(laboratory, query) }
        }
        try await laboratory.setRole("c", .retired)
        #expect(try await pairs(laboratory, PairQuery()).shadow == "b")
    }
}
