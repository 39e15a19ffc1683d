import Contract
import Evaluation
import Foundation
import Harness
import TestSupport
import Testing

@testable import WebServer

/// Values that would break a parser, a number or a text are refused, as rows or as a whole.
@Suite(.temporaryDatabase, .hangLimit)
struct HostileValueTests {
    private static let labels = "/v1/tasks/mine/labels"
    private static let predictions = "/v1/tasks/mine/predictions"

    private static func label(_ id: String, _ value: String = "\"1\"") -> String {
        #"{"prediction_id":\#(id),"observed_at":"2020-01-01T10:00:00Z","label":\#(value)}"#
    }

    private static func prediction(_ score: String, _ more: String = "") -> String {
        #"{"prediction_id":"a","predicted_at":"2020-01-01T10:00:00Z","model":"m","score":\#(score)\#(more)}"#
    }

    @Test
    func `a name in a body that stands for nothing is a wrong value, and no path without an end`()
        async throws
    {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            let body = #"{"note":"seen","model":"nobody","new_baseline":true}"#
            let answer = try await client.post("/v1/tasks/mine/acknowledgements", body)
            #expect(answer.status == 422 && answer.text.contains("no model \\\"nobody\\\""))
            #expect(try await client.post("/v1/tasks/none/acknowledgements", body).status == 404)
        }
    }

    @Test func `rows with such values are rejected, and no row is stored`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post(
                "/v1/tasks",
                #"{"task":"mine","kind":"binary","slices":["country"]}"#
            )
            let digits = String(repeating: "9", count: 20_000)
            let deep = String(repeating: "[", count: 31) + String(repeating: "]", count: 31)
            let cases: [(String, String)] = [
                (Self.labels, Self.label(#""a\u0000b""#)), (Self.labels, Self.label(#""\ud800""#)),
                (Self.labels, Self.label("{}")), (Self.labels, Self.label("[\"a\"]")),
                (Self.labels, Self.label("null")), (Self.labels, Self.label("\"\"")),
                (Self.labels, Self.label("\"" + String(repeating: "é", count: 101) + "\"")),
                (Self.labels, Self.label("\"a\"", "\(digits)")),
                (Self.labels, Self.label("\"a\"", "[1]")),
                (Self.labels, Self.label("\"a\"", #""1\u0000""#)),
                (Self.labels, Self.label("\"a\"").replacing("2020", with: "9999999999")),
                (Self.labels, Self.label("\"a\"").replacing("2020", with: "-2020")),
                (
                    Self.labels,
                    Self.label("\"a\"").replacing("\"label\"", with: "\"label\":\"0\",\"label\"")
                ),
                (
                    Self.labels,
                    Self.label("\"a\"").replacing(
                        "\"label\"",
                        with: "\"source\":\"\\u0000\",\"label\""
                    )
                ),
                (Self.predictions, Self.prediction("1e999")),
                (Self.predictions, Self.prediction("-1e999")),
                (Self.predictions, Self.prediction("0.\(digits)1e999999999999999999999")),
                (Self.predictions, Self.prediction("\(digits)")),
                (Self.predictions, Self.prediction("\"NaN\"")),
                (Self.predictions, Self.prediction("\"Infinity\"")),
                (Self.predictions, Self.prediction("\"0x1p-1\"")),
                (Self.predictions, Self.prediction(deep)),
                (Self.predictions, Self.prediction("0.5", #","score":0.4"#)),
                (Self.predictions, Self.prediction("0.5", #","model":"n""#)),
                (Self.predictions, Self.prediction("0.5", #","features":{"a":1,"a":2}"#)),
                (Self.predictions, Self.prediction("0.5", #","slices":{"country":"\u0000"}"#)),
                (Self.predictions, Self.prediction("0.5", #","version":"\u0000""#)),
                (Self.predictions, Self.prediction("0.5", #","features":{"\u0000":1}"#)),
                (Self.predictions, Self.prediction("0.5", #","entity":"\u0000""#)),
                (Self.predictions, Self.prediction("0.5", #","latency_ms":-1"#)),
                (Self.predictions, Self.prediction("0.5", #","weight":1e400"#)),
            ]
            for (path, row) in cases {
                for (body, type) in [
                    (row, "application/json"), (row + "\n", "application/x-ndjson"),
                    ("[\(row)]", "application/json"),
                ] {
                    let reply = try await client.post(path, body, type: type)
                    #expect(
                        reply.status == 422 || reply.status == 400,
                        "\(type) \(row.prefix(150)): \(reply.status) \(reply.text.prefix(300))"
                    )
                }
            }
            for bytes in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]]
                as [[UInt8]]
            {
                let parts = Self.label("\"a@b\"").split(separator: "@").map { Array($0.utf8) }
                for type in ["application/json", "application/x-ndjson"] {
                    let body = parts[0] + bytes + parts[1]
                    let reply = try await client.post(Self.labels, body, type: type)
                    #expect([400, 422].contains(reply.status), "\(type) \(bytes): \(reply.text)")
                }
                let header = Array("prediction_id,observed_at,label\na".utf8)
                let csv = header + bytes + Array(",2020-01-01T10:00:00Z,1\n".utf8)
                let reply = try await client.post(Self.labels, csv, type: "text/csv")
                #expect(reply.status == 422, "\(bytes): \(reply.text)")
            }
            let orphans = try await client.get("/v1/tasks/mine/orphans")
            #expect(orphans.json["orphan_ids"] == .array([]), "\(orphans.text)")
            let status = try await client.get("/v1/tasks/mine/labels/status")
            #expect(status.integer("predictions") == 0, "\(status.text)")
        }
    }

    @Test func `settings with such values are refused, and nothing is stored`() async throws {
        try await Untouched.with { _, client in
            let deep = String(repeating: "[", count: 5_000)
            let bodies = [
                #"{"task":"a\u0000b","kind":"binary"}"#,
                #"{"task":"x","task":"y","kind":"binary"}"#,
                #"{"task":"x","kind":"binary","kind":"binary"}"#,
                #"{"task":"x","kind":"bin\u0000ary"}"#, #"{"task":"\ud800","kind":"binary"}"#,
                #"{"task":"x","kind":"binary","threshold":1e999}"#,
                #"{"task":"x","kind":"binary","threshold":1e400000000000000000000}"#,
                #"{"task":"x","kind":"binary","threshold":\#(String(repeating: "9", count: 10_000))}"#,
                #"{"task":"x","kind":"binary","classes":["a\u0000","b"]}"#,
                #"{"task":"x","kind":"binary","slices":["\u0000"]}"#,
                #"{"task":"x","kind":"binary","time_zone":"../../etc/passwd"}"#,
                #"{"task":"x","kind":"binary","time_zone":"\u0000"}"#,
                #"{"task":"x","kind":"binary","horizon":"99999999999999999999d"}"#,
                #"{"task":"x","kind":"binary","horizon":"-1d"}"#,
                #"{"task":"\#(String(repeating: "a", count: 101))","kind":"binary"}"#,
                #"{"task":"","kind":"binary"}"#, #"{"task":7,"kind":"binary"}"#,
                #"{"task":"x","kind":"binary","slices":\#(deep)"#, "\u{FEFF}{}", "", "[]", "null",
            ]
            for body in bodies {
                let reply = try await client.post("/v1/tasks", body)
                #expect([400, 422].contains(reply.status), "\(body.prefix(80)): \(reply.status)")
                #expect(reply.headers["content-type"] == "application/problem+json")
            }
            for name in ["", String(repeating: "a", count: 1_001)] {
                for (method, path) in [("POST", "labels"), ("PUT", "baseline")] {
                    let reply = try await client.send(
                        method,
                        "/v1/tasks/mine/\(path)?file=\(name)",
                        ["Content-Type": "text/csv"],
                        body: Array("prediction_id,observed_at,label\n".utf8)
                    )
                    #expect(reply.status == 422 && reply.text.contains("1 to 1,000 characters"))
                }
            }
            var bytes = Array(#"{"task":"x","kind":"binary"}"#.utf8)
            bytes[9] = 0xFF
            #expect(try await client.post("/v1/tasks", bytes).status == 400)
            let token = try await client.post("/v1/tokens", #"{"name":"\u0000","scopes":["read"]}"#)
            #expect(token.status == 422, "\(token.text)")
            let role = try await client.send(
                "PUT",
                "/v1/tasks/mine/models/%00/role",
                ["Content-Type": "application/json"],
                body: Array(#"{"role":"champion"}"#.utf8)
            )
            #expect([400, 404, 422].contains(role.status), "\(role.text)")
        }
    }

    @Test func `paths that are encoded twice, or climb by other means, are nothing`() async throws {
        try await Untouched.with { _, client in
            for path in [
                "/v1/tasks/%252e%252e/report", "/v1/tasks/%255c..%255c/report",
                "/v1/tasks/..%5c..%5cetc%5cpasswd/report", "/v1/tasks/%5c%5chost%5cshare",
                "/v1/tasks/..\\..\\etc/report", "/v1\\tasks", "/v1/tasks/mine%00/report",
                "/v1/tasks/mine/report%00.html", "/v1/tasks/mine/report%2f", "/v1/tasks/%2e/report",
                "/./v1/tasks", "/v1/./tasks", "/docs/../v1/tasks", "/docs/%2e%2e/v1/tasks",
                "/v1/tasks/mine;x=y/report", "/V1/tasks", "/v1/tasks/mine/REPORT", "/v1%2ftasks",
                "http://localhost/v1/../v1/tasks", "*", "/v1/tasks/%c0%ae%c0%ae/report",
                "/v1/tasks/mine%0a/report", "/%2e%2e/%2e%2e/etc/passwd", "/static/../../etc/passwd",
            ] {
                let reply = try? await client.get(path)
                #expect(
                    reply == nil || [400, 404].contains(reply?.status),
                    "\(path): \(reply?.status ?? 0) \(reply?.text ?? "")"
                )
            }
        }
    }

    @Test func `gzip in gzip, of many members, or with lies is refused`() async throws {
        try await Untouched.with({ $0.limits.decompressedBytes = 5_000_000 }) { _, client in
            let header = "prediction_id,observed_at,label\n"
            let zeros = try Gzip.compress([UInt8](repeating: 0x30, count: 4_000_000))
            let cases: [(String, [UInt8], String, Int)] = [
                ("gzip in gzip", try Gzip.compress(zeros), "text/csv", 422),
                (
                    "gzip in gzip in gzip", try Gzip.compress(try Gzip.compress(zeros)), "text/csv",
                    422
                ),
                ("gzip in gzip as JSON", try Gzip.compress(zeros), "application/json", 400),
                (
                    "members that add up to too much", zeros + zeros, "text/csv", 413
                ),
                (
                    "many empty members",
                    try Gzip.compress([]).repeated(20_000), "text/csv", 422
                ),
                (
                    "a member that is cut off",
                    try Gzip.compress(Array(header.utf8))
                        + (try Gzip.compress([1, 2, 3]).dropLast(9)),
                    "text/csv", 400
                ),
                (
                    "a checksum that is wrong",
                    try Gzip.compress(Array(header.utf8)).dropLast(8) + [1, 2, 3, 4, 5, 6, 7, 8],
                    "text/csv", 400
                ),
                ("nothing", [], "text/csv", 422),
            ]
            for (name, body, type, status) in cases {
                let reply = try await client.post(
                    Self.labels,
                    body,
                    type: type,
                    ["Content-Encoding": "gzip"]
                )
                #expect(
                    reply.status == status || (body.isEmpty && reply.status == 400),
                    "\(name): \(reply.status) \(reply.text)"
                )
            }
            let twice = try await client.post(
                Self.labels,
                zeros,
                type: "text/csv",
                ["Content-Encoding": "gzip, gzip"]
            )
            #expect(twice.status == 415)
        }
    }
}

extension [UInt8] {
    fileprivate func repeated(_ count: Int) -> [UInt8] {
        (0..<count).flatMap { _ in self }
    }
}
