import Contract
import Evaluation
import Foundation
import Harness
import TestSupport
import Testing

@testable import WebServer

/// What is no proper HTTP is refused before anything is done, and leaves nothing on the connection.
@Suite(.temporaryDatabase, .hangLimit)
struct SmugglingTests {
    private static let labels = "/v1/tasks/mine/labels"
    private static let row =
        #"{"prediction_id":"a","observed_at":"2020-01-01T10:00:00Z","label":"1"}"#

    private static func head(_ client: Client, _ fields: String, to path: String = labels) -> String
    {
        "POST \(path) HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(client.token ?? "")\r\n"
            + "Content-Type: application/json\r\n\(fields)\r\n"
    }

    @Test func `lengths that contradict themselves or each other are refused`() async throws {
        try await Untouched.with { _, client in
            let row = Self.row
            let smuggled = "GET /v1/tasks HTTP/1.1\r\nHost: h\r\n\r\n"
            let chunks = "\(String(row.utf8.count, radix: 16))\r\n\(row)\r\n0\r\n\r\n"
            let length = "Content-Length: \(row.utf8.count)\r\n"
            let cases: [(String, String)] = [
                ("two lengths", Self.head(client, length + "Content-Length: 5\r\n") + row),
                ("two equal lengths", Self.head(client, length + length) + row),
                ("a list of lengths", Self.head(client, "Content-Length: 5, 5\r\n") + "hello"),
                ("a negative length", Self.head(client, "Content-Length: -1\r\n") + row),
                (
                    "a signed length",
                    Self.head(client, "Content-Length: +\(row.utf8.count)\r\n") + row
                ),
                ("a length in hexadecimal", Self.head(client, "Content-Length: 0x46\r\n") + row),
                (
                    "a length without end",
                    Self.head(client, "Content-Length: 99999999999999999999999\r\n") + row
                ),
                (
                    "a length and chunks",
                    Self.head(client, "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n")
                        + chunks
                        + smuggled
                ),
                (
                    "chunks and a length",
                    Self.head(client, "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n")
                        + chunks
                ),
                (
                    "chunks that are none",
                    Self.head(client, "Transfer-Encoding: xchunked\r\n") + chunks
                ),
                (
                    "chunks before the last coding",
                    Self.head(client, "Transfer-Encoding: chunked, identity\r\n") + chunks
                ),
                (
                    "a space before the colon",
                    Self.head(client, "Content-Length : \(row.utf8.count)\r\n") + row
                ),
                ("a name with a space", Self.head(client, length + "X Y: 1\r\n") + row),
                ("a name without a colon", Self.head(client, length + "nothing\r\n") + row),
                ("a carriage return in a field", Self.head(client, length + "X: a\rb\r\n") + row),
                ("a NUL in a field", Self.head(client, length + "X: a\u{0}b\r\n") + row),
                ("no version", "POST \(Self.labels)\r\n\r\n"),
                ("another version", "POST \(Self.labels) HTTP/3.7\r\nHost: h\r\n\r\n"),
                ("a space in the path", "GET /v1/tasks /x HTTP/1.1\r\nHost: h\r\n\r\n"),
            ]
            for (name, text) in cases {
                let status = try? await client.exchange(Array(text.utf8)).status
                #expect(status == nil || status == 400, "\(name): \(status ?? 0)")
            }
        }
    }

