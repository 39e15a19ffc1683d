import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// What decisions rest on besides facts is found as it was, in the order in which it was committed.
@Suite(.temporaryDatabase, .hangLimit)
struct DecisionRecordTests {
    private func baseline(score: Double) -> InputSource {
        .text(
            "prediction_id,predicted_at,model,score,label\n"
                + "a,2024-01-01T00:00:00Z,m,\(score),1\nb,2024-01-02T00:00:00Z,m,\(score),0\n"
        )
    }

    private func now(_ laboratory: Laboratory) async throws -> Instant {
        try await laboratory.pool.withConnection { try await $0.now() }
    }

    private func laboratoryWithModels() async throws -> Laboratory {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        try await laboratory.predictions(
            .text(
                "prediction_id,predicted_at,model,score\n"
                    + "a,2024-01-01T00:00:00Z,gbm,0.5\na,2024-01-01T00:00:00Z,net,0.5\n"
            )
        )
        return laboratory
    }

    @Test func `T7: an earlier baseline file is found as of an earlier instant`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        let task = laboratory.task
        let before = try await now(laboratory)
        var instants: [Instant] = []
        for score in [0.25, 0.75] {
            let taken = try await UploadBaseline(
                pool: laboratory.pool,
                task: task,
                sources: [baseline(score: score)],
                mapping: ColumnMapping()
            ).run()
            #expect(taken.rows == 2)
            instants.append(try await now(laboratory))
        }
        // Turning to another baseline loses no file.
        _ = try await ChangeTask(pool: laboratory.pool, name: "t").run {
            $0.baseline = .first(cohorts: 30)
        }
        instants.append(try await now(laboratory))
        let connection = try await TemporaryDatabase.connect()
        let settings = TaskStore(connection)
        #expect(try await settings.task(task, asOf: before) == task)
        var cohorts: [[SparseHistogram]] = []
        for instant in instants {
            let then = try await settings.task(task, asOf: instant)
            let store = CohortStore(connection, task: task)
            let found = try await store.baseline(version: then.baselineVersion)
            #expect(found.count == 2)
            cohorts.append(found.map(\.cell.losses))
            let settingsThen: BaselineSetting =
                instant == instants[2] ? .first(cohorts: 30) : .file
            #expect(then.baseline == settingsThen)
        }
        #expect(cohorts[0] != cohorts[1])
        #expect(cohorts[2] == cohorts[1])
        let none = try await CohortStore(connection, task: task).baseline(version: 0)
        #expect(none.isEmpty)
        await connection.close()
    }

    @Test func `a baseline file does not undo what was changed while it was read`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        _ = try await ChangeTask(pool: laboratory.pool, name: "t").run { $0.threshold = 0.75 }
        _ = try await UploadBaseline(
            pool: laboratory.pool,
            task: laboratory.task,
            sources: [baseline(score: 0.5)],
            mapping: ColumnMapping()
        ).run()
        let task = try await FindTasks(pool: laboratory.pool).task(named: "t")
        #expect(task.threshold == 0.75)
        #expect(task.baseline == .file && task.baselineVersion == 1)
    }

    @Test func `changes of settings that come at once are all kept`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        async let first = ChangeTask(pool: laboratory.pool, name: "t").run { $0.threshold = 0.75 }
        async let second = ChangeTask(pool: laboratory.pool, name: "t").run {
            $0.horizonSeconds = 99
        }
        _ = try await (first, second)
        let task = try await FindTasks(pool: laboratory.pool).task(named: "t")
        #expect(task.threshold == 0.75 && task.horizonSeconds == 99)
    }

    @Test func `T7: the champion as of an instant is who was known to be it then`() async throws {
        let laboratory = try await laboratoryWithModels()
        let roles = SetRole(pool: laboratory.pool, task: laboratory.task)
        try await roles.run(model: "gbm", role: .champion, from: nil)
        let before = try await now(laboratory)
        try await roles.run(model: "net", role: .champion, from: before)
        var champions: [Name] = []
        for asOf in [before, nil] {
            champions.append(try await laboratory.view(asOf).champion())
        }
        #expect(champions == ["gbm", "net"])
    }

    @Test func `T7: a model that came later is not there as of an instant before it`() async throws
    {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        let csv = "prediction_id,predicted_at,known_at,model,score\n"
        let row = "a,2024-01-01T00:00:00Z,2024-01-01T00:00:00Z"
        try await laboratory.predictions(.text(csv + "\(row),gbm,0.5\n"), backfill: true)
        let between = try await now(laboratory)
        try await laboratory.predictions(
            .text(csv + "\(row),gbm,0.5\n\(row),net,0.5\n"),
            backfill: true
        )
        let newest = try await newest(laboratory)
        let replayed = try Instant(parsing: "2024-06-01T00:00:00Z")
        var views: [TaskView] = []
        for asOf in [between, newest, nil, replayed] {
            views.append(try await laboratory.view(asOf))
        }
        // The model that was known first is the champion, whatever comes later.
        #expect(views.map(\.models) == [["gbm"]] + Array(repeating: ["gbm", "net"], count: 3))
        #expect(views.map(\.roles.champion) == ["gbm", "gbm", "gbm", "gbm"])
        #expect(Set(views.map(\.roles.championAssumedSince)).count == 1)
        #expect(views.map(\.roles.shadows) == [[]] + Array(repeating: ["net"], count: 3))
    }

    enum Record: CaseIterable {
        case role, acknowledgement, settings, baseline
    }

    @Test(arguments: Record.allCases)
    func `T7: a record made during an upload comes after it in instants as in commits`(
        record: Record
    ) async throws {
        let laboratory = try await laboratoryWithModels()
        let task = laboratory.task
        let writer = try await TemporaryDatabase.connect()
        let observer = try await TemporaryDatabase.connect()
        // An upload has entered the gate and is at work.
        _ = try await writer.execute("BEGIN")
        let uploadedAt = try await Gate(writer).enter(task)
        async let done: Void = make(record, laboratory)
        try await TemporaryDatabase.waiters()
        let stillAtWork = try await writer.now()
        _ = try await writer.execute("COMMIT")
        try await done
        let recordedAt = try await instants(of: record, observer)
        #expect(recordedAt.count == 1)
        #expect(recordedAt.allSatisfy { uploadedAt < stillAtWork && stillAtWork < $0 })
        await writer.close()
        await observer.close()
    }

    private func make(_ record: Record, _ laboratory: Laboratory) async throws {
        let (pool, task) = (laboratory.pool, laboratory.task)
        switch record {
        case .role:
            try await SetRole(pool: pool, task: task).run(model: "gbm", role: .champion, from: nil)
        case .acknowledgement:
            _ = try await acknowledge("gbm", laboratory)
        case .settings:
            _ = try await ChangeTask(pool: pool, name: "t").run { $0.horizonSeconds = 99 }
        case .baseline:
            _ = try await UploadBaseline(
                pool: pool,
                task: task,
                sources: [baseline(score: 0.5)],
                mapping: ColumnMapping()
            ).run()
        }
    }

    private func instants(
        of record: Record,
        _ connection: PostgresConnection
    ) async throws -> [Instant] {
        let sql: SQL =
            switch record {
            case .role: "SELECT recorded_at FROM model_roles"
            case .acknowledgement: "SELECT acknowledged_at FROM alarm_acknowledgements"
            case .settings, .baseline:
                "SELECT recorded_at FROM task_settings WHERE settings_version = 2"
            }
        return try await connection.query(sql).map { Instant(microseconds: try $0.timestamp(0)) }
    }

    private func acknowledge(
        _ model: Name,
        _ laboratory: Laboratory,
        note: String = "sensor exchanged"
    ) async throws -> Instant {
        try await AcknowledgeAlarm(
            pool: laboratory.pool,
            task: laboratory.task,
            model: model,
            renewsBaseline: true,
            note: note
        ).run()
    }

    @Test func `an acknowledged alarm is kept with its note, from the instant that is told`()
        async throws
    {
        let laboratory = try await laboratoryWithModels()
        let instant = try await acknowledge("gbm", laboratory)
        let known = try await laboratory.pool.withConnection {
            try await AcknowledgementStore($0).all(of: laboratory.task, asOf: instant)
        }
        #expect(
            known == [
                Acknowledgement(
                    instant: instant,
                    model: "gbm",
                    renewsBaseline: true,
                    note: "sensor exchanged"
                )
            ]
        )
    }

    @Test func `an alarm of an unknown model, or with an endless note, cannot be acknowledged`()
        async throws
    {
        let laboratory = try await laboratoryWithModels()
        await #expect(
            throws: HarnessError.noSuchModel("gbn", task: "t", models: ["gbm", "net"])
        ) { _ = try await acknowledge("gbn", laboratory) }
        let longest = String(repeating: "é", count: 1000)
        _ = try await acknowledge("gbm", laboratory, note: longest)
        await #expect(throws: HarnessError.self) {
            _ = try await acknowledge("gbm", laboratory, note: longest + ".")
        }
    }

    @Test func `T7: the newest known instant is that of the gate, for a backfill too`() async throws
    {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        let other = try await Laboratory(PredictionTask(name: "other", kind: .binary))
        #expect(try await newest(laboratory) == nil)
        var previous = try await now(laboratory)
        for step in 0..<3 {
            switch step {
            case 0:
                try await laboratory.predictions(
                    .text(
                        "prediction_id,predicted_at,known_at,model,score\n"
                            + "a,2024-01-01T00:00:00Z,2024-01-01T00:00:00Z,m,0.5\n"
                    ),
                    backfill: true
                )
            case 1:
                try await laboratory.labels(
                    .text(
                        "prediction_id,observed_at,known_at,label\n"
                            + "a,2024-01-01T00:00:00Z,2024-01-01T00:00:00Z,1\n"
                    ),
                    backfill: true
                )
            default:
                try await laboratory.labels(
                    .text("prediction_id,observed_at,label\na,2024-01-02T00:00:00Z,0\n")
                )
            }
            let newest = try #require(try await newest(laboratory))
            let present = try await now(laboratory)
            #expect(previous < newest && newest < present)
            previous = present
        }
        #expect(try await newest(other) == nil)
    }

    private func newest(_ laboratory: Laboratory) async throws -> Instant? {
        try await laboratory.pool.withConnection {
            try await UploadLedger($0).newestKnownAt(of: laboratory.task)
        }
    }
}
