import Contract
import EmbeddedPostgres
import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Deleting for good what was told of somebody.
@Suite(.temporaryDatabase, .hangLimit)
struct ForgettingTests {
    private static let header = "prediction_id,predicted_at,model,version,score,site,entity\n"
    private static let subject = "quidam \"1\", é"
    private static let entity = "somebody/4711"

    private func laboratory() async throws -> Laboratory {
        try await Laboratory(
            PredictionTask(
                name: "t",
                kind: .binary,
                timeZone: NamedZone("UTC"),
                sliceKeys: ["site"]
            )
        )
    }

    private func forget(
        _ subjects: ForgetRequests.Subjects,
        in laboratory: Laboratory,
        isDryRun: Bool = false
    ) async throws -> ForgettingReport {
        try await ForgetRequests(pool: laboratory.pool, task: laboratory.task, author: "anna")
            .run(subjects, confirmedBy: laboratory.task.name, isDryRun: isDryRun)
    }

    /// Twenty requests of ten days, two models each, with labels for all and a correction.
    private func fill(_ laboratory: Laboratory) async throws {
        var rows = Self.header
        var labels = "prediction_id,observed_at,label\n"
        for number in 0..<20 {
            let day = "2026-05-\(10 + number / 2)"
            let id = number == 7 ? Self.subject.replacing("\"", with: "\"\"") : "r-\(number)"
            let entity = number % 5 == 0 ? Self.entity : "e-\(number)"
            for (model, score) in [("gbm", 0.04 * Double(number)), ("net", 0.9)] {
                rows +=
                    "\"\(id)\",\(day)T01:00:00Z,\(model),1,\(score),north,\(entity)\n"
            }
            labels += "\"\(id)\",\(day)T02:00:00Z,\(number % 2)\n"
        }
        try await laboratory.predictions(.text(rows))
        try await laboratory.labels(.text(labels))
        try await laboratory.labels(
            .text("prediction_id,observed_at,label\nr-5,2026-06-01T00:00:00Z,0\n")
        )
    }

    private func dump() throws -> String {
        let binaries = try PostgresBinaries.installed()
        let outcome = try Command(
            arguments: [
                binaries[0].path("pg_dump"), "--data-only", TemporaryDatabase.connectionString,
            ]
        ).run()
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }

