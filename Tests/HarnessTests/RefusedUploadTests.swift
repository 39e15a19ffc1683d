import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// What was refused or killed leaves nothing that a question can see.
@Suite(.temporaryDatabase, .hangLimit)
struct RefusedUploadTests {
    private static let header = "prediction_id,predicted_at,model,version,score,site\n"

    private func laboratory() async throws -> Laboratory {
        let laboratory = try await Laboratory(
            PredictionTask(name: "t", kind: .binary, sliceKeys: ["site"])
        )
        try await laboratory.predictions(
            .text(Self.header + "a,2026-05-01T00:00:00Z,gbm,v1,0.5,north\n")
        )
        return laboratory
    }

    /// Everything that answers tell of names.
    private struct Names: Equatable {
        var models: [ModelSummary]
        var roles: ModelRoles
        var slices: [Slice]
        var sources: Set<Name>
        var report: Report

        init(_ laboratory: Laboratory) async throws {
            let (pool, task) = (laboratory.pool, laboratory.task)
            models = try await ListModels(pool: pool, task: task).run()
            let view = try await laboratory.view(nil)
            roles = view.roles
            sources = Set(view.dictionary.sources.values)
            slices = try await OutlineTask(pool: pool, task: task).run().slices
            report = try await laboratory.report()
            // The instant of the question is none of its names.
            report.asOf = .distantPast
        }
    }

    @Test func `T4: a refused strict upload of many rows leaves no model, version or slice behind`()
        async throws
    {
        let laboratory = try await laboratory()
        let before = try await Names(laboratory)
        var csv = Self.header
        for index in 0..<(UploadPredictions.chunkRows / 10 + 2_000) {
            csv += "p\(index),2026-05-02T00:00:00Z,\(index % 2 == 0 ? "net" : "gbm"),v2,0.5,south\n"
        }
        let bad = "last,2026-05-02T00:00:00Z,net,v2,oops,south\n"
        let refused = try await laboratory.predictions(.text(csv + bad), strict: true)
        #expect(refused.isRefused && refused.counts.rejected == 1)
        // The names were met and have numbers: what hides them is that no upload has used them.
        #expect(try await reserved(laboratory) == 4)
        #expect(try await Names(laboratory) == before)
        #expect(before.roles.champion == "gbm")
        await #expect(throws: HarnessError.self) {
            try await SetRole(pool: laboratory.pool, task: laboratory.task)
                .run(model: "net", role: .champion, from: nil)
        }
        #expect(try await laboratory.verify().isClean)

        let taken = try await laboratory.predictions(.text(csv), strict: true)
        #expect(taken.counts.accepted == taken.counts.received)
        let after = try await Names(laboratory)
        #expect(after.models.map(\.name) == ["gbm", "net"] && after.slices.count == 2)
        #expect(after.models.first?.versions == ["v1", "v2"])
        #expect(after.roles.champion == "gbm", "a second model takes nothing away")
        #expect(try await reserved(laboratory) == 0)
        #expect(try await laboratory.verify().isClean)
    }

    private func reserved(_ laboratory: Laboratory) async throws -> Int {
        try await laboratory.pool.withConnection {
            try await $0.query(
                """
                SELECT (SELECT count(*) FROM models WHERE recorded_at IS NULL)
                    + (SELECT count(*) FROM model_versions WHERE recorded_at IS NULL)
                    + (SELECT count(*) FROM slices WHERE recorded_at IS NULL)
                    + (SELECT count(*) FROM label_sources WHERE recorded_at IS NULL) AS names
                """
            ).single().int("names")
        }
    }

    @Test(arguments: [UploadKind.predictions, .labels])
    func `T4: an upload whose backend is killed before its commit leaves nothing behind`(
        kind: UploadKind
    ) async throws {
        let laboratory = try await laboratory()
        let before = try await Names(laboratory)
        let observer = try await TemporaryDatabase.connect()
        let holder = try await TemporaryDatabase.connect()
        // Cells can be read and not written, so that no upload comes to its end.
        _ = try await holder.execute("BEGIN")
        _ = try await holder.execute("LOCK TABLE model_cells IN SHARE MODE")
        let pool = PostgresPool(TemporaryDatabase.configuration, maximumConnections: 4)
        async let outcome = upload(kind, of: laboratory.task, pool)
        // As often as whoever uploads tries it.
        for _ in 0..<RetryPolicy.standard.maximumAttempts {
            let process = try await TemporaryDatabase.waiters(running: "model_cells")[0]
            // Names have their numbers by now.
            #expect(try await reserved(laboratory) > 0)
            #expect(try await Names(laboratory) == before)
            _ = try await observer.query("SELECT pg_terminate_backend(\(process), 5000)")
        }
        #expect(await !outcome)
        _ = try await holder.execute("ROLLBACK")
        #expect(try await Names(laboratory) == before)
        #expect(try await laboratory.verify().isClean)
        let again = PostgresPool(TemporaryDatabase.configuration, maximumConnections: 4)
        #expect(await upload(kind, of: laboratory.task, again))
        #expect(try await Names(laboratory) != before)
        #expect(try await reserved(laboratory) == 0)
    }

    /// Whether the upload came to its end.
    private func upload(_ kind: UploadKind, of task: PredictionTask, _ pool: PostgresPool) async
        -> Bool
    {
        let text =
            switch kind {
            case .predictions: Self.header + "b,2026-05-02T00:00:00Z,champion,v9,0.5,south\n"
            case .labels, .baseline:
                "prediction_id,observed_at,label,source\na,2026-05-02T00:00:00Z,1,manual\n"
            }
        let request = UploadRequest(sources: [.text(text)])
        do {
            switch kind {
            case .predictions:
                _ = try await UploadPredictions(pool: pool, task: task, request: request).run()
            case .labels, .baseline:
                _ = try await UploadLabels(pool: pool, task: task, request: request).run()
            }
            return true
        } catch {
            return false
        }
    }
}
