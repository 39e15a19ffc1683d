import Contract
import Evaluation
import Foundation
import Harness
import Postgres
import Store
import TestSupport
import Testing

@testable import WebServer

@Suite(.temporaryDatabase, .hangLimit)
struct UploadTests {
    private static let task =
        #"{"task":"small","kind":"binary","horizon":"2d","slices":["country"]}"#

    private static func predictions(_ count: Int, from first: Int = 0) -> String {
        var text = "prediction_id,predicted_at,model,version,score,country\n"
        for number in first..<first + count {
            let score = Double(number % 100) / 100
            for model in ["gbm", "next"] {
                text += "r\(number),2020-01-0\(1 + number % 9)T10:00:00Z,\(model),v1,\(score),DE\n"
            }
        }
        return text
    }

    @Test func `rows that are posted count in the report, in the bytes of the command line`()
        async throws
    {
        try await RunningServer.with { running in
            let client = try await running.client()
            let made = try await client.post("/v1/tasks", Self.task)
            #expect(made.status == 201)
            #expect(made.headers["location"] == "/v1/tasks/small")
            let posted = try await client.post(
                "/v1/tasks/small/predictions",
                Self.predictions(200),
                type: "text/csv"
            )
            #expect(posted.status == 200, "\(posted.text)")
            #expect(posted.integer("accepted") == 400)
            let labels = (0..<150).map {
                #"{"prediction_id":"r\#($0)","observed_at":"2020-01-15T00:00:00Z","label":"\#($0 % 2)"}"#
            }
            let joined = try await client.post(
                "/v1/tasks/small/labels",
                "[" + labels.joined(separator: ",\n ") + "]"
            )
            #expect(joined.integer("joined") == 150, "\(joined.text)")

            let reply = try await client.get("/v1/tasks/small/report?by=day&as_of=2030-01-01")
            #expect(reply.status == 422, "the future is refused: \(reply.text)")
            let report = try await client.get("/v1/tasks/small/report?by=day")
            #expect(report.status == 200)
            let pool = running.server.backend.readers
            let task = try await FindTasks(pool: pool).task(named: "small")
            let direct = try await MakeReport(
                pool: pool,
                task: task,
                query: ReportQuery(period: .day)
            ).run()
            #expect(steady(report.json) == steady(direct.json(slice: nil)))
            let text = report.json.text + "\n"
            #expect(report.text == text)

            let verified = try await client.send("POST", "/v1/tasks/small/verification", body: [])
            #expect(verified.json["clean"] == .bool(true))
        }
    }

    /// Without the instant at which it was asked for.
    private func steady(_ json: JSONValue) -> JSONValue {
        guard case .object(let members) = json else { return json }
        return .object(members.filter { $0.name != "as_of" })
    }

