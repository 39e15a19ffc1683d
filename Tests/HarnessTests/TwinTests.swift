import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Names that look the same and differ in their bytes are two names in every answer.
@Suite(.temporaryDatabase, .hangLimit)
struct TwinTests {
    /// Pairs that Swift's `String` takes for one text.
    static let twins: [(String, String)] = [
        ("\u{E9}", "e\u{301}"), ("\u{C5}ngström", "\u{212B}ngström"), ("K1", "\u{212A}1"),
        ("\u{AC01}", "\u{1100}\u{1161}\u{11A8}"), ("q\u{307}\u{323}", "q\u{323}\u{307}"),
    ]
    private static let requests = 240

    /// Both models score the same requests; slices, versions and sources are twins as well.
    private func laboratory(_ one: String, _ other: String, isReversed: Bool) async throws
        -> Laboratory
    {
        let laboratory = try await Laboratory(
            PredictionTask(
                name: "t",
                kind: .binary,
                horizonSeconds: 86_400,
                sliceKeys: [Name("key \(one)"), Name("key \(other)")],
                labelSources: [Name(one), Name(other)]
            )
        )
        // By number: as Swift texts, twins cannot be told apart.
        var files = [one, other].enumerated().map { number, model in
            var csv = "prediction_id,predicted_at,model,version,score,key \(one),key \(other)\n"
            for index in 0..<Self.requests {
                let (slice, twin) = index % 3 == 0 ? (one, other) : (other, one)
                csv += "p\(index),\(Self.day(index)),\(model),\(index % 2 == 0 ? one : other),"
                csv += "\(number == 0 ? "0.25" : "0.5"),\(slice),\(twin)\n"
            }
            return csv
        }
        if isReversed { files.reverse() }
        for file in files { try await laboratory.predictions(.text(file)) }
        var labels = "prediction_id,observed_at,label,source\n"
        for index in 0..<Self.requests {
            // The source that ranks higher says 1.
            labels += "p\(index),2026-06-01T00:00:00Z,0,\(other)\n"
            labels += "p\(index),2026-06-01T00:00:00Z,1,\(one)\n"
        }
        try await laboratory.labels(.text(labels))
        return laboratory
    }

    private static func day(_ index: Int) -> String {
        let day = index / 10 + 1
        return "2026-05-\(day < 10 ? "0" : "")\(day)T10:00:00Z"
    }

    @Test(arguments: twins, [false, true])
    func `T6 and T10: twins are two models, versions, slices and sources in every answer`(
        twins: (String, String),
        isReversed: Bool
    ) async throws {
        let names = [Name(twins.0), Name(twins.1)]
        let laboratory = try await laboratory(twins.0, twins.1, isReversed: isReversed)
        #expect(try await laboratory.verify().isClean)
        let (pool, task) = (laboratory.pool, laboratory.task)

        let report = try await laboratory.report()
        #expect(report.models.map(\.model).sorted() == names.sorted())
        for model in report.models {
            #expect(model.windows.map(\.predictions) == [Self.requests])
            // Of two that were observed at once, the source that ranks higher counts: all labels are 1.
            let score = model.model == names[0] ? 0.75 : 0.5
            #expect(model.metric("brier_score")?.value == score * score)
        }
        let byVersion = try await laboratory.report(ReportQuery(byVersion: true))
        #expect(byVersion.models.count == 4)
        #expect(byVersion.models.allSatisfy { $0.windows[0].predictions == Self.requests / 2 })

        let listed = try await ListModels(pool: pool, task: task).run()
        #expect(listed.map(\.name) == names.sorted())
        #expect(listed.allSatisfy { $0.versions == names.sorted() })
        #expect(listed.map(\.role).filter { $0 == .champion }.count == 1)

        let comparison = try await CompareModels(
            pool: pool,
            task: task,
            query: ComparisonQuery()
        ).run()
        // The one that was known first is taken for the champion.
        #expect(comparison.champion == names[isReversed ? 1 : 0])
        #expect(comparison.championAssumedSince != nil)
        #expect(comparison.comparisons.map(\.shadow) == [names[isReversed ? 0 : 1]])
        #expect(comparison.comparisons.map(\.pairs) == [Self.requests])
    }

    @Test(arguments: twins)
    func `each slice of twins has its own rows`(twins: (String, String)) async throws {
        let laboratory = try await laboratory(twins.0, twins.1, isReversed: false)
        let keys = laboratory.task.sliceKeys
        for (key, value, count) in [
            (keys[0], twins.0, 80), (keys[0], twins.1, 160), (keys[1], twins.0, 160),
            (keys[1], twins.1, 80),
        ] {
            let slice = Slice(key: key, value: Name(value))
            let report = try await laboratory.report(ReportQuery(slice: slice))
            #expect(report.models.map { $0.windows[0].predictions } == [count, count])
            let exact = try await laboratory.report(ReportQuery(slice: slice, isExact: true))
            #expect(exact.models.map { $0.windows[0].predictions } == [count, count])
        }
    }

    @Test func `a role that is given to one twin is not the other's`() async throws {
        let (one, other) = Self.twins[0]
        let laboratory = try await laboratory(one, other, isReversed: false)
        for name in [one, other] {
            try await SetRole(pool: laboratory.pool, task: laboratory.task)
                .run(model: Name(name), role: .champion, from: nil)
            let models = try await ListModels(pool: laboratory.pool, task: laboratory.task).run()
            let champions = models.filter { $0.role == .champion }.map(\.name)
            #expect(champions == [Name(name)])
        }
    }

    @Test func `rows that differ in their bytes alone are a conflict, and the same in every order`()
        async throws
    {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        let header = "prediction_id,predicted_at,model,score,entity\n"
        let row = "a,2026-05-01T00:00:00Z,m,0.5,"
        let first = try await laboratory.predictions(.text(header + row + "\u{E9}\n"))
        let second = try await laboratory.predictions(.text(header + row + "e\u{301}\n"))
        #expect(first.counts.accepted == 1)
        #expect(second.counts.conflict == 1 && second.counts.duplicate == 0)
        #expect(try await laboratory.verify().isClean)
    }
}