    @Test func `nothing of an id or an entity is left in the whole database`() async throws {
        let laboratory = try await laboratory()
        try await fill(laboratory)
        let wrong = try await laboratory.predictions(
            .text(
                Self.header
                    + "\"\(Self.subject.replacing("\"", with: "\"\""))\",2026-05-13T03:00:00Z,gbm,1,0.5,north,x\n"
            )
        )
        _ = try await WithdrawUploads(pool: laboratory.pool, task: laboratory.task)
            .run(uploadID: try #require(wrong.uploadID), note: "wrong")
        // A reject, an orphan, and a row that says nothing new.
        try await laboratory.predictions(
            .text(
                Self.header
                    + "\"\(Self.subject.replacing("\"", with: "\"\""))\",2026-05-13T01:00:00Z,gbm,1,2,north,x\n"
            )
        )
        try await laboratory.labels(
            .text(
                "prediction_id,observed_at,label\n\"\(Self.subject.replacing("\"", with: "\"\""))\",2026-05-13T02:00:00Z,1\n"
            )
        )
        try await laboratory.labels(
            .text("prediction_id,observed_at,label\nlonely,2026-05-13T02:00:00Z,1\n")
        )
        let before = try dump()
        for text in ["quidam", "lonely", Self.entity, "r-10"] {
            #expect(before.contains(text), "\(text)")
        }

        let numbers = try await laboratory.report()
        let report = try await forget(
            .init(predictionIDs: [Self.subject, "lonely", "nobody"], entities: [Self.entity]),
            in: laboratory
        )
        #expect(report.requests == 6)
        #expect(report.predictions == 5)
        #expect(report.labels == 7)
        #expect(report.rejects == 1)
        let after = try dump()
        for text in ["quidam", "lonely", Self.entity, "r-0", "r-5", "r-10", "r-15"] {
            #expect(!after.contains(text), "\(text)")
        }
        #expect(after.contains("r-11"))
        #expect(try await laboratory.report().models == numbers.models)
        #expect(try await laboratory.verify().isClean)
        let changes = try await ListChanges(pool: laboratory.pool, tasks: ["t"]).run(limit: 1)
        #expect(changes.map(\.action) == ["requests.forget"])
        #expect(changes.map(\.author) == ["anna"])
        #expect(changes[0].subject.contains("6 requests"))
    }

    @Test func `twins and UUIDs are forgotten with the rejects that hold them`() async throws {
        let laboratory = try await laboratory()
        let uuid = "6f1c2a52-0b1e-4f7e-9d5a-3b8f1c2d4e5f"
        let twins = ["qu\u{E9}", "que\u{301}"]
        var rows = Self.header
        for (id, score) in zip(
            twins + [uuid, uuid.uppercased()] + twins,
            ["0.5", "0.5", "0.5", "2", "2", "2"]
        ) {
            rows +=
                "\(id),2026-05-01T00:00:00Z,gbm,1,\(score),north,\(id.hasPrefix("qu") ? "" : "quidam")\n"
        }
        #expect(try await laboratory.predictions(.text(rows)).counts.rejected == 3)
        let report = try await forget(
            .init(predictionIDs: twins, entities: ["quidam"]),
            in: laboratory
        )
        #expect(report.requests == 3 && report.rejects == 3)
        let after = try dump()
        for text in twins + [uuid, "quidam"] {
            #expect(!Array(after.lowercased().utf8).contains(Array(text.utf8)), "\(text)")
        }
        #expect(try await laboratory.verify().isClean)
    }

    @Test(arguments: [
        "", "prediction_id\n", "id\nx\n", "prediction_id,label\nx,1\n", "entity\na\0b\n",
    ])
    func `a file that does not say whom is refused`(text: String) {
        #expect(throws: IngestError.self) { try SubjectFile(Array(text.utf8), name: "ids.csv") }
    }

    @Test func `sums stay, and answers from rows say what is missing`() async throws {
        let laboratory = try await laboratory()
        try await fill(laboratory)
        let then = try await laboratory.view(nil).present
        let report = try await laboratory.report(ReportQuery(asOf: then))
        #expect(report.forgotten == 0)
        _ = try await forget(.init(predictionIDs: ["r-5", "r-6"]), in: laboratory)
        // What they added is told by sums, and the answer of then is the same.
        #expect(try await laboratory.report(ReportQuery(asOf: then)) == report)
        let exact = try await laboratory.report(ReportQuery(isExact: true))
        #expect(exact.forgotten == 2)
        #expect(exact.models[0].windows[0].predictions == 18)
        // Half of a time bucket cannot be told from a sum.
        let half = try Window(from: Instant(seconds: 1778545800), to: nil)
        #expect(try await laboratory.report(ReportQuery(window: half)).forgotten == 1)
        let status = try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run()
        #expect(status.forgotten == 2 && status.predictionIDs == 18)
        let page = try await ListRows(
            pool: laboratory.pool,
            task: laboratory.task,
            query: RowQuery(order: .time, limit: 100)
        ).run()
        #expect(page.forgotten == 2 && page.rows.count == 36)
        #expect(page.json(RowQuery(order: .time, limit: 100), cursor: nil)["forgotten"] == 2)
    }

    @Test func `as of an instant when less was known the answer goes without them and says so`()
        async throws
    {
        let laboratory = try await laboratory()
        try await laboratory.predictions(
            .text(
                Self.header + "a,2026-05-01T00:00:00Z,gbm,1,0.9,north,x\n"
                    + "b,2026-05-01T00:00:00Z,gbm,1,0.8,north,y\n"
            )
        )
        let before = try await laboratory.view(nil).present
        try await laboratory.labels(
            .text("prediction_id,observed_at,label\na,2026-05-02T00:00:00Z,1\n")
        )
        let after = try await laboratory.view(nil).present
        _ = try await forget(.init(predictionIDs: ["a"]), in: laboratory)
        let early = try await laboratory.report(ReportQuery(asOf: before))
        #expect(early.forgotten == 1)
        #expect(early.models[0].windows[0].predictions == 1)
        let late = try await laboratory.report(ReportQuery(asOf: after))
        #expect(late.forgotten == 0)
        #expect(late.models[0].windows[0].predictions == 2)
        #expect(late.models[0].windows[0].labelled == 1)
    }

    @Test func `folding, repairing, renaming and retention leave the sums as they are`()
        async throws
    {
        let laboratory = try await laboratory()
        try await fill(laboratory)
        _ = try await forget(.init(predictionIDs: ["r-5"]), in: laboratory)
        _ = try await forget(.init(entities: ["e-6"]), in: laboratory)
        let report = try await laboratory.report()
        let (pool, task) = (laboratory.pool, laboratory.task)
        try await FoldCells(pool: pool, task: task).run()
        #expect(try await laboratory.report().models == report.models)
        #expect(try await laboratory.verify().isClean)
        try await RepairCells(pool: pool, task: task).run()
        #expect(try await laboratory.report().models == report.models)
        #expect(try await laboratory.verify().isClean)
        // The other way round in the order of names.
        try await RenameModel(pool: pool, task: task).run("gbm", to: "zeta")
        #expect(try await laboratory.verify().isClean)
        let renamed = try await laboratory.report()
        #expect(Set(renamed.models.map(\.model)) == ["net", "zeta"])
        // Sent again, it is told again.
        try await laboratory.predictions(
            .text(Self.header + "r-5,2026-05-12T01:00:00Z,zeta,1,0.2,north,e-5\n")
        )
        #expect(try await laboratory.verify().isClean)
        let predictions = try await laboratory.report().models.first { $0.model == "zeta" }?
            .windows[0].predictions
        #expect(predictions == 21)
    }

    @Test func `it asks for the name, counts in a dry run, and forgets once`() async throws {
        let laboratory = try await laboratory()
        try await fill(laboratory)
        let forgetting = ForgetRequests(pool: laboratory.pool, task: laboratory.task)
        await #expect(throws: HarnessError.notConfirmed(task: "t", given: "u")) {
            try await forgetting.run(.init(predictionIDs: ["r-5"]), confirmedBy: "u")
        }
        await #expect(throws: HarnessError.self) {
            try await forgetting.run(.init(), confirmedBy: "t")
        }
        let cells = try await laboratory.cellBytes()
        let dry = try await forget(.init(predictionIDs: ["r-5"]), in: laboratory, isDryRun: true)
        #expect(dry.isDryRun && dry.requests == 1 && dry.predictions == 1 && dry.labels == 2)
        #expect(try await laboratory.cellBytes() == cells)
        #expect(try await forget(.init(predictionIDs: ["r-5"]), in: laboratory).requests == 1)
        let again = try await forget(.init(predictionIDs: ["r-5"]), in: laboratory)
        #expect(again.requests == 0 && again.predictions == 0)
        // Of what is taken back, what was forgotten stays counted.
        let withdrawn = try await WithdrawUploads(pool: laboratory.pool, task: laboratory.task)
            .run(uploadID: 1, note: "all of it")
        #expect(withdrawn.uploads.map(\.stayed) == [2])
        #expect(try await laboratory.verify().isClean)
    }
}