    @Test func `every form of a body brings the same rows`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", Self.task)
            let row = { (id: String) in
                #"{"prediction_id":"\#(id)","predicted_at":"2020-01-01T10:00:00Z","model":"gbm","#
                    + #""version":"v1","score":0.25,"slices":{"country":"DE"}}"#
            }
            let path = "/v1/tasks/small/predictions"
            let forms: [(String, String)] = [
                (row("a"), "application/json"),
                ("[\(row("b")) , \n\(row("c"))]", "application/json; charset=utf-8"),
                (row("d") + "\n" + row("e") + "\n", "application/x-ndjson"),
                (row("f"), "application/jsonl"),
                (
                    "prediction_id,predicted_at,model,version,score,country\n"
                        + "g,2020-01-01T10:00:00Z,gbm,v1,0.25,DE\n", "text/csv"
                ),
            ]
            for (body, type) in forms {
                let reply = try await client.post(path, body, type: type)
                #expect(reply.status == 200, "\(type): \(reply.text)")
                #expect(reply.integer("accepted") == reply.integer("received"), "\(reply.text)")
            }
            let gzip = try await client.post(
                path,
                Data(base64Encoded: Self.gzippedRow).map { Array($0) } ?? [],
                type: "application/x-ndjson",
                ["Content-Encoding": "gzip"]
            )
            #expect(gzip.integer("duplicate") == 1, "\(gzip.text)")
            let models = try await client.get("/v1/tasks/small/models")
            #expect(models.text.contains("\"predictions\": 7"), "\(models.text)")
        }
    }

    /// The row `a` of the test above, as gzip has it.
    private static let gzippedRow =
        "H4sIAAAAAAACAzWMMQqAMBAE/3K1yiVgk1p/YGUjmhwSUCNJFET8u2shbDOzy960R3HeZh+2wTsyNFLx"
        + "O3HDmKE0ay5ZIZ1iw196rNbgZEE9TyvolJhwAj4VMNkQhQxXugYs3koic5MNx5bjhVXT0vO8sGaocX8A"
        + "AAA="

    @Test func `a resend is free, and backfill takes its own scope`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", Self.task)
            let path = "/v1/tasks/small/predictions"
            let first = try await client.post(path, Self.predictions(300), type: "text/csv")
            #expect(first.json["resend"] == .bool(false))
            let second = try await client.post(path, Self.predictions(300), type: "text/csv")
            #expect(second.json["resend"] == .bool(true))
            #expect(second.integer("duplicate") == 600)
            let plain = running.client(try await running.token([.predictions]))
            let refused = try await plain.post(
                path + "?backfill=true",
                Self.predictions(1),
                type: "text/csv"
            )
            #expect(refused.status == 403)
            #expect(refused.text.contains("backfill"))
        }
    }

    @Test func `strict keeps nothing, a dry run keeps nothing, and each says so`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", Self.task)
            let path = "/v1/tasks/small/predictions"
            let body = Self.predictions(2) + "bad,2020-01-01T10:00:00Z,gbm,v1,7,DE\n"
            let dry = try await client.post(path + "?dry_run=true", body, type: "text/csv")
            #expect(dry.status == 200 && dry.json["dry_run"] == .bool(true))
            let strict = try await client.post(path + "?strict=true", body, type: "text/csv")
            #expect(strict.status == 422)
            #expect(strict.headers["content-type"] == "application/problem+json")
            #expect(strict.json["upload"]?["refused"] == .bool(true))
            let models = try await client.get("/v1/tasks/small/models")
            #expect(
                models.json["models"] == .array([]) || !models.text.contains("\"predictions\": 2")
            )
            let loose = try await client.post(path, body, type: "text/csv")
            #expect(loose.status == 200)
            #expect(loose.integer("rejected") == 1)
            let rejects = try await client.get("/v1/tasks/small/rejects")
            #expect(rejects.text.contains("bad,2020-01-01T10:00:00Z,gbm,v1,7,DE"))
        }
    }

    @Test func `uploads tell the tokens that they came by`() async throws {
        try await RunningServer.with { running in
            let admin = try await running.client()
            _ = try await admin.post("/v1/tasks", Self.task)
            let path = "/v1/tasks/small/predictions"
            let names = ["one", "two"]
            for (number, name) in names.enumerated() {
                let client = running.client(try await running.token([.predictions], name: name))
                let body = Self.predictions(1, from: number)
                let reply = try await client.post(path, body, type: "text/csv")
                #expect(reply.status == 200)
            }
            let pool = running.server.backend.writers
            let task = try await FindTasks(pool: pool).task(named: "small")
            let row = #"{"prediction_id":"a","observed_at":"2020-01-01T10:00:00Z","label":"1"}"#
            let part = UploadGroup.Part(lines: Array((row + "\n").utf8))
            for name in [names[0], names[1], names[0], nil] {
                let group = UploadGroup(
                    pool: pool,
                    task: task,
                    kind: .labels,
                    tokenName: name.map { Name($0) }
                )
                for result in await group.run([part, part]) { _ = try result.get() }
            }
            let uploads = try await admin.get("/v1/tasks/small/uploads")
            guard case .array(let entries)? = uploads.json["uploads"] else {
                Issue.record("\(uploads.text)")
                return
            }
            #expect(
                entries.map { $0["tokens"] } == [[], ["two"], ["one"], ["two"], ["one"]],
                "\(uploads.text)"
            )
        }
    }

    @Test func `lists go on where the page before ended`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", Self.task)
            let labels = (0..<25).map {
                #"{"prediction_id":"o\#($0)","observed_at":"2020-01-15T00:00:00Z","label":"1"}"#
            }
            let bad = (0..<25).map {
                #"{"prediction_id":"b\#($0)","observed_at":"2020-01-15T00:00:00Z","label":"9"}"#
            }
            // With a parameter each is an upload of its own; those without are one an hour.
            for row in bad {
                _ = try await client.post("/v1/tasks/small/labels?columns=label=label", row)
            }
            _ = try await client.post(
                "/v1/tasks/small/labels",
                "[" + (labels + bad).joined(separator: ",") + "]"
            )
            for (name, path, count) in [
                ("orphan_ids", "/v1/tasks/small/orphans", 25),
                ("rejects", "/v1/tasks/small/rejects", 50),
                ("uploads", "/v1/tasks/small/uploads", 26),
            ] {
                var seen: [String] = []
                var target = path + "?limit=7"
                var pages = 0
                while pages < 20 {
                    pages += 1
                    let page = try await client.get(target)
                    #expect(page.status == 200, "\(page.text)")
                    guard case .array(let values)? = page.json[name] else { break }
                    seen += values.map(\.inline)
                    guard let cursor = page.string("next_cursor") else { break }
                    target = path + "?limit=7&cursor=\(cursor)"
                }
                #expect(seen.count == count, "\(name)")
                if name != "rejects" { #expect(Set(seen).count == count, "\(name)") }
            }
            let wrong = try await client.get("/v1/tasks/small/rejects?cursor=abc")
            #expect(wrong.status == 422)
        }
    }

    @Test func `a report that is there already is not sent again`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", Self.task)
            _ = try await client.post(
                "/v1/tasks/small/predictions",
                Self.predictions(5),
                type: "text/csv"
            )
            let first = try await client.get("/v1/tasks/small/report")
            let tag = try #require(first.headers["etag"])
            let second = try await client.get("/v1/tasks/small/report", ["If-None-Match": tag])
            #expect(second.status == 304)
            #expect(second.body.isEmpty)
            _ = try await client.post(
                "/v1/tasks/small/labels",
                #"{"prediction_id":"r1","observed_at":"2020-01-15T00:00:00Z","label":"1"}"#
            )
            let third = try await client.get("/v1/tasks/small/report", ["If-None-Match": tag])
            #expect(third.status == 200)
            #expect(third.headers["etag"] != tag)
        }
    }
}
