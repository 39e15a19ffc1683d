import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Taking back what was sent by mistake.
@Suite(.temporaryDatabase, .hangLimit)
struct WithdrawalTests {
    private static let header = "prediction_id,predicted_at,model,version,score,site\n"

    private func laboratory(_ zone: String = "UTC") async throws -> Laboratory {
        try await Laboratory(
            PredictionTask(name: "t", kind: .binary, timeZone: NamedZone(zone), sliceKeys: ["site"])
        )
    }

    private func withdraw(
        _ upload: Int64?,
        from laboratory: Laboratory,
        note: String = "the wrong file"
    ) async throws -> WithdrawalReport {
        try await WithdrawUploads(pool: laboratory.pool, task: laboratory.task, author: "anna")
            .run(uploadID: try #require(upload), note: note)
    }

    private func scores(_ laboratory: Laboratory, asOf: Instant? = nil) async throws -> [Double] {
        let query = RowQuery(asOf: asOf, order: .time, limit: 100)
        return try await ListRows(pool: laboratory.pool, task: laboratory.task, query: query)
            .run().rows.map(\.row.score)
    }

    @Test func `a wrong file counts up to its withdrawal, and not from then on`() async throws {
        let laboratory = try await laboratory()
        let wrong = try await laboratory.predictions(
            .text(
                Self.header
                    + "a,2026-05-01T00:00:00Z,gbm,1,0.9,north\nb,2026-05-01T00:00:00Z,gbm,1,0.8,north\n"
            )
        )
        try await laboratory.labels(
            .text(
                "prediction_id,observed_at,label\na,2026-05-02T00:00:00Z,1\nb,2026-05-02T00:00:00Z,0\n"
            )
        )
        let between = try await laboratory.view(nil).present
        let before = try await laboratory.report(ReportQuery(asOf: between))
        let right = try await laboratory.predictions(
            .text(
                Self.header
                    + "a,2026-05-01T00:00:00Z,gbm,1,0.1,north\nb,2026-05-01T00:00:00Z,gbm,1,0.2,north\n"
            )
        )
        #expect(right.counts.conflict == 2)
        #expect(try await scores(laboratory) == [0.9, 0.8])
        let report = try await withdraw(wrong.uploadID, from: laboratory)
        #expect(report.uploads.map(\.withdrawal.rows) == [2])
        #expect(report.uploads.map(\.stayed) == [0])
        #expect(try await scores(laboratory) == [0.1, 0.2])
        #expect(try await scores(laboratory, asOf: between) == [0.9, 0.8])
        #expect(try await laboratory.report(ReportQuery(asOf: between)) == before)
        #expect(try await laboratory.verify().isClean)
        let changes = try await ListChanges(pool: laboratory.pool, tasks: ["t"]).run(limit: 1)
        #expect(changes.map(\.action) == ["upload.withdraw"])
        #expect(changes.map(\.author) == ["anna"])
        #expect(changes[0].subject.hasSuffix("2 rows: the wrong file"))
    }

    @Test func `a second withdrawal is none, and the same bytes can be sent again`() async throws {
        let laboratory = try await laboratory()
        let file = InputSource.text(Self.header + "a,2026-05-01T00:00:00Z,gbm,1,0.9,north\n")
        let first = try await laboratory.predictions(file)
        let report = try await withdraw(first.uploadID, from: laboratory)
        let again = try await withdraw(first.uploadID, from: laboratory, note: "once more")
        #expect(again.uploads.map(\.isNew) == [false])
        #expect(again.uploads.map(\.withdrawal) == report.uploads.map(\.withdrawal))
        let second = try await laboratory.predictions(file)
        #expect(!second.isResend && second.counts.accepted == 1)
        #expect(second.uploadID != first.uploadID)
        #expect(try await scores(laboratory) == [0.9])
        #expect(try await laboratory.predictions(file).isResend)
    }

    @Test func `rows that another upload has told as well count on, in the order of that one`()
        async throws
    {
        let laboratory = try await laboratory()
        let time = "2026-05-01T00:00:00Z"
        let wrong = try await laboratory.predictions(
            .text(Self.header + "a,\(time),gbm,1,0.9,north\n")
        )
        // The first line says nothing new; alone it would have stood before the second.
        let other = try await laboratory.predictions(
            .text(Self.header + "a,\(time),gbm,1,0.9,north\na,\(time),gbm,1,0.3,north\n")
        )
        #expect(other.counts.duplicate == 1 && other.counts.conflict == 1)
        let report = try await withdraw(wrong.uploadID, from: laboratory)
        #expect(report.uploads.map(\.withdrawal.rows) == [1])
        #expect(try await scores(laboratory) == [0.9])
        #expect(try await laboratory.verify().isClean)
        let rest = try await withdraw(other.uploadID, from: laboratory)
        #expect(rest.uploads.map(\.withdrawal.rows) == [2])
        #expect(try await laboratory.verify().isClean)
        #expect(try await laboratory.cellBytes() == [:])
        await #expect(throws: HarnessError.noPredictions(task: "t")) {
            try await laboratory.report()
        }
    }

