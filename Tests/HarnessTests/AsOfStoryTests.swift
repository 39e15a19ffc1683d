import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// What has been seen to change an answer about the past, and must not.
@Suite(.temporaryDatabase, .hangLimit)
struct AsOfStoryTests {
    private static let header = "prediction_id,predicted_at,model,score\n"

    private func laboratory(sliceKeys: [Name] = []) async throws -> Laboratory {
        try await Laboratory(
            PredictionTask(
                name: "t",
                kind: .binary,
                horizonSeconds: 30 * 86_400,
                sliceKeys: sliceKeys
            )
        )
    }

    private func upload(_ laboratory: Laboratory, _ rows: String...) async throws {
        try await laboratory.predictions(
            .text(Self.header + rows.map { $0 + "\n" }.joined())
        )
    }

    private func answers(_ laboratory: Laboratory) async throws -> [GivenAnswer] {
        var given: [GivenAnswer] = []
        for question in AskedQuestion.all { given.append(try await laboratory.ask(question)) }
        return given
    }

    private func expectUnchanged(_ given: [GivenAnswer], _ laboratory: Laboratory) async throws {
        for answer in given {
            #expect(try await laboratory.change(of: answer) == nil)
        }
    }

    @Test func `T7: an ordinary later upload makes no mature window young`() async throws {
        let laboratory = try await laboratory()
        try await upload(laboratory, "a,2024-03-10T00:00:00Z,m,0.5")
        let given = try await answers(laboratory)
        #expect(given[0].text.contains("\"mature\": true"))
        let now = try await laboratory.serverNow().iso8601
        try await upload(laboratory, "b,\(now),m,0.5", "c,2023-01-01T00:00:00Z,m,0.5")
        #expect(try await laboratory.ask(AskedQuestion.all[0]).text.contains("\"mature\": false"))
        try await expectUnchanged(given, laboratory)
    }

    @Test func `T7: a prediction that gave way to an earlier one is there as of before`()
        async throws
    {
        let laboratory = try await laboratory()
        try await upload(laboratory, "a,2024-03-10T00:00:00Z,m,0.5")
        let given = try await answers(laboratory)
        try await upload(laboratory, "a,2024-02-01T00:00:00Z,m,0.25")
        let unfolded = try await laboratory.report()
        try await expectUnchanged(given, laboratory)
        try await FoldCells(pool: laboratory.pool, task: laboratory.task).run()
        try await expectUnchanged(given, laboratory)
        // Whether cells that sum up to nothing are still there makes no difference to the present either.
        let folded = try await laboratory.report()
        #expect(folded.interval == unfolded.interval && folded.models == unfolded.models)
        #expect(folded.interval.upperBound == (try Instant(parsing: "2024-02-02T00:00:00Z")))
    }