    @Test func `chunks that lie are refused`() async throws {
        try await Untouched.with { _, client in
            let head = Self.head(client, "Transfer-Encoding: chunked\r\n")
            let bodies = [
                "-5\r\nhello\r\n0\r\n\r\n", "zz\r\nhello\r\n0\r\n\r\n",
                "FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n", "5\r\nhelloworld\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n", "5 5\r\nhello\r\n0\r\n\r\n",
                String(repeating: "0", count: 200_000) + "5\r\nhello\r\n0\r\n\r\n",
                "5;" + String(repeating: "x", count: 200_000) + "\r\nhello\r\n0\r\n\r\n",
                "0\r\nX: " + String(repeating: "x", count: 200_000) + "\r\n\r\n",
            ]
            for body in bodies {
                let status = try? await client.exchange(Array((head + body).utf8)).status
                #expect(
                    status == nil || status == 400,
                    "\(body.prefix(20).debugDescription): \(status ?? 0)"
                )
            }
        }
    }

    @Test func `fields without end are refused`() async throws {
        // What nobody reads any more is closed when the connection has been idle.
        try await Untouched.with({ $0.limits.idleTime = .seconds(1) }) { _, client in
            let fields = (0..<100_000).map { "X-\($0): 1\r\n" }.joined()
            let folded = "X: a\r\n" + String(repeating: " folded\r\n", count: 10_000)
            let long = "X: " + String(repeating: "a", count: 10_000_000) + "\r\n"
            let name = String(repeating: "a", count: 1_000_000) + ": 1\r\n"
            let path = Self.labels + "?" + String(repeating: "a", count: 1_000_000)
            for text in [
                Self.head(client, fields), Self.head(client, folded), Self.head(client, long),
                Self.head(client, name), Self.head(client, "Connection: close\r\n", to: path),
            ] {
                let status = try? await client.exchange(Array(text.utf8)).status
                #expect(status == nil || status == 400, "\(status ?? 0)")
            }
        }
    }

    @Test func `requests in a row are answered in their order, each for itself`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            var text = ""
            for number in 0..<20 {
                let row = Self.row.replacingOccurrences(of: "\"a\"", with: "\"p\(number)\"")
                let bad = number % 5 == 4
                let body = bad ? "{}" : row
                text += Self.head(
                    client,
                    "Content-Length: \(body.utf8.count)\r\n"
                        + (number == 19 ? "Connection: close\r\n" : "")
                )
                text += body
            }
            let socket = try Socket(port: running.port)
            #expect(await socket.write(Array(text.utf8)))
            let all = String(decoding: await socket.readToEnd(), as: UTF8.self)
            let statuses = all.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
            #expect(
                statuses == (0..<20).map { $0 % 5 == 4 ? "422" : "200" },
                "\(statuses)"
            )
            let orphans = try await client.get("/v1/tasks/mine/orphans")
            if case .array(let ids)? = orphans.json["orphan_ids"] { #expect(ids.count == 16) }
        }
    }

    @Test func `values that come back cannot add fields to the answer`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            let made = try await client.post(
                "/v1/tasks",
                #"{"task":"a\r\nX-Evil: 1\r\n\r\n","kind":"binary"}"#
            )
            #expect(made.headers["x-evil"] == nil)
            #expect([201, 422].contains(made.status), "\(made.text)")
            #expect(made.headers["location"]?.contains("\r") != true)
            _ = try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            let report = try await client.get("/v1/tasks/mine/report?by=day%0d%0aX-Evil:%201")
            #expect(
                [400, 422].contains(report.status) && report.headers["x-evil"] == nil,
                "\(report.text)"
            )
            let missing = try await client.get("/v1/tasks/a%0d%0aX-Evil:%201/report")
            #expect(missing.status == 404 && missing.headers["x-evil"] == nil)
            let tagged = try await client.get(
                "/v1/tasks/mine/labels/status",
                ["If-None-Match": "\"a\" \t X-Evil: 1", "X-Request-Id": "%0d%0aX-Evil: 1"]
            )
            #expect(tagged.status == 200 && tagged.headers["x-evil"] == nil)
            let method = try await client.send("PUT", "/v1/tasks/a%0d%0aX-Evil:%201")
            #expect(method.status == 405 && method.headers["x-evil"] == nil)
            for key in ["a\u{1}b", "é", String(repeating: "k", count: 201), " "] {
                let reply = try? await client.post(Self.labels, Self.row, ["Idempotency-Key": key])
                #expect(reply == nil || reply?.status == 400, "\(key): \(reply?.status ?? 0)")
            }
        }
    }
}
