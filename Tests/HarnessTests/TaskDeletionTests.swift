import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// A deleted task leaves a line of the audit log, and nothing else anywhere.
@Suite(.temporaryDatabase, .hangLimit)
struct TaskDeletionTests {
    /// Every row of every table as text.
    private static func dump(without left: Set<String>) async throws -> [String: [String]] {
        let connection = try await TemporaryDatabase.connect()
        var rows: [String: [String]] = [:]
        for table in try await connection.query(
            """
            SELECT table_name
            FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
            """
        ).map({ try $0.text(0) }) where !left.contains(table) {
            rows[table] = try await connection.query(
                """
                SELECT row_to_json(content)::text AS text
                FROM \(identifier: table) AS content
                ORDER BY text
                """
            ).map { try $0.text(0) }
        }
        await connection.close()
        // Partitions of no rows are as good as none.
        return rows.filter { !$0.value.isEmpty }
    }

    /// Something of everything that a task can have.
    private static func fill(_ laboratory: Laboratory) async throws {
        let (pool, task) = (laboratory.pool, laboratory.task)
        try await laboratory.upload(models: ["doomed-champion", "doomed-shadow"], days: 0..<20)
        try await laboratory.predictions(
            .text(
                "prediction_id,predicted_at,model,score\n"
                    + "doomed-id,2024-01-03T00:00:00Z,doomed-champion,0.5\n"
            )
        )
        _ = try await ForgetRequests(pool: pool, task: task)
            .run(.init(predictionIDs: ["doomed-id"]), confirmedBy: task.name)
        // The same id in two partitions, and in two ways, labels without a prediction, and rows that cannot be read.
        try await laboratory.predictions(
            .text(
                "prediction_id,predicted_at,model,version,score,country\n"
                    + "id-0-0,2024-01-16T00:00:00Z,doomed-late,doomed-v1,0.5,doomed-land\n"
                    + "id-0-0,2024-01-16T00:00:00Z,doomed-late,doomed-v1,0.6,doomed-land\n"
                    + "doomed-id,2024-01-16T00:00:00Z,doomed-late,doomed-v1,7,FR\n"
            )
        )
        try await laboratory.labels(
            .text(
                "prediction_id,observed_at,label,source\ndoomed-orphan,2024-01-16T00:00:00Z,1,doomed-source\n"
            )
        )
        try await laboratory.setRole("doomed-shadow")
        _ = try await laboratory.compare()
        _ = try await laboratory.keepRecommendation()
        _ = try await AcknowledgeAlarm(
            pool: pool,
            task: task,
            model: "doomed-shadow",
            renewsBaseline: true,
            note: "doomed-note"
        ).run()
        _ = try await UploadBaseline(
            pool: pool,
            task: task,
            sources: [
                .text(
                    "prediction_id,predicted_at,model,score,label\n"
                        + "a,2024-01-01T00:00:00Z,m,0.5,1\nb,2024-01-02T00:00:00Z,m,0.5,0\n"
                )
            ],
            mapping: ColumnMapping()
        ).run()
        try await KeepAnswer(pool: pool, tokenID: 0, key: "doomed-key")
            .keep(answer, about: task.name)
        try await FoldCells(pool: pool, task: task).run()
    }

    private static let answer = KeptAnswer(
        requestDigest: [1],
        status: 200,
        contentType: "application/json",
        body: Array("doomed".utf8)
    )

    private static func answers(_ laboratory: Laboratory) async throws -> [String] {
        var answers: [String] = []
        for question in AskedQuestion.all {
            let asOf = Instant(seconds: 1_704_067_200 + 15 * 86_400)
            answers.append(try await laboratory.text(question, asOf))
        }
        return answers
    }

    @Test func `nothing is left of a deleted task, and everything of another one`() async throws {
        let other = try await Laboratory(Laboratory.parade("other"))
        try await other.upload(models: ["champion", "x"], days: 0..<20)
        _ = try await other.compare()
        try await KeepAnswer(pool: other.pool, tokenID: 0, key: "other-key")
            .keep(Self.answer, about: "other")
        let answers = try await Self.answers(other)
        let left: Set = ["changes", "access_tokens"]
        let before = try await Self.dump(without: left)

        let laboratory = try await Laboratory(Laboratory.parade("doomed"))
        for (name, tasks) in [("one", ["doomed"]), ("two", ["doomed", "other"])]
            as [(Name, Set<Name>)]
        {
            _ = try await CreateToken(pool: other.pool)
                .run(name: name, scopes: [.read], tasks: tasks, lifetimeSeconds: nil)
        }
        try await Self.fill(laboratory)
        let full = try await Self.dump(without: left)
        let empty = Set(full.keys).filter { table in
            full[table]?.contains {
                $0.contains("doomed") || !before[table, default: []].contains($0)
            }
                != true
        }
        #expect(empty.subtracting(["gnomon_migrations"]) == [], "the task has something everywhere")
        #expect(
            Set(full.keys.filter { !$0.contains(/_[pn]\d+$/) }) == [
                "alarm_acknowledgements", "baseline_cohorts", "cohort_cells", "cohort_pair_cells",
                "cohorts", "contradiction_cells", "forgotten_requests", "gnomon_migrations",
                "kept_answers",
                "label_sources", "labels",
                "model_cells", "model_roles", "model_sets", "model_versions", "models",
                "orphan_labels", "pair_cells", "pair_keepers", "predictions", "recommendations",
                "refits",
                "rejects", "scattered_keys", "slice_sets", "slices", "task_gates", "task_parts",
                "task_settings", "tasks", "upload_contradictions", "uploads",
            ],
            "all tables are looked at but those of access, and the days of refits, which take more rows"
        )

