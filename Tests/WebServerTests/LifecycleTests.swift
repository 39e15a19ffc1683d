import Contract
import Evaluation
import Foundation
import Harness
import TestSupport
import Testing

@testable import WebServer

/// Renaming and deleting over HTTP.
@Suite(.temporaryDatabase, .hangLimit)
struct LifecycleTests {
    private static let rows =
        #"[{"prediction_id":"a","predicted_at":"2026-05-01T00:00:00Z","model":"gmb","score":0.5}]"#

    private static func rename(_ path: String, to name: String, _ client: Client) async throws
        -> Client.Reply
    {
        try await client.send(
            "PUT",
            "/v1/tasks/\(path)/name",
            ["Content-Type": "application/json"],
            body: Array(#"{"name":"\#(name)"}"#.utf8)
        )
    }

    private static func with(
        _ body: @escaping @Sendable (RunningServer, Client) async throws -> Void
    ) async throws {
        try await RunningServer.with { running in
            let admin = try await running.client()
            _ = try await admin.post("/v1/tasks", #"{"task":"old","kind":"binary"}"#)
            _ = try await admin.post("/v1/tasks/old/predictions", rows)
            try await body(running, admin)
        }
    }

    @Test func `a task is renamed, and its tokens are good for it at once`() async throws {
        try await Self.with { running, admin in
            let own = running.client(try await running.token(tasks: ["old"]))
            #expect(try await own.get("/v1/tasks/old/models").status == 200)
            #expect(try await Self.rename("old", to: "new", own).status == 403)
            let renamed = try await Self.rename("old", to: "new", admin)
            #expect(renamed.status == 200 && renamed.string("task") == "new")
            #expect(try await own.get("/v1/tasks/new/models").status == 200)
            #expect(try await own.get("/v1/tasks/old/models").status == 403)
            #expect(try await own.post("/v1/tasks/new/predictions", Self.rows).status == 200)
            let gone = try await admin.post("/v1/tasks/old/predictions", Self.rows)
            #expect(gone.status == 404 && gone.text.contains("old"))
            _ = try await admin.post("/v1/tasks", #"{"task":"other","kind":"binary"}"#)
            #expect(try await Self.rename("new", to: "other", admin).status == 409)
            #expect(try await Self.rename("new", to: "new", admin).status == 422)
            #expect(try await Self.rename("new", to: "a b", admin).status == 422)
            #expect(try await Self.rename("none", to: "x", admin).status == 404)
            let change = try await admin.get("/v1/changes").text
            #expect(change.contains("task.rename") && change.contains("old to new"))
        }
    }

    @Test func `a model is renamed`() async throws {
        try await Self.with { _, admin in
            let renamed = try await Self.rename("old/models/gmb", to: "gbm", admin)
            #expect(renamed.status == 200 && renamed.text.contains(#""model": "gbm""#))
            #expect(try await Self.rename("old/models/gmb", to: "x", admin).status == 404)
            #expect(try await Self.rename("old/models/gbm", to: "gbm", admin).status == 422)
            #expect(try await Self.rename("old/models/gbm", to: "", admin).status == 422)
        }
    }

    @Test func `a task is deleted by whoever says its name once more`() async throws {
        try await Self.with { running, admin in
            for (query, status) in [("", 400), ("?confirm=", 422), ("?confirm=Old", 422)] {
                let reply = try await admin.send("DELETE", "/v1/tasks/old\(query)")
                #expect(reply.status == status, "\(query): \(reply.text)")
                #expect(reply.text.contains("othing was deleted"), "\(query): \(reply.text)")
            }
            let reader = running.client(try await running.token([.read]))
            #expect(try await reader.send("DELETE", "/v1/tasks/old?confirm=old").status == 403)
            let deleted = try await admin.send("DELETE", "/v1/tasks/old?confirm=old")
            #expect(deleted.status == 200)
            #expect(deleted.json["predictions"] == 1 && deleted.json["uploads"] == 1)
            #expect(try await admin.get("/v1/tasks/old").status == 404)
            #expect(try await admin.post("/v1/tasks/old/predictions", Self.rows).status == 404)
            #expect(try await admin.send("DELETE", "/v1/tasks/old?confirm=old").status == 404)
        }
    }

    @Test func `a token of a deleted task is good for no task of its name`() async throws {
        try await Self.with { running, admin in
            let own = running.client(try await running.token(tasks: ["old"]))
            #expect(try await own.get("/v1/tasks/old").status == 200)
            _ = try await admin.send("DELETE", "/v1/tasks/old?confirm=old")
            _ = try await admin.post("/v1/tasks", #"{"task":"old","kind":"binary"}"#)
            #expect(try await own.get("/v1/tasks/old").status == 403)
        }
    }

    @Test func `no kept answer says that a deleted task is there`() async throws {
        try await Self.with { _, admin in
            let body = #"{"task":"mine","kind":"binary"}"#
            let key = ["Idempotency-Key": "k"]
            for _ in 0..<2 {
                #expect(try await admin.post("/v1/tasks", body, key).status == 201)
            }
            _ = try await admin.send("DELETE", "/v1/tasks/mine?confirm=mine")
            let again = try await admin.post("/v1/tasks", body, key)
            #expect(again.status == 201 && again.headers["idempotent-replayed"] == nil)
            #expect(try await admin.get("/v1/tasks/mine").status == 200)
        }
    }
}
