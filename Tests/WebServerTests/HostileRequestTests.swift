import Contract
import Evaluation
import Foundation
import Harness
import TestSupport
import Testing

@testable import WebServer

@Suite(.temporaryDatabase, .hangLimit)
struct HostileRequestTests {
    private static let labels = "/v1/tasks/mine/labels"
    private static let row =
        #"{"prediction_id":"a","observed_at":"2020-01-01T10:00:00Z","label":"1"}"#

    private func with(
        _ change: (inout ServerSettings) -> Void = { _ in },
        _ body: @escaping @Sendable (RunningServer, Client) async throws -> Void
    ) async throws {
        try await RunningServer.with(change) { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            try await body(running, client)
            let uploads = try await client.get("/v1/tasks/mine/uploads")
            #expect(uploads.json["uploads"] == .array([]), "something was stored: \(uploads.text)")
        }
    }

    @Test func `what cannot be understood is refused with its status, and nothing is stored`()
        async throws
    {
        try await with { _, client in
            let cases: [(String, [UInt8], String, Int)] = [
                ("not JSON", Array("hello".utf8), "application/json", 400),
                ("half of JSON", Array(Self.row.dropLast().utf8), "application/json", 400),
                ("more than JSON", Array((Self.row + "x").utf8), "application/json", 400),
                ("nothing", [], "application/json", 400),
                ("a number", Array("7".utf8), "application/json", 400),
                (
                    "deep JSON", Array(repeating: UInt8(ascii: "["), count: 100_000),
                    "application/json", 400
                ),
                (
                    "a deep row",
                    Array(("{\"a\":" + String(repeating: "[", count: 2_000)).utf8),
                    "application/json", 400
                ),
                ("an unknown kind of body", Array(Self.row.utf8), "application/xml", 415),
                ("a form", Array("a=b".utf8), "application/x-www-form-urlencoded", 415),
                ("another character set", Array(Self.row.utf8), "text/csv; charset=latin1", 415),
                ("nothing in CSV", [], "text/csv", 422),
                ("CSV of something else", Array("a,b\n1,2\n".utf8), "text/csv", 422),
            ]
            for (name, body, type, status) in cases {
                let reply = try await client.post(Self.labels, body, type: type)
                #expect(reply.status == status, "\(name): \(reply.text)")
                #expect(reply.headers["content-type"] == "application/problem+json", "\(name)")
                #expect(reply.string("detail")?.isEmpty == false, "\(name)")
            }
            let coded = try await client.post(
                Self.labels,
                Self.row,
                ["Content-Encoding": "br"]
            )
            #expect(coded.status == 415)
            let corrupt = try await client.post(
                Self.labels,
                Self.row,
                ["Content-Encoding": "gzip"]
            )
            #expect(corrupt.status == 400)
        }
    }

    @Test func `paths that climb, hide or break are nothing`() async throws {
        try await with { _, client in
            for path in [
                "/v1/tasks/../../etc/passwd", "/v1/tasks/%2e%2e/%2e%2e/etc/passwd", "/v1//tasks",
                "/v1/tasks/%00/report", "/v1/tasks/nobody%2F..%2Fmine/report", "/../v1/tasks",
                "/v1/tasks/", "/v1/tasks/mine/", "//v1/tasks",
            ] {
                let reply = try await client.get(path)
                #expect(reply.status == 404, "\(path): \(reply.status) \(reply.text)")
            }
            for path in [
                "/v1/tasks/%zz", "/v1/tasks/%ff%fe", "/v1/tasks/mine/report?by=%",
                "/v1/tasks/mine/report?by=day&by=week",
                "/v1/tasks/mine/report?colour=red",
                "/v1/tasks/mine/report?exact=maybe", "/v1/tasks/mine/rejects?limit=0",
                "/v1/tasks/mine/rejects?limit=1e3", "/v1/tasks/mine/calibration?bins=7",
            ] {
                let reply = try await client.get(path)
                #expect(reply.status == 400, "\(path): \(reply.status) \(reply.text)")
            }
        }
    }

    @Test func `a method that is not possible is told with those that are`() async throws {
        try await with { _, client in
            let reply = try await client.send("PUT", "/v1/tasks/mine")
            #expect(reply.status == 405)
            #expect(reply.headers["allow"] == "GET, PATCH, DELETE, HEAD")
            #expect(try await client.send("TRACE", "/v1/tasks").status == 405)
            let head = try await client.send("HEAD", "/v1/tasks")
            #expect(head.status == 200 && head.body.isEmpty)
        }
    }

