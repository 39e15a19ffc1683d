import Evaluation
import Harness
import HTTPTypes
import Postgres
import Store
import TestSupport
import Testing

@testable import WebServer

/// Tasks that were named before names were held to what needs no quoting: still there, and told apart.
@Suite(.temporaryDatabase, .hangLimit)
struct TwinTaskTests {
    private static let twins: [(name: Name, path: String)] = [
        ("\u{E9}", "%C3%A9"), ("e\u{301}", "e%CC%81"),
    ]

    private static func create(_ name: Name, _ running: RunningServer) async throws {
        _ = try await running.server.backend.writers.withTransaction {
            try await TaskStore($0).create(PredictionTask(name: name, kind: .binary))
        }
    }

    private static func row(_ id: String) -> String {
        #"[{"prediction_id":"\#(id)","predicted_at":"2026-05-01T00:00:00Z","model":"m","score":0.5}]"#
    }

    @Test func `a token that is held to one task reaches its twin by no route`() async throws {
        try await RunningServer.with { running in
            for twin in Self.twins { try await Self.create(twin.name, running) }
            for (own, other) in [(0, 1), (1, 0)] {
                let token = try await running.token(tasks: [Self.twins[own].name])
                let client = running.client(token)
                let (mine, theirs) = (Self.twins[own].path, Self.twins[other].path)
                for route in running.server.table.routes where route.path.names.contains("task") {
                    let path = route.path.text.replacing("{task}", with: theirs)
                        .replacing("{model}", with: "m").replacing("{prediction_id}", with: "p")
                    let method = route.method.rawValue
                    let status = try await client.send(
                        method,
                        path,
                        ["Content-Type": "application/json"],
                        body: method == "GET" ? nil : Array("{}".utf8)
                    ).status
                    #expect(status == 403, "\(method) \(path)")
                }
                let sent = try await client.post(
                    "/v1/tasks/\(mine)/predictions",
                    Self.row("a")
                )
                #expect(sent.status == 200)
                #expect(try await client.get("/v1/tasks/\(mine)/report").status == 200)
                let listed = try await client.get("/v1/tasks").text
                #expect(listed.utf8.count { $0 == UInt8(ascii: "{") } == 2, "one task: \(listed)")
            }
        }
    }

    @Test func `a token is made for tasks that there are or can be`() async throws {
        try await RunningServer.with { running in
            try await Self.create(Self.twins[0].name, running)
            let client = try await running.client()
            for (twin, status) in zip(Self.twins, [201, 422]) {
                let body = #"{"name":"a","scopes":["read"],"tasks":["\#(twin.name)","later"]}"#
                #expect(try await client.post("/v1/tokens", body).status == status)
            }
        }
    }

    @Test func `small writes to twins at once go each to its own`() async throws {
        try await RunningServer.with { running in
            for twin in Self.twins { try await Self.create(twin.name, running) }
            let client = try await running.client()
            try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<30 {
                    let twin = Self.twins[index % 3 == 0 ? 0 : 1]
                    group.addTask {
                        try await client.post(
                            "/v1/tasks/\(twin.path)/predictions",
                            Self.row("p\(index)")
                        ).status
                    }
                }
                for try await status in group { #expect(status == 200) }
            }
            for (twin, count) in zip(Self.twins, [10, 20]) {
                let pool = running.server.backend.readers
                let task = try await FindTasks(pool: pool).task(named: twin.name)
                let report = try await MakeReport(pool: pool, task: task, query: ReportQuery())
                    .run()
                #expect(report.models.map { $0.windows[0].predictions } == [count])
                #expect(try await VerifyCells(pool: pool, task: task).run().isClean)
            }
        }
    }

    @Test func `a task whose name can no longer be given is read, written and changed`()
        async throws
    {
        try await RunningServer.with { running in
            try await Self.create("my task", running)
            let client = try await running.client()
            let place = "/v1/tasks/my%20task"
            #expect(try await client.get(place).status == 200)
            #expect(try await client.post("\(place)/predictions", Self.row("a")).status == 200)
            #expect(try await client.get("\(place)/report").status == 200)
            let change = try await client.send(
                "PATCH",
                place,
                ["Content-Type": "application/json"],
                body: Array(#"{"horizon":"3d"}"#.utf8)
            )
            #expect(change.status == 200, "\(change.text)")
        }
    }

    @Test(arguments: ["my task", "\u{E9}", "e\u{301}", "a/b", ".", "-x", "a\\u0007"])
    func `a new task cannot be named so, and the answer says what is allowed`(name: String)
        async throws
    {
        try await RunningServer.with { running in
            let client = try await running.client()
            let reply = try await client.post("/v1/tasks", #"{"task":"\#(name)","kind":"binary"}"#)
            #expect(reply.status == 422)
            #expect(
                reply.string("detail")?.contains("0 to 9, point, underscore and hyphen") == true
            )
        }
    }

    @Test(arguments: [" a", "a\\u0007", "a\\u202e"])
    func `names that cannot be seen are given to no slice, class, source or token`(name: String)
        async throws
    {
        try await RunningServer.with { running in
            let client = try await running.client()
            for body in [
                #"{"task":"t","kind":"binary","slices":["\#(name)"]}"#,
                #"{"task":"t","kind":"binary","classes":["0","\#(name)"]}"#,
                #"{"task":"t","kind":"binary","label_sources":["\#(name)"]}"#,
            ] {
                #expect(try await client.post("/v1/tasks", body).status == 422)
            }
            let token = #"{"name":"\#(name)","scopes":["read"]}"#
            #expect(try await client.post("/v1/tokens", token).status == 422)
        }
    }
}
