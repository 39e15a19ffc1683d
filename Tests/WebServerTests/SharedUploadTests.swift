import Contract
import TestSupport
import Testing

@testable import WebServer

/// Bodies of one moment share an upload, and each is answered as if it were alone.
@Suite(.temporaryDatabase, .hangLimit)
struct SharedUploadTests {
    private static let task =
        #"{"task":"small","kind":"binary","horizon":"2d","slices":["country"]}"#

    @Test func `small requests of one moment are answered each with its own rows`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", Self.task)
            try await withThrowingTaskGroup(of: (Int, Client.Reply).self) { group in
                for number in 0..<120 {
                    group.addTask {
                        let id = number % 40 == 39 ? "same" : "n\(number)"
                        let score = number % 10 == 7 ? "2.5" : "0.5"
                        let row =
                            #"{"prediction_id":"\#(id)","predicted_at":"2020-01-01T10:00:00Z","#
                            + #""model":"gbm","version":"v1","score":\#(score),"country":"DE"}"#
                        return (number, try await client.post("/v1/tasks/small/predictions", row))
                    }
                }
                var same: [Int64?] = []
                for try await (number, reply) in group {
                    if number % 10 == 7 {
                        #expect(reply.status == 422, "\(reply.text)")
                        guard case .array(let rejects)? = reply.json["upload"]?["rejects"] else {
                            Issue.record("no rejects: \(reply.text)")
                            continue
                        }
                        #expect(rejects.count == 1)
                        #expect(rejects[0]["line"] == .integer(1))
                        #expect(rejects[0]["value"] == .string("2.5"))
                    } else if number % 40 == 39 {
                        same.append(reply.integer("accepted"))
                        #expect(reply.integer("received") == 1)
                    } else {
                        #expect(reply.status == 200, "\(reply.text)")
                        #expect(reply.integer("accepted") == 1)
                        #expect(reply.integer("received") == 1)
                    }
                }
                #expect(same.count { $0 == 1 } == 1, "one of the same rows is new: \(same)")
            }
            let uploads = try await client.get("/v1/tasks/small/uploads?limit=1000")
            guard case .array(let entries)? = uploads.json["uploads"] else {
                Issue.record("no uploads")
                return
            }
            #expect(entries.count < 120, "they were written together")
            let verified = try await client.send("POST", "/v1/tasks/small/verification", body: [])
            #expect(verified.json["clean"] == .bool(true))
        }
    }

    @Test func `a body that nobody can read spoils no other of the moment`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", Self.task)
            let path = "/v1/tasks/small/labels"
            let good = #"{"prediction_id":"a","observed_at":"2020-01-01T10:00:00Z","label":"1"}"#
            try await withThrowingTaskGroup(of: (Bool, Client.Reply).self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let isBad = number % 4 == 0
                        // A member that needs a permission spoils the whole body.
                        let body =
                            isBad
                            ? #"{"prediction_id":"a","observed_at":"2020-01-01T10:00:00Z","label":"1","known_at":"2020-01-01T10:00:00Z"}"#
                            : good
                        return (isBad, try await client.post(path, body))
                    }
                }
                for try await (isBad, reply) in group {
                    #expect(reply.status == (isBad ? 422 : 200), "\(reply.text)")
                }
            }
        }
    }

    @Test func `a row that lacks a member is rejected in the same words, alone and among others`()
        async throws
    {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", Self.task)
            let time = #""predicted_at":"2020-01-01T10:00:00Z""#
            let cases: [(path: String, row: String, field: String, reason: String)] = [
                (
                    "predictions", #"{"prediction_id":"a",\#(time),"model":"m"}"#, "score",
                    "The score is"
                ),
                (
                    "predictions", #"{"prediction_id":"a",\#(time),"score":0.5}"#, "model",
                    "The model is"
                ),
                (
                    "predictions", #"{"prediction_id":"a","model":"m","score":0.5}"#,
                    "predicted_at", "The"
                ),
                ("predictions", #"{\#(time),"model":"m","score":0.5}"#, "prediction_id", "The"),
                ("predictions", "{}", "prediction_id", "The prediction id must be"),
                (
                    "predictions", #"{"prediction_id":"a",\#(time),"model":"m","score":0.5,"x":1}"#,
                    "x",
                    "The member is unknown"
                ),
                (
                    "labels", #"{"prediction_id":"a","label":"1"}"#, "observed_at",
                    "The time is empty"
                ),
                (
                    "labels", #"{"prediction_id":"a","observed_at":"2020-01-01T10:00:00Z"}"#,
                    "label",
                    "The label must be"
                ),
            ]
            let good = [
                "predictions": #"{"prediction_id":"g",\#(time),"model":"m","score":0.5}"#,
                "labels":
                    #"{"prediction_id":"g","observed_at":"2020-01-01T10:00:00Z","label":"1"}"#,
            ]
            for (path, row, field, reason) in cases {
                let target = "/v1/tasks/small/\(path)"
                let alone = try await client.post(target, row)
                // With a parameter it is an upload of its own.
                let large = try await client.post(target + "?strict=true", row)
                let others = try await client.post(target, "[\(row),\(good[path] ?? "")]")
                #expect(
                    alone.status == 422 && large.status == 422,
                    "\(row): \(alone.text) \(large.text)"
                )
                #expect(others.status == 200, "\(row): \(others.text)")
                let rejects = [alone.json["upload"], large.json["upload"], others.json].map {
                    $0?["rejects"]
                }
                guard case .array(let first)? = rejects[0], first.count == 1 else {
                    Issue.record("\(row): \(alone.text)")
                    continue
                }
                #expect(first[0]["field"] == .string(field), "\(row): \(alone.text)")
                if case .string(let text)? = first[0]["reason"] {
                    #expect(text.hasPrefix(reason), "\(row): \(text)")
                }
                #expect(rejects[0] == rejects[1] && rejects[0] == rejects[2], "\(row)")
            }
        }
    }
}
