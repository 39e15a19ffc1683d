import Contract
import Harness
import Postgres
import TestSupport
import Testing

@testable import WebServer

@Suite(.temporaryDatabase, .hangLimit)
struct IdempotencyTests {
    private static let row =
        #"{"prediction_id":"a","observed_at":"2020-01-01T10:00:00Z","label":"1"}"#
    private static let other =
        #"{"prediction_id":"b","observed_at":"2020-01-01T10:00:00Z","label":"1"}"#
    private static let bad =
        #"{"prediction_id":"a","observed_at":"2020-01-01T10:00:00Z","label":"9"}"#

    @Test func `the same request under its key has the same answer, byte for byte`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            for (key, body, status) in [("k1", Self.row, 200), ("k2", Self.bad, 422)] {
                let first = try await client.post(
                    "/v1/tasks/mine/labels",
                    body,
                    ["Idempotency-Key": key]
                )
                let second = try await client.post(
                    "/v1/tasks/mine/labels",
                    body,
                    ["Idempotency-Key": key]
                )
                #expect(first.status == status && second.status == status, "\(first.text)")
                #expect(first.body == second.body)
                #expect(first.headers["content-type"] == second.headers["content-type"])
                #expect(second.headers["idempotent-replayed"] == "true")
                #expect(first.headers["idempotent-replayed"] == nil)
            }
            let another = try await client.post(
                "/v1/tasks/mine/labels",
                Self.other,
                ["Idempotency-Key": "k1"]
            )
            #expect(another.status == 422)
            #expect(another.text.contains("idempotency-key-reused"))
            let elsewhere = try await running.client().post(
                "/v1/tasks/mine/labels",
                Self.other,
                ["Idempotency-Key": "k1"]
            )
            #expect(elsewhere.status == 200, "the keys of another token are other keys")
            let orphans = try await client.get("/v1/tasks/mine/orphans")
            #expect(orphans.json["orphan_ids"] == .array(["a", "b"]))
        }
    }

    @Test func `a task is created once`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            let body = #"{"task":"mine","kind":"binary"}"#
            let first = try await client.post("/v1/tasks", body, ["Idempotency-Key": "t"])
            let second = try await client.post("/v1/tasks", body, ["Idempotency-Key": "t"])
            #expect(first.status == 201 && second.status == 201)
            #expect(first.body == second.body)
            #expect(try await client.post("/v1/tasks", body).status == 409)
        }
    }

    @Test func `answers are forgotten after a day`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post(
                "/v1/tasks",
                #"{"task":"mine","kind":"binary"}"#,
                ["Idempotency-Key": "t"]
            )
            let pool = running.server.backend.writers
            #expect(try await ForgetAnswers(pool: pool).run() == 0)
            try await pool.withConnection {
                _ = try await $0.execute(
                    "UPDATE kept_answers SET kept_at = kept_at - interval '25 hours'"
                )
            }
            #expect(try await ForgetAnswers(pool: pool).run() == 1)
        }
    }
}