    @Test(arguments: [[0, 1], [1, 0]])
    func
        `repeats of one upload count in the order in which it told them, however the others are taken back`(
            order: [Int]
        ) async throws
    {
        let laboratory = try await laboratory()
        let row = "a,2026-05-01T00:00:00Z,gbm,1,"
        let label = "a,2026-05-02T00:00:00Z,"
        var predictions: [Int64?] = []
        var labels: [Int64?] = []
        for (scores, values) in [
            (["0.1"], ["0"]), (["0.2"], ["1"]), (["0.1", "0.2"], ["0", "1"]),
        ] {
            let text = scores.map { "\(row)\($0),north\n" }.joined()
            predictions.append(
                try await laboratory.predictions(.text(Self.header + text)).uploadID
            )
            let told = values.map { "\(label)\($0)\n" }.joined()
            labels.append(
                try await laboratory.labels(.text("prediction_id,observed_at,label\n" + told))
                    .uploadID
            )
        }
        for upload in order {
            _ = try await withdraw(predictions[upload], from: laboratory)
            _ = try await withdraw(labels[upload], from: laboratory)
        }
        let query = RowQuery(limit: 10)
        let rows = try await ListRows(pool: laboratory.pool, task: laboratory.task, query: query)
            .run().rows.map(\.row)
        // The first of two predictions stands, and the last of two labels.
        #expect(rows.map(\.score) == [0.1])
        #expect(rows.map(\.label) == [1])
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `a name that nobody else used goes with its rows`() async throws {
        let laboratory = try await laboratory()
        let wrong = try await laboratory.predictions(
            .text(Self.header + "a,2026-05-01T00:00:00Z,gmb,1,0.9,nroth\n")
        )
        let between = try await laboratory.view(nil).present
        try await laboratory.predictions(
            .text(Self.header + "a,2026-05-01T00:00:00Z,gbm,1,0.9,north\n")
        )
        #expect(try await laboratory.view(nil).roles.champion == "gmb")
        _ = try await withdraw(wrong.uploadID, from: laboratory)
        let view = try await laboratory.view(nil)
        #expect(view.models == ["gbm"])
        #expect(view.roles.champion == "gbm")
        #expect(
            try await OutlineTask(pool: laboratory.pool, task: laboratory.task).run().slices
                == [Slice(key: "site", value: "north")]
        )
        #expect(try await laboratory.view(between).models == ["gmb"])
        // It is known again when it is used again.
        try await laboratory.predictions(
            .text(Self.header + "b,2026-05-01T00:00:00Z,gmb,1,0.9,north\n")
        )
        #expect(try await laboratory.view(nil).models == ["gbm", "gmb"])
        #expect(try await laboratory.view(nil).roles.champion == "gbm")
        #expect(try await laboratory.view(between).models == ["gmb"])
    }

