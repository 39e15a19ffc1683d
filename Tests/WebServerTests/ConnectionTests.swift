import Foundation
import TestSupport
import Testing

@testable import WebServer

/// Connections, as HTTP/1 has them, and when there are too many of them.
@Suite(.temporaryDatabase, .hangLimit)
struct ConnectionTests {
    private static func ask(_ running: RunningServer, _ text: String) async throws -> Client.Reply {
        try await running.client(nil).exchange(Array(text.utf8))
    }

    @Test func `a request leads to one host`() async throws {
        try await RunningServer.with { running in
            for path in ["/healthz", "/v1/tasks", "/login", "/nothing"] {
                for fields in ["", "Host: a\r\nHost: a\r\n", "Host: a\r\nhost: b\r\n"] {
                    let reply = try await Self.ask(running, "GET \(path) HTTP/1.1\r\n\(fields)\r\n")
                    #expect(reply.status == 400, "\(path) \(fields)")
                    #expect(reply.text.contains("field Host"), "\(reply.text)")
                    #expect(reply.headers["connection"] == "close")
                }
            }
            let twice = "GET /healthz HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"
            #expect(try await Self.ask(running, twice).status == 400)
        }
    }

    @Test func `HTTP/1.0 gets its answer, and the connection is closed`() async throws {
        try await RunningServer.with { running in
            // Each would wait for ever if the connection stayed open.
            for fields in ["", "Host: a\r\n", "Connection: keep-alive\r\n"] {
                let reply = try await Self.ask(running, "GET /healthz HTTP/1.0\r\n\(fields)\r\n")
                #expect(reply.status == 200, "\(fields)")
                #expect(reply.headers["connection"] == "close", "\(fields)")
            }
            let long = try await Self.ask(running, "GET /openapi.json HTTP/1.0\r\n\r\n")
            #expect(long.headers["content-length"] == "\(long.body.count)", "all of it has come")
        }
    }

    @Test func `a thousand half heads keep nobody out, and are cut off in time`() async throws {
        try await RunningServer.with({ $0.limits.headTime = .seconds(20) }) { running in
            let half = Array("GET /healthz HTTP/1.1\r\nHost: h\r\nX: ".utf8)
            // One that asked before is older than all of them, and stays.
            let quiet = try Socket(port: running.port)
            #expect(await quiet.write(Array("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n".utf8)))
            #expect(await !quiet.read().isEmpty)
            var sockets: [Socket] = []
            for _ in 0..<1_000 {
                let socket = try Socket(port: running.port)
                socket.writeAtOnce(half)
                sockets.append(socket)
            }
            for _ in 0..<20 {
                let reply = try await running.client(nil).get("/healthz")
                #expect(reply.status == 200)
            }
            #expect(await quiet.write(Array("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n".utf8)))
            #expect(await !quiet.read().isEmpty)
            // The last of them has waited longest of all by the time that it is closed.
            #expect(await sockets[999].readToEnd().isEmpty)
        }
    }

    @Test func `those at work are never closed to make room`() async throws {
        try await RunningServer.with({ $0.limits.connections = 3 }) { running in
            let client = try await running.client()
            let head =
                "POST /v1/tasks HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(client.token ?? "")\r\n"
                + "Content-Type: application/json\r\nContent-Length: 31\r\nConnection: close\r\n"
                + "Expect: 100-continue\r\n\r\n"
            var working: [Socket] = []
            for number in 0..<3 {
                let socket = try Socket(port: running.port)
                #expect(await socket.write(Array(head.utf8)))
                // Once the body is asked for, the service is at work on it.
                #expect(String(decoding: await socket.read(), as: UTF8.self).contains("100"))
                #expect(await socket.write(Array(#"{"task":"t\#(number)","#.utf8)))
                working.append(socket)
            }
            for _ in 0..<5 { #expect(try await client.get("/healthz").status == 200) }
            for socket in working {
                #expect(await socket.write(Array(#""kind": "binary" }"#.utf8)))
                let reply = try Client.reply(await socket.readToEnd())
                #expect(reply.status == 201, "\(reply.text)")
            }
        }
    }
}
