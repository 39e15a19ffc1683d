import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Files that say something else than the ones before.
@Suite(.temporaryDatabase, .hangLimit)
struct ContradictionTests {
    private static let requests = 2_000
    private static let start = Instant(seconds: 1_704_067_200)

    private static func laboratory() async throws -> Laboratory {
        try await Laboratory(PredictionTask(name: "t", kind: .binary, horizonSeconds: 86_400))
    }

    /// A prediction of each request, two hundred a day; of the wrong file 1 − p.
    private static func predictions(isWrong: Bool, models: [String] = ["m"]) -> InputSource {
        var text = "prediction_id,predicted_at,model,score\n"
        for number in 0..<requests {
            let at = start.advanced(bySeconds: Int64(number / 200) * 86_400).iso8601
            let score = 100 + number % 300
            for model in models {
                text += "id-\(number),\(at),\(model),0.\(isWrong ? 1_000 - score : score)\n"
            }
        }
        return .text(text)
    }

    /// A label of each request, observed so many seconds after the prediction.
    private static func labels(isWrong: Bool, delay: Int64 = 3_600) -> InputSource {
        var text = "prediction_id,observed_at,label\n"
        for number in 0..<requests {
            let day = start.advanced(bySeconds: Int64(number / 200) * 86_400 + delay)
            text += "id-\(number),\(day.iso8601),\((number + (isWrong ? 1 : 0)) % 2)\n"
        }
        return .text(text)
    }

    private static func present(_ laboratory: Laboratory) async throws -> Instant {
        try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run().asOf
    }

    /// What `report`, `compare`, `recommend` and `labels status` say of contradictions, which is the same.
    private static func told(
        _ laboratory: Laboratory,
        asOf: Instant? = nil
    ) async throws -> Contradictions? {
        let (pool, task) = (laboratory.pool, laboratory.task)
        let report = try await laboratory.report(ReportQuery(asOf: asOf)).contradictions
        let comparison = try await laboratory.compare(ComparisonQuery(asOf: asOf)).contradictions
        let recommendation = try await Recommend(
            pool: pool,
            task: task,
            query: RecommendationQuery(asOf: asOf)
        ).run().recommendation.contradictions
        let status = try await LabelStatus(pool: pool, task: task, asOf: asOf).run().contradictions
        #expect(report == comparison)
        #expect(report == recommendation)
        #expect(report == status)
        return report
    }