    @Test func `fields that smuggle or overflow are refused`() async throws {
        try await with { running, client in
            let token = client.token ?? ""
            let raw: [(String, String)] = [
                (
                    "two lengths",
                    "POST \(Self.labels) HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(token)\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 5\r\n"
                        + "Content-Length: 6\r\n\r\nhello"
                ),
                (
                    "a length and chunks",
                    "POST \(Self.labels) HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(token)\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 5\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                ),
                ("no HTTP", "hello\r\n\r\n"),
                (
                    "large fields",
                    "GET /v1/tasks HTTP/1.1\r\nHost: h\r\nX: "
                        + String(repeating: "a", count: 100_000) + "\r\n\r\n"
                ),
                (
                    "many fields",
                    "GET /v1/tasks HTTP/1.1\r\nHost: h\r\n"
                        + (0..<5_000).map { "X-\($0): 1\r\n" }.joined() + "\r\n"
                ),
            ]
            for (name, text) in raw {
                let status = try? await client.exchange(Array(text.utf8)).status
                #expect(status == nil || status == 400, "\(name): \(status ?? 0)")
            }
            // The text of a parameter does not become a field of the answer.
            let reply = try await client.get("/v1/tasks/a%0d%0aX-Injected:%201")
            #expect(reply.status == 404)
            #expect(reply.headers["x-injected"] == nil)
            #expect(try await client.get("/healthz").status == 200, "the service lives")
        }
    }

    @Test func `texts that are no texts are rejected as rows`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            for id in [#"a\u0000b"#, "\u{1}"] {
                let body = Self.row.replacingOccurrences(of: "\"a\"", with: "\"\(id)\"")
                let reply = try await client.post(Self.labels, body)
                #expect(reply.status == 422 || reply.status == 400, "\(id): \(reply.text)")
            }
            var bytes = Array(Self.row.utf8)
            let position = try #require(bytes.firstIndex(of: UInt8(ascii: "a")))
            bytes[position] = 0xFF
            for type in ["application/json", "application/x-ndjson"] {
                let reply = try await client.post(Self.labels, bytes, type: type)
                #expect([400, 422].contains(reply.status), "\(reply.text)")
            }
            let orphans = try await client.get("/v1/tasks/mine/orphans")
            #expect(orphans.json["orphan_ids"] == .array([]), "\(orphans.text)")
        }
    }

    @Test func `bodies beyond the limits are refused, compressed or not`() async throws {
        try await with({
            $0.limits.bodyBytes = 50_000
            $0.limits.decompressedBytes = 200_000
            $0.limits.rows = 500
        }) { _, client in
            let large = String(repeating: Self.row + "\n", count: 1_000)
            let announced = try await client.post(Self.labels, large, type: "application/x-ndjson")
            #expect(announced.status == 413, "\(announced.text)")
            let chunk = "C350\r\n" + String(repeating: "a", count: 50_000) + "\r\n"
            let unannounced = try await client.exchange(
                Array(
                    ("POST \(Self.labels) HTTP/1.1\r\nHost: h\r\n"
                        + "Authorization: Bearer \(client.token ?? "")\r\n"
                        + "Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk + chunk).utf8
                )
            )
            #expect(unannounced.status == 413)
            let bomb = try await client.post(
                Self.labels,
                try Self.bomb(bytes: 10_000_000),
                type: "text/csv",
                ["Content-Encoding": "gzip"]
            )
            #expect(bomb.status == 413, "\(bomb.text)")
            let rows = try await client.post(
                Self.labels,
                String(repeating: "{}\n", count: 600),
                type: "application/x-ndjson"
            )
            #expect(rows.status == 413, "\(rows.text)")
            let settings = try await client.post(
                "/v1/tasks",
                "{\"task\":\"" + String(repeating: "a", count: 300_000) + "\"}"
            )
            #expect(settings.status == 413)
        }
    }

    /// Zeros, compressed a thousandfold by the program gzip.
    private static func bomb(bytes: Int) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "head -c \(bytes) /dev/zero | gzip -9"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }

    @Test func `a body that drips is given up, and holds nothing meanwhile`() async throws {
        try await with({
            $0.limits.slowBodyTime = .milliseconds(300)
            $0.limits.uploads = 1
            $0.limits.waitingUploads = 0
        }) { _, client in
            let head =
                "POST \(Self.labels)?strict=true HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                + "Authorization: Bearer \(client.token ?? "")\r\n"
                + "Content-Type: text/csv\r\nContent-Length: 100000\r\n\r\n"
            async let slow = client.exchange(
                Array((head + String(repeating: "a", count: 400)).utf8),
                pieces: 40,
                pause: .milliseconds(50)
            )
            // The only place for an upload is free all the while.
            let other = try await client.post(
                Self.labels + "?strict=true",
                "prediction_id,observed_at,label\nx,never,1\n",
                type: "text/csv"
            )
            #expect(other.status == 422, "\(other.text)")
            #expect(try await slow.status == 408)
        }
    }

    @Test func `too many requests are told when to come again`() async throws {
        try await with({ $0.limits.requestsPerSecond = 3 }) { running, _ in
            let client = running.client(try await running.token([.read], tasks: nil))
            var statuses: [Int] = []
            for _ in 0..<8 {
                let reply = try await client.get("/v1/token")
                statuses.append(reply.status)
                if reply.status == 429 { #expect(reply.headers["retry-after"] == "1") }
            }
            #expect(statuses.first == 200)
            #expect(statuses.contains(429))
        }
    }
}