        let removed = try await DeleteTask(pool: other.pool, name: "doomed", author: "ada")
            .run(confirmedBy: "doomed")
        #expect(
            removed.predictions == 20 * 3 + 2 && removed.labels == 20 * 3 + 1
                && removed.rejects == 1
        )
        #expect(try await Self.dump(without: left) == before)
        let tokens = try await ListTokens(pool: other.pool).run()
        #expect(
            tokens.first { $0.name == "one" }?.tasks == [],
            "it is good for nothing, not for all"
        )
        #expect(tokens.first { $0.name == "two" }?.tasks == ["other"])
        let changes = try await ListChanges(pool: other.pool).run(limit: 100)
        let change = try #require(changes.first)
        #expect(change.author == "ada" && change.action == "task.delete" && change.task == "doomed")
        #expect(
            change.subject
                == "\(removed.uploads) uploads, 62 rows of predictions, 61 labels, 1 rejects"
        )
        #expect(try await Self.answers(other) == answers)
        #expect(try await other.verify().isClean)

        // The name is free, and means nothing of before.
        let again = try await Laboratory(Laboratory.parade("doomed"))
        #expect(again.task.id != laboratory.task.id)
        try await again.upload(models: ["champion", "x"], days: 0..<20)
        #expect(try await again.report().models.map(\.model) == ["champion", "x"])
        #expect(try await again.verify().isClean)
    }

    @Test func `another name than the task's deletes nothing`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        let delete = DeleteTask(pool: laboratory.pool, name: "t")
        await #expect(throws: HarnessError.notConfirmed(task: "t", given: "T")) {
            try await delete.run(confirmedBy: "T")
        }
        await #expect(throws: StoreError.noSuchTask(name: "x", known: ["t"])) {
            try await DeleteTask(pool: laboratory.pool, name: "x").run(confirmedBy: "x")
        }
        #expect(try await FindTasks(pool: laboratory.pool).all().count == 1)
    }

    @Test func `until it is done everything is there, others go on, and a broken one did nothing`()
        async throws
    {
        let laboratory = try await Laboratory(Laboratory.parade("doomed"))
        let other = try await Laboratory(Laboratory.parade("other"))
        for each in [laboratory, other] {
            try await each.upload(models: ["champion", "x"], days: 0..<20)
            _ = try await each.compare()
        }
        let before = try await laboratory.report(ReportQuery(isExact: true)).models
        // Somebody holds the last rows that go.
        let holder = try await TemporaryDatabase.connect()
        _ = try await holder.execute("BEGIN")
        _ = try await holder.query(
            "SELECT 1 FROM task_parts WHERE task_id = \(laboratory.task.id) FOR UPDATE"
        )
        let delete = DeleteTask(pool: laboratory.pool, name: "doomed")
        async let broken = Self.failure { _ = try await delete.run(confirmedBy: "doomed") }
        let process = try await TemporaryDatabase.waiters(1)
        #expect(try await laboratory.report(ReportQuery(isExact: true)).models == before)
        try await other.upload(models: ["champion", "x"], days: 20..<22)
        _ = try await holder.query("SELECT pg_cancel_backend(\(process[0]))")
        #expect((await broken as? PostgresError)?.sqlState == .queryCancelled)
        #expect(try await laboratory.report(ReportQuery(isExact: true)).models == before)
        #expect(try await laboratory.verify().isClean)

        // A writer that comes meanwhile waits, and is told that there is no such task any more.
        async let done = delete.run(confirmedBy: "doomed")
        _ = try await TemporaryDatabase.waiters(1)
        async let late = Self.failure {
            try await laboratory.upload(models: ["champion"], days: 20..<21)
        }
        _ = try await TemporaryDatabase.waiters(2)
        _ = try await holder.execute("COMMIT")
        await holder.close()
        #expect(try await done.predictions == 60)
        #expect(await late as? StoreError == .taskDeleted("doomed"))
        await #expect(throws: StoreError.taskDeleted("doomed")) { try await laboratory.report() }
        await #expect(throws: StoreError.taskDeleted("doomed")) { try await laboratory.compare() }
        #expect(try await other.verify().isClean)
        try await KeepAnswer(pool: other.pool, tokenID: 0, key: "late")
            .keep(Self.answer, about: "doomed")
        #expect(try await KeepAnswer(pool: other.pool, tokenID: 0, key: "late").earlier() == nil)
    }

    private static func failure(
        _ body: @Sendable () async throws -> Void
    ) async -> (any Error)? {
        do {
            try await body()
            return nil
        } catch {
            return error
        }
    }
}
