import Evaluation
import Foundation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct UploadGroupTests {
    private typealias Answers = [Result<UploadReport, any Error>]

    private static func group(
        _ laboratory: Laboratory,
        _ kind: UploadKind,
        token: Name? = nil
    ) -> UploadGroup {
        UploadGroup(
            pool: laboratory.pool,
            task: laboratory.task,
            kind: kind,
            tokenName: token
        )
    }

    private static func part(_ rows: String...) -> UploadGroup.Part {
        UploadGroup.Part(lines: Array(rows.map { $0 + "\n" }.joined().utf8))
    }

    private static func prediction(_ id: String, _ more: String = "") -> String {
        #"{"prediction_id":"\#(id)","predicted_at":"2024-03-01T00:00:00Z","model":"m","score":0.5\#(more)}"#
    }

    private static func label(_ id: String) -> String {
        #"{"prediction_id":"\#(id)","observed_at":"2024-03-02T00:00:00Z","label":"1"}"#
    }

    @Test(arguments: UInt64(1)...12)
    func `the same bodies get the same answers alone and together`(seed: UInt64) async throws {
        func task(_ name: Name) -> PredictionTask {
            PredictionTask(name: name, kind: .regression, sliceKeys: ["country"])
        }
        let alone = try await Laboratory(task("alone"))
        let together = try await Laboratory(task("together"))
        var bodies = GroupBodies(seed: seed)
        for (kind, count) in [(UploadKind.labels, 20), (.predictions, 40), (.labels, 30)] {
            let all = kind == .labels ? bodies.labels(count) : bodies.predictions(count)
            let parts = all.map { UploadGroup.Part(lines: $0) }
            var own: [UploadReport] = []
            for part in parts {
                own += try await Self.group(alone, kind).run([part]).map { try $0.get() }
            }
            let shared = try await Self.group(together, kind).run(parts).map { try $0.get() }
            for (index, (left, right)) in zip(own, shared).enumerated() {
                let body = "\(kind) \(index): \(String(decoding: all[index], as: UTF8.self))"
                #expect(left.counts == right.counts, "\(body)")
                #expect(left.rejects == right.rejects, "\(body)")
                #expect(left.contradictingRows == right.contradictingRows, "\(body)")
            }
        }
        #expect(try await together.verify().isClean)
    }

    @Test func `a row that the database refuses is refused alone`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        try await laboratory.pool.withConnection {
            try await $0.executeScript(
                """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.prediction_id LIKE 'bad%' THEN
                        RAISE EXCEPTION 'no such row here' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER refuse BEFORE INSERT ON predictions
                FOR EACH ROW EXECUTE FUNCTION refuse();
                """
            )
        }
        var parts = (0..<60).map { Self.part(Self.prediction("p\($0)")) }
        parts[17] = Self.part(Self.prediction("bad"))
        parts[41] = Self.part(
            "",
            Self.prediction("q0"),
            Self.prediction("bad2"),
            Self.prediction("q1")
        )
        let reports = try await Self.group(laboratory, .predictions).run(parts).map { try $0.get() }
        for (index, report) in reports.enumerated() {
            switch index {
            case 17:
                #expect(report.counts.accepted == 0 && report.counts.rejected == 1)
                #expect(report.rejects.map(\.line) == [1])
            case 41:
                #expect(report.counts.accepted == 2 && report.counts.rejected == 1)
                #expect(report.rejects.map(\.line) == [3])
                #expect(report.rejects[0].reason.contains("23514): no such row here"))
                #expect(report.rejects[0].row == Self.prediction("bad2"))
            default: #expect(report.counts.accepted == 1 && report.counts.rejected == 0)
            }
        }
        let kept = try await ListRejects(pool: laboratory.pool, task: laboratory.task).run()
        #expect(Set(kept.map(\.row)) == [Self.prediction("bad"), Self.prediction("bad2")])
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `a name that no index takes is refused alone`() async throws {
        let keys = (0..<18).map { "k\($0)" }
        let laboratory = try await Laboratory(
            PredictionTask(name: "t", kind: .binary, sliceKeys: keys.map { Name($0) })
        )
        var generator = TestGenerator(seed: 1)
        // What cannot be compressed is too long for the index of slice sets, though each value is allowed.
        let long = keys.map { key in
            let value = (0..<190).map { _ in
                String(
                    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        .randomElement(using: &generator) ?? "a"
                )
            }
            return #","\#(key)":"\#(value.joined())""#
        }.joined()
        let parts = (0..<5).map { Self.part(Self.prediction("p\($0)", $0 == 3 ? long : "")) }
        let reports = try await Self.group(laboratory, .predictions).run(parts).map { try $0.get() }
        #expect(reports.map(\.counts.accepted) == [1, 1, 1, 0, 1])
        #expect(reports[3].rejects.first?.reason.contains("SQLSTATE 54000") == true)
    }

    @Test func `what is no fault of a row is told to all`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        try await laboratory.pool.withConnection {
            try await $0.executeScript("ALTER TABLE rejects RENAME TO gone")
        }
        let parts = [Self.part(Self.prediction("a")), Self.part("{")]
        for result in await Self.group(laboratory, .predictions).run(parts) {
            #expect(throws: PostgresError.self) { try result.get() }
        }
    }

    @Test func `the small writes of a token are one row of the ledger an hour`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        let tokens: [Name?] = ["one", "two", nil]
        for round in 0..<20 {
            for token in tokens {
                let id = "\(token ?? "none")-\(round)"
                let rows = Self.group(laboratory, .predictions, token: token)
                let labels = Self.group(laboratory, .labels, token: token)
                let good = Self.part(Self.prediction(id))
                for result in await rows.run([good, Self.part("{}"), good]) { _ = try result.get() }
                for result in await labels.run([Self.part(Self.label(id))]) { _ = try result.get() }
            }
        }
        let pool = laboratory.pool
        let uploads = try await ListUploads(pool: pool, task: laboratory.task, limit: 100)
            .run().map(\.entry)
        // More only where the hour came to its end meanwhile.
        #expect(uploads.count == 6 || uploads.count == 12)
        for token in tokens {
            let own = uploads.filter { $0.tokenNames == (token.map { [$0] } ?? []) }
            let predictions = own.filter { $0.kind == .predictions }.map(\.counts)
            #expect(predictions.reduce(0) { $0 + $1.received } == 60)
            #expect(predictions.reduce(0) { $0 + $1.accepted } == 20)
            #expect(predictions.reduce(0) { $0 + $1.duplicate } == 20)
            #expect(predictions.reduce(0) { $0 + $1.rejected } == 20)
        }
        for upload in uploads {
            #expect(try upload.knownAt <= #require(upload.lastKnownAt))
        }
        // What is found of a fact is whose it is: the row of the ledger is of one token.
        let strays = try await pool.withConnection {
            try await $0.query(
                """
                SELECT count(*) AS n
                FROM predictions
                JOIN uploads USING (upload_id)
                WHERE split_part(prediction_id, '-', 1) <> coalesce(token_names[1], 'none')
                    OR predictions.known_at NOT BETWEEN uploads.known_at AND uploads.last_known_at
                """
            ).single().int("n")
        }
        #expect(strays == 0)
        var rejects: [Int64: Set<Int64>] = [:]
        var place: RejectPlace?
        while true {
            let page = try await ListRejects(pool: pool, task: laboratory.task, limit: 7)
                .page(after: place)
            guard let last = page.last else { break }
            for row in page {
                let isNew = rejects[row.uploadID, default: []].insert(row.reject.line).inserted
                #expect(isNew, "each has a line of its own")
            }
            place = RejectPlace(uploadID: last.uploadID, line: last.reject.line, count: 1)
        }
        #expect(rejects.values.reduce(0) { $0 + $1.count } == 60)
        #expect(try await laboratory.verify().isClean)
        let status = try await LabelStatus(pool: pool, task: laboratory.task).run()
        #expect(status.predictionUploads.received == 180)
        #expect(status.labelUploads.joined == 60)
    }

    @Test func `T7: as of an instant, small writes count when their hour was over`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        for result in await Self.group(laboratory, .labels).run([Self.part(Self.label("a"))]) {
            _ = try result.get()
        }
        let (before, after, always) = try await laboratory.pool.withConnection { connection in
            let now = try await connection.now()
            let ledger = UploadLedger(connection)
            let task = laboratory.task
            return (
                try await ledger.totals(task, kind: .labels, asOf: now).received,
                try await ledger.totals(
                    task,
                    kind: .labels,
                    asOf: now.advanced(bySeconds: 3_600)
                ).received,
                try await ledger.totals(task, kind: .labels).received
            )
        }
        #expect(before == 0 || before == 1, "1 where the hour has just come to its end")
        #expect(after == 1 && always == 1)
    }

    @Test func `a task whose gate is taken keeps no other task waiting`() async throws {
        let blocker = try await TemporaryDatabase.connect()
        let pool = PostgresPool(TemporaryDatabase.configuration, maximumConnections: 4)
        let waiting = try await (0..<6).asyncMap {
            try await CreateTask(
                pool: pool,
                task: PredictionTask(name: Name("w\($0)"), kind: .binary)
            )
            .run()
        }
        let free = try await CreateTask(pool: pool, task: PredictionTask(name: "f", kind: .binary))
            .run()
        try await blocker.executeScript(
            "BEGIN; SELECT 1 FROM task_gates JOIN tasks USING (task_id) WHERE name LIKE 'w%' FOR UPDATE"
        )
        let part = Self.part(Self.label("a"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in waiting {
                group.addTask {
                    let upload = UploadGroup(pool: pool, task: task, kind: .labels)
                    for result in await upload.run([part]) {
                        let report = try result.get()
                        #expect(report.counts.accepted == 1)
                    }
                }
            }
            try await TemporaryDatabase.waiters()
            for _ in 0..<3 {
                for result in await UploadGroup(pool: pool, task: free, kind: .labels).run([part]) {
                    _ = try result.get()
                }
            }
            try await blocker.executeScript("COMMIT")
            try await group.waitForAll()
        }
        await pool.close()
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ body: (Element) async throws -> T) async throws -> [T] {
        var all: [T] = []
        for element in self { all.append(try await body(element)) }
        return all
    }
}