    @Test func `labels wait for a prediction whose upload was taken back`() async throws {
        let laboratory = try await laboratory()
        let wrong = try await laboratory.predictions(
            .text(Self.header + "a,2026-05-01T00:00:00Z,gbm,1,0.9,north\n")
        )
        try await laboratory.labels(
            .text("prediction_id,observed_at,label\na,2026-05-02T00:00:00Z,1\n")
        )
        _ = try await withdraw(wrong.uploadID, from: laboratory)
        let status = try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run()
        #expect(status.orphanIDs == ["a"])
        let more = try await laboratory.labels(
            .text("prediction_id,observed_at,label\na,2026-05-03T00:00:00Z,0\n")
        )
        #expect(more.counts.orphan == 1)
        // In another partition than the first.
        let right = try await laboratory.predictions(
            .text(Self.header + "a,2024-05-01T00:00:00Z,gbm,1,0.7,north\n")
        )
        #expect(right.counts.joined == 1)
        #expect(try await laboratory.report().models[0].windows[0].labelled == 1)
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `small writes are taken back by token and interval`() async throws {
        let clock = TestClock(microsecondsSince1970: 1_700_000_000_000_000)
        var configuration = TemporaryDatabase.configuration
        configuration.clock = clock
        let laboratory = try await Laboratory(
            PredictionTask(name: "t", kind: .binary, sliceKeys: ["site"]),
            on: configuration
        )
        func write(_ id: String, _ token: Name) async throws {
            clock.step(seconds: 600)
            let line =
                #"{"prediction_id":"\#(id)","predicted_at":"2023-11-01T00:00:00Z","model":"gbm","score":0.5}"#
            let group = UploadGroup(
                pool: laboratory.pool,
                task: laboratory.task,
                kind: .predictions,
                tokenName: token
            )
            for result in await group.run([UploadGroup.Part(lines: Array((line + "\n").utf8))]) {
                #expect(try result.get().counts.received == 1)
            }
        }
        for number in 0..<9 { try await write("a\(number)", "right") }
        for number in 0..<9 { try await write("b\(number)", "wrong") }
        let start = Instant(seconds: 1_700_000_000 + 9 * 600)
        // The second to the fifth of the wrong token.
        let interval = Window(
            from: start.advanced(bySeconds: 2 * 600),
            upTo: start.advanced(bySeconds: 6 * 600)
        )
        let withdrawal = WithdrawUploads(pool: laboratory.pool, task: laboratory.task)
        let report = try await withdrawal.run(
            smallWritesOf: "wrong",
            during: interval,
            note: "a test against production"
        )
        #expect(report.uploads.reduce(0) { $0 + $1.withdrawal.rows } == 4)
        let ids = try await ListRows(
            pool: laboratory.pool,
            task: laboratory.task,
            query: RowQuery(order: .time, limit: 100)
        ).run().rows.map(\.predictionID).sorted()
        #expect(ids == (0..<9).map { "a\($0)" } + ["b0", "b5", "b6", "b7", "b8"])
        let status = try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run()
        #expect(status.predictionUploads.received == 14)
        await #expect(throws: HarnessError.noSmallWrites(token: "nobody", task: "t")) {
            _ = try await withdrawal.run(smallWritesOf: "nobody", during: interval, note: "x")
        }
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `what cannot be taken back is said`() async throws {
        let laboratory = try await laboratory()
        await #expect(throws: HarnessError.noSuchUpload(7, task: "t")) {
            _ = try await withdraw(7, from: laboratory)
        }
        for note in ["", "  ", "two\nlines", String(repeating: "x", count: 1_001)] {
            await #expect(throws: HarnessError.self) {
                _ = try await withdraw(7, from: laboratory, note: note)
            }
        }
    }
}