    @Test(arguments: [false, true])
    func `T7: a cohort is frozen as it was, though its prediction gave way before anybody looked`(
        earlierFirst: Bool
    ) async throws {
        let laboratory = try await laboratory()
        let rows = [
            "a,2024-03-10T00:00:00Z,m,0.5,2024-03-10T00:00:00Z",
            "a,2024-02-01T00:00:00Z,m,0.25,2024-06-01T00:00:00Z",
        ]
        for row in earlierFirst ? rows.reversed() : rows {
            try await laboratory.predictions(
                .text("prediction_id,predicted_at,model,score,known_at\n\(row)\n"),
                backfill: true
            )
        }
        try await FoldCells(pool: laboratory.pool, task: laboratory.task).run()
        let mature = MatureCohorts(pool: laboratory.pool, task: laboratory.task)
        _ = try await mature.run()
        let cohorts = try await laboratory.pool.withConnection {
            try await CohortStore($0, task: laboratory.task).cohorts(.every)
        }
        let whole = cohorts.filter { $0.age == laboratory.task.horizonSeconds }
        #expect(whole.map(\.bucketStart.iso8601) == ["2024-03-10T00:00:00Z"])
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `T7: a horizon and a policy that are changed later are not those of before`()
        async throws
    {
        var laboratory = try await laboratory()
        let yesterday = try await laboratory.serverNow().advanced(bySeconds: -40 * 86_400)
        try await upload(
            laboratory,
            "a,\(yesterday.iso8601),m,0.5",
            "b,\(yesterday.advanced(bySeconds: -90_000).iso8601),m,0.25"
        )
        let given = try await answers(laboratory)
        #expect(given[0].text.contains("\"overdue\": 2"))
        laboratory.task = try await ChangeTask(pool: laboratory.pool, name: "t").run {
            $0.horizonSeconds = 39 * 86_400
            $0.labelPolicy = .negative
            $0.tolerance = .absolute(3)
        }
        #expect(try await laboratory.ask(AskedQuestion.all[0]).text.contains("\"implied\": 2"))
        try await expectUnchanged(given, laboratory)
    }

    @Test
    func `T7: as of before a role was given there was no champion, and it is said since when`()
        async throws
    {
        let laboratory = try await laboratory()
        let before = try await laboratory.serverNow()
        try await upload(
            laboratory,
            "a,2024-03-10T00:00:00Z,gbm,0.5",
            "a,2024-03-10T00:00:00Z,net,0.25"
        )
        let given = try await answers(laboratory)
        let asOf = try await laboratory.serverNow()
        try await SetRole(pool: laboratory.pool, task: laboratory.task).run(
            model: "net",
            role: .champion,
            from: try Instant(parsing: "2024-01-01T00:00:00Z")
        )
        try await expectUnchanged(given, laboratory)
        // While nobody had named one, the model that was known first was taken for it.
        let then = try await laboratory.view(asOf).roles
        #expect(then.champion == "gbm" && then.championAssumedSince != nil)
        let error = await #expect(throws: HarnessError.self) {
            _ = try await Recommend(
                pool: laboratory.pool,
                task: laboratory.task,
                query: RecommendationQuery(asOf: before)
            ).run()
        }
        guard case .noChampionThen("t", before, [], let next) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(next?.model == "net")
        // It is known since the role was recorded, from whenever it holds.
        #expect(try #require(next).validFrom > asOf)
        let words = HarnessError.noChampionThen(
            task: "t",
            asOf: try Instant(parsing: "2024-01-01T00:00:00Z"),
            models: ["gbm", "net"],
            next: RoleChange(model: "net", role: .champion, validFrom: Instant(seconds: 0))
        )
        #expect(
            "\(words)"
                == "Task t had no champion at 2024-01-01T00:00:00Z. net is known to be it since "
                + "1970-01-01T00:00:00Z. Its models then were gbm, net; name the one that you mean."
        )
    }

    @Test func `T7: a model and a slice that came later cannot be asked for as of before`()
        async throws
    {
        let laboratory = try await laboratory(sliceKeys: ["country"])
        let header = "prediction_id,predicted_at,model,score,country\n"
        try await laboratory.predictions(.text(header + "a,2024-03-10T00:00:00Z,gbm,0.5,DE\n"))
        let given = try await answers(laboratory)
        let kinds = Set(given.map(\.text))
        #expect(kinds.isSuperset(of: ["noSuchModel", "unknownSlice"]))
        try await laboratory.predictions(.text(header + "b,2024-03-10T00:00:00Z,net,0.5,FR\n"))
        try await expectUnchanged(given, laboratory)
        #expect(try await laboratory.view(given[0].asOf).models == ["gbm"])
    }

    @Test func `T7: labels that waited, and the uploads by then, are counted as they were`()
        async throws
    {
        let laboratory = try await laboratory()
        try await upload(laboratory, "a,2024-03-10T00:00:00Z,m,0.5")
        try await laboratory.labels(
            .text(
                "prediction_id,observed_at,label\nß,2024-03-11T00:00:00Z,1\nz,2024-03-11T00:00:00Z,1\n"
                    + "f47ac10b-58cc-4372-a567-0e02b2c3d479,2024-03-11T00:00:00Z,0\n"
            )
        )
        let given = try await answers(laboratory)
        let status = try #require(given.first { $0.question.name == "labels status" })
        #expect(status.text.contains("\"orphans\": 3"))
        try await upload(
            laboratory,
            "z,2024-03-10T00:00:00Z,m,0.5",
            "f47ac10b-58cc-4372-a567-0e02b2c3d479,2024-03-10T00:00:00Z,m,0.5"
        )
        try await laboratory.labels(
            .text("prediction_id,observed_at,label\nlater,2024-03-11T00:00:00Z,1\n")
        )
        try await expectUnchanged(given, laboratory)
    }

    @Test func `T7: a question about the present does not wait, and can be asked for again`()
        async throws
    {
        let laboratory = try await laboratory()
        try await upload(laboratory, "a,2024-03-10T00:00:00Z,m,0.5")
        let writer = try await TemporaryDatabase.connect()
        _ = try await writer.execute("BEGIN")
        let knownAt = try await Gate(writer).enter(laboratory.task)
        let report = AskedQuestion.all[0]
        let given = try await laboratory.ask(report)
        #expect(given.asOf < knownAt, "what the writer knows is not in it")
        _ = try await writer.execute(
            """
            INSERT INTO predictions (
                known_at, predicted_at, model_set_id, slice_set_id, upload_id, part, copy, key, scores,
                prediction_id, details)
            SELECT \(knownAt), predicted_at, model_set_id, slice_set_id, upload_id, part, copy,
                '00000000-0000-0000-0000-0000000000ff'::uuid, scores, 'b', details
            FROM predictions
            """
        )
        _ = try await writer.execute("COMMIT")
        #expect(try await laboratory.change(of: given) == nil)
        await writer.close()
    }
}
