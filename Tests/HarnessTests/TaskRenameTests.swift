import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct TaskRenameTests {
    private static func tokens(_ laboratory: Laboratory) async throws -> [Name: Set<Name>] {
        var tasks: [Name: Set<Name>] = [:]
        for token in try await ListTokens(pool: laboratory.pool).run() {
            tasks[token.name] = token.tasks
        }
        return tasks
    }

    @Test func `a renamed task keeps what it has, and its tokens follow`() async throws {
        var laboratory = try await Laboratory(Laboratory.parade("old"))
        try await laboratory.upload(models: ["champion", "x"], days: 0..<10)
        laboratory.task = try await ChangeTask(pool: laboratory.pool, name: "old").run {
            $0.tolerance = .relative(0.25)
        }
        for (name, tasks) in [
            ("one", ["old"]), ("two", ["old", "other"]), ("both", ["new", "old"]),
            ("other", ["other"]),
        ] as [(Name, Set<Name>)] {
            _ = try await CreateToken(pool: laboratory.pool)
                .run(name: name, scopes: [.read], tasks: tasks, lifetimeSeconds: nil)
        }
        let before = try await laboratory.report()
        let then = try await laboratory.serverNow()
        _ = try await laboratory.keepRecommendation(asOf: then)
        let told = try await laboratory.recommendations()

        let renamed = try await RenameTask(pool: laboratory.pool, name: "old", author: "ada")
            .run(to: "new")
        #expect(renamed.name == "new" && renamed.id == laboratory.task.id)
        let stale = laboratory
        laboratory.task = renamed
        #expect(try await laboratory.report().models == before.models)
        #expect(try await laboratory.report(ReportQuery(asOf: then)).task.name == "new")
        #expect(try await laboratory.verify().isClean)
        #expect(
            try await Self.tokens(laboratory)
                == ["one": ["new"], "two": ["new", "other"], "both": ["new"], "other": ["other"]]
        )
        #expect(try await laboratory.recommendations() == told)
        #expect(try await laboratory.keepRecommendation(asOf: then) == nil)
        let change = try #require(try await ListChanges(pool: laboratory.pool).run(limit: 1).first)
        #expect(change.author == "ada" && change.action == "task.rename")
        #expect(change.task == "new" && change.subject == "old to new")
        // The same file is a resend still, and who comes by the old name is told.
        try await laboratory.upload(models: ["champion", "x"], days: 0..<10)
        #expect(try await laboratory.report().models == before.models)
        await #expect(throws: StoreError.noSuchTask(name: "old", known: ["new"])) {
            try await stale.upload(models: ["champion"], days: 10..<11)
        }
    }

    @Test(arguments: ["rename", "change", "delete"])
    func `who waits at the gate of a name that goes to another task touches neither`(
        operation: String
    ) async throws {
        let first = try await Laboratory(PredictionTask(name: "name", kind: .binary))
        let pool = first.pool
        let holder = try await TemporaryDatabase.connect()
        let store = TaskStore(holder)
        _ = try await holder.execute("BEGIN")
        _ = try await Gate(holder).enter(first.task)
        let waiting = Task {
            switch operation {
            case "rename": _ = try await RenameTask(pool: pool, name: "name").run(to: "new")
            case "change": _ = try await ChangeTask(pool: pool, name: "name").run { _ in }
            default: _ = try await DeleteTask(pool: pool, name: "name").run(confirmedBy: "name")
            }
        }
        try await TemporaryDatabase.waiters(running: "task_gates")
        try await store.rename(first.task, to: "other")
        _ = try await store.create(PredictionTask(name: "name", kind: .regression))
        _ = try await holder.execute("COMMIT")
        await holder.close()
        await #expect(throws: StoreError.taskDeleted("name")) { try await waiting.value }
        let tasks = try await FindTasks(pool: pool).all()
        #expect(
            tasks.map(\.name) == ["name", "other"] && tasks.map(\.kind) == [.regression, .binary]
        )
    }

    @Test func `names in use, names that cannot be and unknown tasks are refused`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "old", kind: .binary))
        _ = try await Laboratory(PredictionTask(name: "other", kind: .binary))
        func expect(_ name: Name, to newName: Name, _ refusal: some Error & Equatable) async {
            await #expect(throws: refusal) {
                try await RenameTask(pool: laboratory.pool, name: name).run(to: newName)
            }
        }
        await expect("old", to: "other", StoreError.taskExists(name: "other"))
        await expect("old", to: "old", HarnessError.sameName("old"))
        await expect(
            "none",
            to: "new",
            StoreError.noSuchTask(name: "none", known: ["old", "other"])
        )
        await #expect(throws: HarnessError.self) {
            try await RenameTask(pool: laboratory.pool, name: "old").run(to: "a b")
        }
        #expect(try await FindTasks(pool: laboratory.pool).all().map(\.name) == ["old", "other"])
    }
}
