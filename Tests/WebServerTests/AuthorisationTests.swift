import Contract
import Evaluation
import Harness
import HTTPTypes
import Postgres
import TestSupport
import Testing

@testable import WebServer

@Suite(.temporaryDatabase, .hangLimit)
struct AuthorisationTests {
    /// A request of each route that reaches it, on the task `mine`; its effect does not matter.
    private static func request(_ route: Route) -> (path: String, body: String?) {
        let path = route.path.text.replacing("{task}", with: "mine")
            .replacing("{model}", with: "m").replacing("{token}", with: "nobody")
            .replacing("{prediction_id}", with: "p")
        let hasBody = ["POST", "PUT", "PATCH"].contains(route.method.rawValue)
        return (path, hasBody ? "{}" : nil)
    }

    private static func send(_ route: Route, _ client: Client) async throws -> Int {
        let (path, body) = request(route)
        return try await client.send(
            route.method.rawValue,
            path,
            body == nil ? [:] : ["Content-Type": "application/json"],
            body: body.map { Array($0.utf8) }
        ).status
    }

    @Test func `every route lets in its own scope and no other`() async throws {
        try await RunningServer.with { running in
            var clients: [AccessScope: Client] = [:]
            for scope in AccessScope.allCases {
                clients[scope] = running.client(try await running.token([scope]))
            }
            let admin = try await running.client()
            _ = try await admin.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            for route in running.server.table.routes {
                for (scope, client) in clients {
                    let status = try await Self.send(route, client)
                    let place = "\(route.method) \(route.path.text) by \(scope)"
                    switch route.access {
                    case .everybody, .anyToken: #expect(status < 400, "\(place): \(status)")
                    case .publicPage:
                        // A form that nobody made is no form.
                        let isForm = route.method == .post
                        #expect(isForm ? status == 415 : status < 400, "\(place): \(status)")
                    case .scope(let needed), .page(let needed):
                        #expect((status == 403) == (scope != needed), "\(place): \(status)")
                        #expect(status != 401, "\(place)")
                    }
                }
            }
        }
    }