    @Test
    func `a wrong file and the right one are told apart by name, and as of before by nothing`()
        async throws
    {
        let laboratory = try await Self.laboratory()
        let wrong = try await laboratory.predictions(Self.predictions(isWrong: true))
        #expect(wrong.contradicts.isEmpty && !wrong.isContradicting)
        let before = try await Self.present(laboratory)
        #expect(try await Self.told(laboratory) == nil)
        let right = try await laboratory.predictions(Self.predictions(isWrong: false))
        let (first, second) = (try #require(wrong.uploadID), try #require(right.uploadID))
        #expect(right.contradicts == [first: 2_000] && right.isContradicting)
        #expect(right.counts.conflict == 2_000)
        let told = Contradictions(
            requests: ContradictionCount(scores: 2_000),
            uploads: [ContradictingUpload(id: second, against: first, rows: 2_000)]
        )
        #expect(try await Self.told(laboratory) == told)
        #expect(try await Self.told(laboratory, asOf: try await Self.present(laboratory)) == told)
        #expect(try await Self.told(laboratory, asOf: before) == nil)
        #expect(try await laboratory.verify().isClean)
        // The same again says nothing new.
        let again = try await laboratory.predictions(
            Self.predictions(isWrong: false, models: ["m", "n"])
        )
        #expect(again.contradicts.isEmpty && again.counts.accepted == 2_000)
        #expect(try await Self.told(laboratory) == told)
    }

    @Test func `labels of one time contradict, later ones correct`() async throws {
        let laboratory = try await Self.laboratory()
        try await laboratory.predictions(Self.predictions(isWrong: false))
        let wrong = try await laboratory.labels(Self.labels(isWrong: true))
        let before = try await Self.present(laboratory)
        let right = try await laboratory.labels(Self.labels(isWrong: false))
        let (first, second) = (try #require(wrong.uploadID), try #require(right.uploadID))
        #expect(right.contradicts == [first: 2_000] && right.isContradicting)
        #expect(right.counts.accepted == 2_000 && right.counts.corrected == 2_000)
        let corrected = try await laboratory.labels(Self.labels(isWrong: true, delay: 7_200))
        #expect(corrected.contradicts.isEmpty && corrected.counts.corrected == 2_000)
        let told = Contradictions(
            requests: ContradictionCount(labels: 2_000),
            uploads: [ContradictingUpload(id: second, against: first, rows: 2_000)]
        )
        #expect(try await Self.told(laboratory) == told)
        #expect(try await Self.told(laboratory, asOf: before) == nil)
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `labels that wait for their predictions count when these have come`() async throws {
        let laboratory = try await Self.laboratory()
        let wrong = try await laboratory.labels(Self.labels(isWrong: true))
        let right = try await laboratory.labels(Self.labels(isWrong: false))
        #expect(right.contradicts == [try #require(wrong.uploadID): 2_000])
        #expect(
            try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run()
                .contradictions == nil
        )
        try await laboratory.predictions(Self.predictions(isWrong: false))
        let told = try #require(try await Self.told(laboratory))
        #expect(told.requests == ContradictionCount(labels: 2_000))
        #expect(told.uploads.count == 1)
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `a window has the requests of its time buckets, or of the part that it cuts out`()
        async throws
    {
        let laboratory = try await Self.laboratory()
        for isWrong in [true, false] {
            try await laboratory.predictions(Self.predictions(isWrong: isWrong))
        }
        func requests(from first: Int64, to last: Int64) async throws -> ContradictionCount? {
            let window = Window(
                from: Self.start.advanced(bySeconds: first),
                upTo: Self.start.advanced(bySeconds: last)
            )
            return try await laboratory.report(ReportQuery(window: window)).contradictions?.requests
        }
        #expect(try await requests(from: 86_400, to: 3 * 86_400)?.scores == 400)
        #expect(try await requests(from: 86_400, to: 86_401)?.scores == 200)
        let later = try await requests(from: 86_401, to: 2 * 86_400 + 1)
        #expect(later?.scores == 200)
    }

    @Test func `uploads are named whose rows are about the window, those by the most rows first`()
        async throws
    {
        let laboratory = try await Self.laboratory()
        var expected: [ContradictingUpload] = []
        var first: Int64?
        for number in 0..<9 {
            let rows = (0..<number * 2).reduce("prediction_id,predicted_at,model,score\n") {
                $0 + "id-\($1),2024-01-01T00:00:00Z,m,0.5\(number)\n"
            }
            let file = number == 0 ? Self.predictions(isWrong: false) : .text(rows)
            let id = try #require(try await laboratory.predictions(file).uploadID)
            if let first {
                expected.append(
                    ContradictingUpload(id: id, against: first, rows: Int64(number * 2))
                )
            }
            first = first ?? id
        }
        let told = try #require(try await laboratory.report().contradictions)
        #expect(told.uploads == Array(expected.reversed().prefix(5)) && told.moreUploads == 3)
        #expect(told.requests == ContradictionCount(scores: 16))
        let window = Window(
            from: Self.start.advanced(bySeconds: 86_400),
            upTo: Self.start.advanced(bySeconds: 2 * 86_400)
        )
        #expect(try await laboratory.report(ReportQuery(window: window)).contradictions == nil)
    }

    @Test func `a file that contradicts itself says so`() async throws {
        let laboratory = try await Self.laboratory()
        let report = try await laboratory.predictions(
            .text(
                "prediction_id,predicted_at,model,score\na,2024-01-01T00:00:00Z,m,0.5\n"
                    + "a,2024-01-01T00:00:00Z,m,0.6\na,2024-01-01T00:00:00Z,m,0.7\n"
            )
        )
        let id = try #require(report.uploadID)
        #expect(report.contradicts == [id: 2] && report.isContradicting)
        let told = try #require(try await laboratory.report().contradictions)
        #expect(told.requests.scores == 1)
        #expect(told.uploads == [ContradictingUpload(id: id, against: id, rows: 2)])
    }

    @Test(arguments: [(1, false), (20, false), (21, true)])
    func `a few rows of many are no reason to warn`(rows: Int, isWarned: Bool) async throws {
        let laboratory = try await Self.laboratory()
        try await laboratory.predictions(
            .text(
                (0..<rows).reduce("prediction_id,predicted_at,model,score\n") {
                    $0 + "id-\($1),2024-01-01T00:00:00Z,m,0.001\n"
                }
            )
        )
        let report = try await laboratory.predictions(Self.predictions(isWrong: false))
        #expect(report.contradictingRows == Int64(rows))
        #expect(report.isContradicting == isWarned)
    }

    @Test func `folding changes nothing, and verify sees and mends what is wrong`() async throws {
        let laboratory = try await Self.laboratory()
        for isWrong in [true, false] {
            try await laboratory.predictions(Self.predictions(isWrong: isWrong))
            try await laboratory.labels(Self.labels(isWrong: isWrong))
        }
        let told = try await laboratory.report().contradictions
        #expect(told?.requests == ContradictionCount(scores: 2_000, labels: 2_000))
        try await FoldCells(pool: laboratory.pool, task: laboratory.task).run()
        #expect(try await laboratory.report().contradictions == told)
        for damage in [
            "DELETE FROM contradiction_cells WHERE bucket_start < '2024-01-03'",
            "UPDATE contradiction_cells SET scores = scores + 1",
            "UPDATE contradiction_cells SET bucket_start = bucket_start + interval '40 days'",
        ] {
            try await laboratory.pool.withConnection { try await $0.executeScript(damage) }
            #expect(try await !laboratory.verify().isClean, "\(damage)")
            let operation = VerifyCells(pool: laboratory.pool, task: laboratory.task)
            #expect(try await operation.repairing().isClean)
            #expect(try await laboratory.report().contradictions == told)
        }
    }

    @Test func `tasks of an earlier version are counted once`() async throws {
        let laboratory = try await Self.laboratory()
        for isWrong in [true, false] {
            try await laboratory.predictions(Self.predictions(isWrong: isWrong))
        }
        let told = try await laboratory.report().contradictions
        try await laboratory.pool.withConnection {
            try await $0.executeScript(
                "DELETE FROM contradiction_cells; UPDATE tasks SET cells_format = 3"
            )
        }
        #expect(try await RenewCells(pool: laboratory.pool).run() == ["t"])
        #expect(try await laboratory.report().contradictions == told)
    }

    @Test func `what is counted of rows that are let go stays`() async throws {
        let laboratory = try await Laboratory(Laboratory.expiring("t"))
        let days = (1...28).map { "2024-02-\($0 < 10 ? "0" : "")\($0)" } + ["2024-04-10"]
        try await laboratory.upload(days: days)
        var predictions = "prediction_id,predicted_at,known_at,model,score\n"
        for day in days { predictions += "id-\(day),\(day)T10:00:00Z,\(day)T11:00:00Z,gbm,0.75\n" }
        try await laboratory.predictions(.text(predictions), backfill: true)
        let told = try await laboratory.report().contradictions
        #expect(told?.requests == ContradictionCount(scores: 29))
        #expect(
            try await ReleaseRows(pool: laboratory.pool, task: laboratory.task)
                .run(now: Laboratory.expiry).partitions > 2
        )
        #expect(try await laboratory.report().contradictions == told)
        #expect(
            try await laboratory.report(ReportQuery(asOf: Self.present(laboratory))).contradictions
                == told
        )
        #expect(try await laboratory.verify().isClean)
        let status = try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run()
        #expect(status.contradictions?.requests == ContradictionCount(scores: 1))
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `small writes name the upload of their hour, and questions when it is over`()
        async throws
    {
        let clock = TestClock(microsecondsSince1970: Self.start.microseconds + 60_000_000)
        var configuration = TemporaryDatabase.configuration
        configuration.clock = clock
        let laboratory = try await Laboratory(
            PredictionTask(name: "t", kind: .binary, horizonSeconds: 86_400),
            on: configuration
        )
        func part(_ scores: String...) -> UploadGroup.Part {
            let lines = scores.map {
                #"{"prediction_id":"a","predicted_at":"2023-12-31T00:00:00Z","model":"m","score":\#($0)}"#
                    + "\n"
            }
            return UploadGroup.Part(lines: Array(lines.joined().utf8))
        }
        let group = UploadGroup(pool: laboratory.pool, task: laboratory.task, kind: .predictions)
        let reports = try await group.run([part("0.5"), part("0.5"), part("0.6", "0.7")])
            .map { try $0.get() }
        let id = try #require(reports[0].uploadID)
        #expect(reports.map(\.contradicts) == [[:], [:], [id: 2]])
        let more = try await group.run([part("0.8")]).map { try $0.get() }
        #expect(more.map(\.contradicts) == [[id: 1]])
        let young = try #require(try await Self.told(laboratory))
        #expect(young == Contradictions(requests: ContradictionCount(scores: 1), uploads: []))
        let then = try await Self.present(laboratory)
        clock.step(seconds: 3_600)
        let over = try #require(try await Self.told(laboratory))
        #expect(over.uploads == [ContradictingUpload(id: id, against: id, rows: 3)])
        #expect(try await Self.told(laboratory, asOf: then) == young, "the same for ever")
    }
}
