import Evaluation
import Harness
import TestSupport
import Testing

@testable import WebServer

/// Who asks whether to send a body is told before it is sent.
@Suite(.temporaryDatabase, .hangLimit)
struct ContinueTests {
    private static let labels = "/v1/tasks/mine/labels"
    private static let row =
        #"{"prediction_id":"a","observed_at":"2020-01-01T10:00:00Z","label":"1"}"#
    private static let goOn = "HTTP/1.1 100 Continue\r\n\r\n"
    private static let last = "Connection: close\r\n"

    private static func head(
        _ client: Client,
        _ fields: String,
        method: String = "POST",
        to path: String = labels,
        type: String = "application/json",
        version: String = "1.1",
        expecting expectation: String = "100-continue"
    ) -> [UInt8] {
        Array(
            ("\(method) \(path) HTTP/\(version)\r\nHost: h\r\nExpect: \(expectation)\r\n"
                + "Authorization: Bearer \(client.token ?? "")\r\nContent-Type: \(type)\r\n"
                + "\(fields)\r\n").utf8
        )
    }

    private func with(
        _ body: @escaping @Sendable (RunningServer, Client) async throws -> Void
    ) async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            try await body(running, client)
        }
    }

    @Test(arguments: ["100-continue", "100-Continue", " 100-continue ,"])
    func `a body that will be read is asked for`(expectation: String) async throws {
        try await with { running, client in
            let row = Self.row
            let chunks = "\(String(row.utf8.count, radix: 16))\r\n\(row)\r\n0\r\n\r\n"
            for (fields, body) in [
                ("Content-Length: \(row.utf8.count)\r\n", row),
                ("Transfer-Encoding: chunked\r\n", chunks),
            ] {
                let socket = try Socket(port: running.port)
                let head = Self.head(client, fields + Self.last, expecting: expectation)
                #expect(await socket.write(head))
                #expect(String(decoding: await socket.read(), as: UTF8.self) == Self.goOn)
                #expect(await socket.write(Array(body.utf8)))
                let reply = try Client.reply(await socket.readToEnd())
                #expect(reply.status == 200 && reply.integer("received") == 1, "\(reply.text)")
            }
        }
    }

    @Test func `requests in a row are each asked for their body, in their order`() async throws {
        try await with { running, client in
            var bytes: [UInt8] = []
            for number in 0..<5 {
                let row = Self.row.replacing("\"a\"", with: "\"p\(number)\"")
                let fields = "Content-Length: \(row.utf8.count)\r\n"
                bytes += Self.head(client, fields + (number == 4 ? Self.last : ""))
                bytes += Array(row.utf8)
            }
            let socket = try Socket(port: running.port)
            #expect(await socket.write(bytes))
            let all = String(decoding: await socket.readToEnd(), as: UTF8.self)
            let statuses = all.split(separator: "HTTP/1.1 ").map { String($0.prefix(3)) }
            #expect(statuses == (0..<5).flatMap { _ in ["100", "200"] }, "\(statuses)")
        }
    }

    @Test func `what the head forbids is refused before the body is sent`() async throws {
        try await with { running, client in
            let reader = running.client(try await running.token([.read]))
            let length = "Content-Length: 1000000\r\n"
            let cases: [(Int, [UInt8])] = [
                (400, Self.head(client, length, to: Self.labels + "?no=1")),
                (401, Self.head(running.client("gnm_wrong"), length)),
                (403, Self.head(reader, length)),
                (404, Self.head(client, length, to: "/v1/nowhere")),
                (404, Self.head(client, length, to: "/v1/tasks/other/labels")),
                (404, Self.head(client, length, to: "/v1/tasks/other/predictions")),
                (405, Self.head(client, length, method: "DELETE")),
                (413, Self.head(client, "Content-Length: 99999999999\r\n")),
                (413, Self.head(client, length, to: "/v1/tasks")),
                (415, Self.head(client, "Transfer-Encoding: chunked\r\n", type: "text/html")),
                (200, Self.head(client, "Content-Length: 5\r\n", method: "GET", to: "/healthz")),
                (417, Self.head(client, length, expecting: "a miracle")),
                (417, Self.head(client, length, expecting: "100-continue, more")),
            ]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (status, head) in cases {
                    group.addTask {
                        let reply = try await client.exchange(head)
                        #expect(reply.status == status, "\(reply.text)")
                        #expect(reply.headers["connection"] == "close", "\(status)")
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `HTTP 1.0 knows no expectations`() async throws {
        try await with { _, client in
            for expectation in ["100-continue", "a miracle"] {
                let head = Self.head(
                    client,
                    "Content-Length: \(Self.row.utf8.count)\r\n",
                    version: "1.0",
                    expecting: expectation
                )
                let reply = try await client.exchange(head + Array(Self.row.utf8))
                #expect(reply.status == 200 && reply.integer("received") == 1, "\(reply.text)")
            }
        }
    }
}