    @Test func `names that are too long or come twice make nothing`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            let long = String(repeating: "e\u{301}", count: 51)
            for body in [
                #"{"task":"\#(long)","kind":"binary"}"#,
                #"{"task":"t","kind":"binary","slices":["\#(long)"]}"#,
                #"{"task":"t","kind":"binary","classes":["0","\#(long)"]}"#,
                #"{"task":"t","kind":"binary","label_sources":["\#(long)"]}"#,
                #"{"task":"t","kind":"binary","slices":["a","a"]}"#,
                #"{"task":"t","kind":"binary","label_sources":["a","a"]}"#,
            ] {
                #expect(try await client.post("/v1/tasks", body).status == 422, "\(body)")
            }
            let twice = #"{"name":"twice","scopes":["read","read"]}"#
            #expect(try await client.post("/v1/tokens", twice).status == 400)
            #expect(try await client.get("/v1/tasks").text.contains(#""tasks": []"#))
            #expect(try await !client.get("/v1/tokens").text.contains("twice"))
        }
    }

    @Test func `no token, a wrong, an expired and a revoked one open nothing`() async throws {
        try await RunningServer.with {
            $0.limits.wrongTokensPerSecond = 10_000
        } _: { running in
            let pool = running.server.backend.writers
            let revoked = try await running.token(name: "revoked")
            _ = try await RevokeToken(pool: pool).run(name: "revoked")
            let expired = try await running.token(name: "expired")
            try await pool.withConnection {
                _ = try await $0.execute(
                    """
                    UPDATE access_tokens SET expires_at = created_at - interval '1 second'
                    WHERE name = 'expired'
                    """
                )
            }
            let wrong = "gnm_" + String(repeating: "A", count: 43)
            for route in running.server.table.routes where route.access != .publicPage {
                for token in [nil, wrong, revoked, expired, ""] {
                    let status = try await Self.send(route, running.client(token))
                    let place = "\(route.method) \(route.path.text): \(status)"
                    if route.access == .everybody {
                        #expect(status < 400, "\(place)")
                    } else if route.access.isPage, token == nil {
                        #expect(status == 303, "\(place)")
                    } else {
                        #expect(status == 401, "\(place)")
                    }
                }
            }
        }
    }

    @Test func `a token for one task opens no other`() async throws {
        try await RunningServer.with { running in
            let admin = try await running.client()
            for name in ["mine", "other"] {
                _ = try await admin.post("/v1/tasks", "{\"task\":\"\(name)\",\"kind\":\"binary\"}")
            }
            let client = running.client(
                try await running.token(AccessScope.allCases, tasks: ["other"])
            )
            for route in running.server.table.routes where route.path.names.contains("task") {
                #expect(try await Self.send(route, client) == 403, "\(route.path.text)")
            }
            let tasks = try await client.get("/v1/tasks")
            #expect(!tasks.text.contains("mine"))
            #expect(tasks.text.contains("other"))
            let create = try await client.post("/v1/tasks", #"{"task":"third","kind":"binary"}"#)
            #expect(create.status == 403)
            #expect(try await client.get("/v1/tokens").status == 403)
            let token = try await client.post("/v1/tokens", #"{"name":"x","scopes":["admin"]}"#)
            #expect(token.status == 403)
            let missing = try await client.get("/v1/tasks/neither")
            #expect(missing.status == 403, "what there is is not told")
        }
    }

    @Test func `a token that is revoked here is refused at once`() async throws {
        try await RunningServer.with { running in
            let admin = try await running.client()
            let made = try await admin.post("/v1/tokens", #"{"name":"short","scopes":["read"]}"#)
            #expect(made.status == 201)
            let client = running.client(made.string("token"))
            #expect(try await client.get("/v1/tasks").status == 200)
            #expect(try await admin.send("DELETE", "/v1/tokens/short").status == 200)
            #expect(try await client.get("/v1/tasks").status == 401)
            let list = try await admin.get("/v1/tokens")
            #expect(!list.text.contains(made.string("token") ?? "gnm_"))
            let changes = try await admin.get("/v1/changes")
            #expect(changes.text.contains("token.revoke"))
        }
    }

    @Test func `changes are recorded with who made them`() async throws {
        try await RunningServer.with { running in
            let client = running.client(try await running.token(name: "deploy"))
            _ = try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            _ = try await client.send(
                "PATCH",
                "/v1/tasks/mine",
                ["Content-Type": "application/json"],
                body: Array(#"{"horizon":"9d"}"#.utf8)
            )
            let changes = try await client.get("/v1/changes?limit=2")
            guard case .array(let entries)? = changes.json["changes"] else {
                Issue.record("\(changes.text)")
                return
            }
            #expect(entries.map { $0["action"] } == ["task.change", "task.create"])
            #expect(entries.allSatisfy { $0["author"] == "deploy" && $0["task"] == "mine" })
            #expect(entries[0]["subject"] == "horizon")
        }
    }

    @Test func `open goes with loopback only`() async throws {
        var settings = ServerSettings()
        settings.isOpen = true
        settings.host = "0.0.0.0"
        #expect(throws: ServerError.self) {
            try GnomonServer(settings, database: TemporaryDatabase.configuration)
        }
        try await RunningServer.with({ $0.isOpen = true }) { running in
            let reply = try await running.client(nil).get("/v1/tasks")
            #expect(reply.status == 200)
            let rebound = try await running.client(nil).exchange(
                Array(
                    "GET /v1/tasks HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".utf8
                )
            )
            #expect(rebound.status == 403, "a name that leads here is not this machine")
        }
    }

    @Test func `last use is noted`() async throws {
        try await RunningServer.with { running in
            let client = running.client(try await running.token(name: "used"))
            _ = try await client.get("/v1/tasks")
            let token = try await ListTokens(pool: running.server.backend.readers).run()
                .first { $0.name == "used" }
            #expect(token?.lastUsedAt != nil)
        }
    }

    @Test func `who may not see tasks is not told their names, in whatever form`() async throws {
        try await RunningServer.with { running in
            let admin = try await running.client()
            _ = try await admin.post("/v1/tasks", #"{"task":"hidden","kind":"binary"}"#)
            let client = running.client(try await running.token([.read], tasks: ["ghost"]))
            for form in ["application/json", AnswerForm.outputType] {
                let reply = try await client.get("/v1/tasks/ghost/report", ["Accept": form])
                #expect(reply.status == 404)
                #expect(!reply.text.contains("hidden"), "\(reply.text)")
            }
        }
    }

    @Test func `a command line elsewhere hears of options, and a request of parameters`()
        async throws
    {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            for (path, option, parameter) in [
                ("report?from=2013-02-01&to=2013-01-01", "--to must", ": to must"),
                ("report?by=year", "--by year is none", "by=year is none"),
                ("report?as_of=2999-01-01", "so --as-of takes", "so as_of takes"),
            ] {
                for (form, text) in [(AnswerForm.outputType, option), ("*/*", parameter)] {
                    let reply = try await client.get("/v1/tasks/mine/\(path)", ["Accept": form])
                    #expect(reply.string("detail")?.contains(text) == true, "\(reply.text)")
                }
            }
            let rows = try await client.post(
                "/v1/tasks/mine/predictions?assume_time_zone=Mars",
                #"{"prediction_id":"a"}"#
            )
            #expect(rows.string("detail")?.hasPrefix("assume_time_zone=Mars: no such") == true)
        }
    }
}
