import Contract
import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// A model that was renamed is as one that always had its name.
@Suite(.temporaryDatabase, .hangLimit)
struct ModelRenameTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var kind = TaskKind.binary
        var unit = EvidenceUnitRule.day
        /// Whether every other model says nothing of slices.
        var isLopsided = false
        var isReleased = false
        var champion: Name = "m"

        var testDescription: String {
            "\(kind) \(unit) champion \(champion)\(isLopsided ? " lopsided" : "")"
                + (isReleased ? " released" : "")
        }

        static let all = [
            Case(), Case(unit: .entity), Case(isLopsided: true), Case(champion: "z"),
            Case(unit: .entity, isLopsided: true), Case(kind: .regression),
            Case(kind: .regression, unit: .entity, isLopsided: true), Case(isReleased: true),
        ]

        func task(_ name: Name) -> PredictionTask {
            PredictionTask(
                name: name,
                kind: kind,
                horizonSeconds: 5 * 86_400,
                sliceKeys: ["country"],
                evidenceUnit: unit,
                partitionDays: .week,
                retentionSeconds: isReleased ? 10 * 86_400 : nil
            )
        }

        /// What a model predicts and the truth, each request by all models at one time.
        func upload(_ models: [Name], _ days: Range<Int>, to laboratory: Laboratory) async throws {
            let score = kind == .regression ? "value" : "score"
            var predictions =
                "prediction_id,predicted_at,known_at,model,version,\(score),country,entity\n"
            var labels = "prediction_id,observed_at,known_at,label\n"
            for day in days {
                for request in 0..<4 {
                    let second = Int64(day) * 86_400 + Int64(request) * 3_600
                    let at = Instant(seconds: 1_704_067_200 + second)
                    let id = "id-\(day)-\(request)"
                    for (number, model) in models.enumerated() where !model.isEmpty {
                        let score = (day * 31 + request * 17 + number * 7) % 89 + 10
                        let isSilent = isLopsided && number % 2 == 1
                        // Where rows are gone, so is what they said of slices beside those of the pair.
                        let place = isReleased ? request : request + number
                        let country = isSilent ? "" : ["DE", "FR"][place % 2]
                        predictions += "\(id),\(at.iso8601),\(at.iso8601),\(model),v\(day % 2),"
                        predictions += "0.\(score),\(country),e\((day + request) % 9)\n"
                    }
                    let later = at.advanced(bySeconds: 86_400).iso8601
                    labels += "\(id),\(later),\(later),\((day + request) % 2)\n"
                }
            }
            try await laboratory.predictions(.text(predictions), backfill: true)
            try await laboratory.labels(.text(labels), backfill: true)
        }

        /// Some weeks of which cohorts are frozen, all sorts of pairs kept, and rows let go of where that is asked.
        func live(_ models: [Name], champion: Name, in laboratory: Laboratory) async throws {
            try await upload(models, 0..<20, to: laboratory)
            try await laboratory.setRole(champion)
            _ = try await laboratory.compare()
            guard isReleased else { return }
            try await ReleaseRows(pool: laboratory.pool, task: laboratory.task)
                .run(now: Instant(seconds: 1_704_067_200 + 30 * 86_400))
        }
    }

    private static func answers(_ laboratory: Laboratory) async throws -> [String: JSONValue] {
        var answers: [String: JSONValue] = [:]
        for (name, query) in [
            ("report", ReportQuery(period: .week, byVersion: true)),
            ("slice", ReportQuery(slice: Slice(key: "country", value: "DE"))),
            ("then", ReportQuery(asOf: Instant(seconds: 1_704_067_200 + 12 * 86_400))),
        ] {
            do {
                answers[name] = try await laboratory.report(query).json(slice: nil)["models"]
            } catch HarnessError.rowsReleased {
                answers[name] = "released"
            }
        }
        for model: Name in ["m", "a", "b"] {
            let report = try await laboratory.compare(ComparisonQuery(champion: model)).json
            answers["compare \(model)"] = report["comparisons"]
        }
        return answers
    }

    @Test(arguments: Case.all)
    func `T6: what is stored and answered is that of a task that had the right name from the start`(
        wanted: Case
    ) async throws {
        let renamed = try await Laboratory(wanted.task("renamed"))
        let right = try await Laboratory(wanted.task("right"))
        let name: Name = wanted.champion == "z" ? "a" : "m"
        try await wanted.live(["m", "z", "b"], champion: wanted.champion, in: renamed)
        try await wanted.live(["m", "a", "b"], champion: name, in: right)
        try await RenameModel(pool: renamed.pool, task: renamed.task).run("z", to: "a")
        #expect(try await renamed.pairTexts() == right.pairTexts())
        #expect(try await renamed.verify().isClean)
        // Sets of models are of the old order now and then, and uploads go on.
        for laboratory in [renamed, right] {
            try await wanted.upload(["m", "a", "b"], 20..<24, to: laboratory)
            try await wanted.upload(["", "a", ""], 24..<26, to: laboratory)
            try await wanted.upload(["m", "", "b"], 24..<26, to: laboratory)
        }
        let one = try await Self.answers(renamed)
        let other = try await Self.answers(right)
        for (question, answer) in other {
            #expect(one[question] == answer, "\(question)")
        }
        #expect(try await renamed.pairTexts() == right.pairTexts())
        for laboratory in [renamed, right] {
            let verified = try await laboratory.verify()
            #expect(verified.isClean && verified.pairs > 0, "\(verified.differences)")
        }
    }

    @Test func `a renamed model is found by its new name alone, also as of before`() async throws {
        let laboratory = try await Laboratory(Case().task("t"))
        try await Case().live(["m", "z"], champion: "m", in: laboratory)
        let before = try await laboratory.serverNow()
        let rename = RenameModel(pool: laboratory.pool, task: laboratory.task, author: "ada")
        try await rename.run("z", to: "a")
        #expect(try await laboratory.view(nil).models == ["a", "m"])
        #expect(try await laboratory.view(before).models == ["a", "m"])
        let error = await #expect(throws: HarnessError.self) {
            try await laboratory.report(ReportQuery(model: "z"))
        }
        #expect(error == .noSuchModel("z", task: "t", models: ["a", "m"]))
        let change = try #require(try await ListChanges(pool: laboratory.pool).run(limit: 1).first)
        #expect(change.author == "ada" && change.action == "model.rename")
        #expect(change.task == "t" && change.subject == "z to a")
        // The old name is free for another model.
        try await Case().upload(["", "z"], 30..<31, to: laboratory)
        #expect(try await laboratory.view(nil).models == ["a", "m", "z"])
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `a name in use, one that cannot be given and a model that is not are refused`()
        async throws
    {
        let laboratory = try await Laboratory(Case().task("t"))
        try await Case().upload(["m", "z"], 0..<1, to: laboratory)
        let rename = RenameModel(pool: laboratory.pool, task: laboratory.task)
        for (model, name, refusal) in [
            ("z", "m", HarnessError.modelExists("m", task: "t")),
            ("z", "z", .sameName("z")),
            ("x", "y", .noSuchModel("x", task: "t", models: ["m", "z"])),
        ] as [(Name, Name, HarnessError)] {
            let error = await #expect(throws: HarnessError.self) {
                try await rename.run(model, to: name)
            }
            #expect(error == refusal)
        }
        for name: Name in ["", " a", "a\u{200B}"] {
            await #expect(throws: HarnessError.self) { try await rename.run("z", to: name) }
        }
    }

    @Test func `a name that a refused upload has reserved is free`() async throws {
        let laboratory = try await Laboratory(Case().task("t"))
        try await Case().upload(["m", "z"], 0..<1, to: laboratory)
        let refused = try await laboratory.predictions(
            .text(
                "prediction_id,predicted_at,model,score\na,2024-01-01T00:00:00Z,a,0.5\n"
                    + "a,2024-01-01T00:00:00Z,m,7\n"
            ),
            set: ["version=v1"],
            strict: true
        )
        #expect(refused.isRefused)
        let reserve = DictionaryStore(try await TemporaryDatabase.connect())
        _ = try await reserve.internVersion(model: "a", version: "v1", task: laboratory.task)
        await reserve.connection.close()
        try await RenameModel(pool: laboratory.pool, task: laboratory.task).run("z", to: "a")
        #expect(try await laboratory.view(nil).models == ["a", "m"])
        try await Case().upload(["m", "a"], 1..<2, to: laboratory)
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `recommendations stay as they were told, and are found under the new name`()
        async throws
    {
        let laboratory = try await Laboratory(Case().task("t"))
        try await Case().live(["m", "z"], champion: "m", in: laboratory)
        let now = try await laboratory.serverNow()
        #expect(try await laboratory.keepRecommendation(asOf: now) == nil)
        let told = try await laboratory.recommendations()
        try await RenameModel(pool: laboratory.pool, task: laboratory.task).run("m", to: "n")
        let kept = try await laboratory.recommendations()
        #expect(kept.map(\.answer) == told.map(\.answer))
        #expect(kept.map(\.model) == ["n"])
        #expect(
            try await laboratory.keepRecommendation(asOf: now) == nil,
            "the same question under another name is no contradiction"
        )
        #expect(try await laboratory.recommendations().count == 2)
    }
}

extension Laboratory {
    /// - Returns: When another answer was given to the same question, if there was one.
    func keepRecommendation(asOf: Instant? = nil) async throws -> Instant? {
        let query = RecommendationQuery(asOf: asOf)
        let answer = try await Recommend(pool: pool, task: task, query: query).run()
        return try await KeepRecommendation(pool: pool, task: task).run(answer, query: query)
    }

    func recommendations() async throws -> [RecommendationRecord] {
        try await RecommendationHistory(pool: pool, task: task, limit: 100).run().map(\.record)
    }
}
