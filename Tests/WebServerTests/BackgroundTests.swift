import Evaluation
import Harness
import Migrations
import Postgres
import Store
import TestSupport
import Testing

@testable import WebServer

@Suite(.temporaryDatabase, .hangLimit)
struct BackgroundTests {
    @Test func `one instance leads, and another when it is gone`() async throws {
        let first = try await TemporaryDatabase.connect()
        let second = try await TemporaryDatabase.connect()
        #expect(try await Leadership(first).take())
        #expect(try await !Leadership(second).take())
        await first.close()
        try await eventually("the second leads") { try await Leadership(second).take() }
        await second.close()
    }

    @Test func `a leader does not keep a migration waiting`() async throws {
        let leader = try await TemporaryDatabase.connect()
        #expect(try await Leadership(leader).take())
        let next = Migration(
            version: Migration.all.count + 1,
            name: "create_things",
            sql: "CREATE TABLE things (a int);"
        )
        let connection = try await TemporaryDatabase.connect()
        let applied = try await Migrator(migrations: Migration.all + [next]).migrate(connection)
        #expect(applied == [next])
        await connection.close()
        await leader.close()
    }

    @Test func `cohorts that are due are frozen once`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post(
                "/v1/tasks",
                #"{"task":"mine","kind":"binary","horizon":"1d"}"#
            )
            _ = try await client.post(
                "/v1/tasks/mine/predictions",
                #"[{"prediction_id":"a","predicted_at":"2020-01-01T10:00:00Z","model":"m","version":"1","score":0.5}]"#
            )
            let work = Maturing(pool: running.server.backend.writers, pace: .zero)
            let early = Instant(seconds: 1_577_880_000)
            #expect(try await work.runOnce(now: early).counts.isEmpty)
            let late = Instant(seconds: 1_609_459_200)
            #expect(try await work.runOnce(now: late).counts == ["cohorts": 1])
            #expect(try await work.runOnce(now: late).counts.isEmpty)
        }
    }

    @Test func `rows past their retention are let go of, and removed an hour later`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            for (task, more) in [("mine", #","retention":"30d""#), ("other", "")] {
                _ = try await client.post(
                    "/v1/tasks",
                    #"{"task":"\#(task)","kind":"binary","horizon":"1d"\#(more)}"#
                )
                _ = try await client.post(
                    "/v1/tasks/\(task)/predictions",
                    #"[{"prediction_id":"a","predicted_at":"2020-01-01T10:00:00Z","model":"m","version":"1","score":0.5}]"#
                )
            }
            let work = Pruning(pool: running.server.backend.writers, pace: .zero)
            let now = try await running.server.backend.writers.withConnection {
                try await $0.now()
            }
            #expect(try await work.runOnce(now: now).counts == ["released_rows": 1])
            #expect(try await work.runOnce(now: now).counts.isEmpty)
            let later = now.advanced(bySeconds: 4_000)
            #expect(try await work.runOnce(now: later).counts == ["removed_rows": 1])
            #expect(try await work.runOnce(now: later).counts.isEmpty)
            let changes = try await client.get("/v1/changes").text
            #expect(changes.contains("rows.release") && changes.contains("\"author\": \"service\""))
            #expect(try await client.get("/v1/tasks/mine/predictions/a").status == 404)
            #expect(try await client.get("/v1/tasks/other/predictions/a").status == 200)
            let rows = try await client.get("/v1/tasks/mine/rows?from=2020-01-01")
            #expect(rows.status == 422 && rows.text.contains("no longer keeps them"))
            #expect(
                try await client.get("/v1/tasks/mine/report").text.contains("\"predictions\": 1")
            )
            let page = try await client.get("/tasks/mine/rows?from=2020-01-01")
            #expect(page.text.contains("no longer keeps them"))
        }
    }

    @Test func `cells of many small requests are folded`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            for number in 0..<12 {
                _ = try await client.post(
                    "/v1/tasks/mine/predictions",
                    #"{"prediction_id":"a\#(number)","predicted_at":"2020-01-01T10:00:00Z","model":"m","version":"1","score":0.5}"#
                )
            }
            let work = Folding(pool: running.server.backend.writers, pace: .zero)
            #expect(try await work.runOnce(now: Instant(seconds: 0)).counts == ["tasks": 1])
            #expect(try await work.runOnce(now: Instant(seconds: 0)).counts.isEmpty)
            let verified = try await client.send("POST", "/v1/tasks/mine/verification", body: [])
            #expect(verified.text.contains("\"clean\": true"))
        }
    }

    @Test func `a task that cannot be dealt with does not keep the others waiting`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            for task in ["broken", "sound"] {
                _ = try await client.post("/v1/tasks", #"{"task":"\#(task)","kind":"binary"}"#)
                for number in 0..<12 {
                    _ = try await client.post(
                        "/v1/tasks/\(task)/predictions",
                        #"{"prediction_id":"a\#(number)","predicted_at":"2020-01-01T10:00:00Z","model":"m","version":"1","score":0.5}"#
                    )
                }
            }
            let connection = try await TemporaryDatabase.connect()
            _ = try await connection.execute(
                """
                UPDATE model_cells SET totals = '\\xff'
                WHERE task_id = (SELECT task_id FROM tasks WHERE name = 'broken')
                """
            )
            await connection.close()
            let work = Folding(pool: running.server.backend.writers, pace: .zero)
            let report = try await work.runOnce(now: Instant(seconds: 0))
            #expect(report.counts == ["tasks": 1])
            #expect(report.failures.map(\.task) == ["broken"])
        }
    }
}
