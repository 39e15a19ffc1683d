import Evaluation
import Foundation
import Harness
import Postgres
import TestSupport
import Testing

@testable import WebServer

/// Who is slow, or leaves, holds nothing that others need.
@Suite(.temporaryDatabase, .hangLimit)
struct SlowClientTests {
    private static let labels = "/v1/tasks/mine/labels"

    @Test func `as many slow senders as there are connections hold none of them`() async throws {
        try await Untouched.with { running, client in
            let backend = running.server.backend
            let head = { (query: String, type: String) in
                "POST \(Self.labels)\(query) HTTP/1.1\r\nHost: h\r\n"
                    + "Authorization: Bearer \(client.token ?? "")\r\nContent-Type: \(type)\r\n"
                    + "Content-Length: 1000000\r\n\r\n"
            }
            var slow: [Socket] = []
            // More than both pools have connections: large bodies, small ones, and heads without an end.
            for number in 0..<60 {
                let socket = try Socket(port: running.port)
                let start =
                    switch number % 3 {
                    case 0: head("?strict=true", "text/csv") + "prediction_id,observed_at,label\n"
                    case 1: head("", "application/json") + "[{\"prediction_id\":\"a\""
                    default: "GET /v1/tasks HTTP/1.1\r\nHost: h\r\nX-Slow: "
                    }
                #expect(await socket.write(Array(start.utf8)))
                slow.append(socket)
            }
            for socket in slow { _ = await socket.write([0x20]) }
            let busy = try await backend.readers.withConnection {
                try await $0.query(
                    """
                    SELECT count(*) AS n
                    FROM pg_stat_activity
                    WHERE datname = current_database() AND state <> 'idle'
                        AND pid <> pg_backend_pid()
                    """
                ).single().int("n")
            }
            #expect(busy == 0, "no connection is at work for them")
            // All places are free: as many requests as there are connections are answered meanwhile.
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<24 {
                    group.addTask {
                        let path =
                            number % 2 == 0 ? "/v1/tasks/mine" : Self.labels + "?strict=true"
                        guard number % 2 == 1 else { return try await client.get(path).status }
                        let body = "prediction_id,observed_at,label\nx,never,1\n"
                        return try await client.post(path, body, type: "text/csv").status - 222
                    }
                }
                for try await status in group { #expect(status == 200) }
            }
            // They leave in the middle of their bodies.
            slow.removeAll()
        }
    }

    @Test func `a head that drips is cut off, whatever still comes`() async throws {
        try await Untouched.with({ $0.limits.idleTime = .seconds(1) }) { running, _ in
            let socket = try Socket(port: running.port)
            #expect(await socket.write(Array("GET /healthz HTTP/1.1\r\nHost: h\r\nX: ".utf8)))
            async let end = socket.readToEnd()
            var isOpen = true
            while isOpen {
                isOpen = await socket.write([UInt8(ascii: "1")])
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(await end.isEmpty)
        }
    }

    @Test func `who does not read the answer holds no connection to the database`() async throws {
        try await Untouched.with { running, client in
            var deaf: [Socket] = []
            for _ in 0..<40 {
                let socket = try Socket(port: running.port)
                let request =
                    "GET /openapi.json HTTP/1.1\r\nHost: h\r\n\r\n"
                    + "GET /v1/tasks/mine/report HTTP/1.1\r\nHost: h\r\n"
                    + "Authorization: Bearer \(client.token ?? "")\r\n\r\n"
                #expect(await socket.write(Array(String(repeating: request, count: 20).utf8)))
                deaf.append(socket)
            }
            #expect(try await client.get("/v1/tasks/mine").status == 200)
            deaf.removeAll()
            #expect(try await client.get("/v1/tasks/mine").status == 200)
        }
    }

    @Test func `who leaves in the middle of a body has sent nothing`() async throws {
        try await Untouched.with { running, client in
            let rows = "prediction_id,observed_at,label\na,2020-01-01T10:00:00Z,1\n"
            for length in ["Content-Length: 100000", "Transfer-Encoding: chunked"] {
                for encoding in ["", "Content-Encoding: gzip\r\n"] {
                    let head =
                        "POST \(Self.labels) HTTP/1.1\r\nHost: h\r\nContent-Type: text/csv\r\n"
                        + "Authorization: Bearer \(client.token ?? "")\r\n\(length)\r\n\(encoding)\r\n"
                    let body =
                        length.hasPrefix("T")
                        ? "\(String(rows.utf8.count, radix: 16))\r\n\(rows)\r\n" : rows
                    let socket = try Socket(port: running.port)
                    #expect(await socket.write(Array((head + body).utf8)))
                }
            }
            // What comes after them on other connections is answered when they are long gone.
            for _ in 0..<3 { #expect(try await client.get("/v1/tasks").status == 200) }
        }
    }
}
