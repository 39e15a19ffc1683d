import Contract
import Evaluation
import Foundation
import Harness
import Logging
import Postgres
import TestSupport
import Testing

@testable import WebServer

/// A server on a free port, on the database of the test case.
struct RunningServer: Sendable {
    let server: GnomonServer
    let port: Int

    /// Runs the body while the server runs.
    static func with<T: Sendable>(
        _ change: (inout ServerSettings) -> Void = { _ in },
        _ body: @escaping @Sendable (RunningServer) async throws -> T
    ) async throws -> T {
        var settings = ServerSettings()
        settings.port = 0
        // What a test counts, nothing else may have done; see ``ServerSettings/backgroundInterval``.
        settings.backgroundInterval = nil
        settings.limits.questions = 2
        settings.limits.uploads = 2
        change(&settings)
        let quiet = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        let server = try GnomonServer(
            settings,
            database: TemporaryDatabase.configuration,
            log: quiet
        )
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                try await server.run(endingOn: []) { listening.yield($0) }
                return nil
            }
            group.addTask {
                for await port in ports {
                    return try await body(RunningServer(server: server, port: port))
                }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    /// Makes a token with the given scopes, on the given tasks or all.
    func token(
        _ scopes: [AccessScope] = AccessScope.allCases,
        tasks: Set<Name>? = nil,
        name: String = "token-\(UUID().uuidString)"
    ) async throws -> String {
        try await CreateToken(pool: server.backend.writers).run(
            name: Name(name),
            scopes: Set(scopes),
            tasks: tasks,
            lifetimeSeconds: nil
        ).text
    }

    func client(_ token: String?) -> Client { Client(port: port, token: token) }

    /// A client with a token that may everything.
    func client() async throws -> Client { client(try await token()) }
}

/// Speaks HTTP/1.1 over a connection of its own for each request, and shows what came as it came.
struct Client: Sendable {
    var port: Int
    var token: String?

    struct Reply: Sendable {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
        func integer(_ name: String) -> Int64? {
            if case .integer(let value)? = json[name] { value } else { nil }
        }
        func string(_ name: String) -> String? {
            if case .string(let value)? = json[name] { value } else { nil }
        }
    }

    func send(
        _ method: String,
        _ target: String,
        _ headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws -> Reply {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        if let token { head += "Authorization: Bearer \(token)\r\n" }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            head += "\(name): \(value)\r\n"
        }
        if let body { head += "Content-Length: \(body.count)\r\n" }
        return try await exchange(Array((head + "\r\n").utf8) + (body ?? []))
    }

    func get(_ target: String, _ headers: [String: String] = [:]) async throws -> Reply {
        try await send("GET", target, headers)
    }

    func post(
        _ target: String,
        _ body: String,
        type: String = "application/json",
        _ headers: [String: String] = [:]
    ) async throws -> Reply {
        try await post(target, Array(body.utf8), type: type, headers)
    }

    func post(
        _ target: String,
        _ body: [UInt8],
        type: String = "application/json",
        _ headers: [String: String] = [:]
    ) async throws -> Reply {
        try await send(
            "POST",
            target,
            headers.merging(["Content-Type": type]) { own, _ in own },
            body: body
        )
    }

    /// Sends bytes as they are and reads until the server closes the connection.
    func exchange(_ bytes: [UInt8], pieces: Int = 1, pause: Duration = .zero) async throws -> Reply
    {
        let socket = try Socket(port: port)
        let size = max(1, (bytes.count + pieces - 1) / pieces)
        for start in stride(from: 0, to: bytes.count, by: size) {
            // A server that has heard enough closes; what it said is read all the same.
            guard await socket.write(Array(bytes[start..<min(start + size, bytes.count)])) else {
                break
            }
            if pause > .zero { try await Task.sleep(for: pause) }
        }
        return try Self.reply(await socket.readToEnd())
    }

    static func reply(_ bytes: [UInt8]) throws -> Reply {
        let mark = Array("\r\n\r\n".utf8)
        guard let end = bytes.firstRange(of: mark) else { throw NoReply(bytes: bytes) }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        let status = try #require(Int(lines[0].split(separator: " ")[1]))
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        return Reply(status: status, headers: headers, body: Array(bytes[end.upperBound...]))
    }

    struct NoReply: Error { var bytes: [UInt8] }
}

/// A connection to a port of this machine; blocking calls run on threads of their own, so
/// that many of them never keep the connections to the database waiting for a thread.
final class Socket: Sendable {
    private let descriptor: Int32

    struct Failure: Error { var code: Int32 }

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // The descriptor is closed by deinit, also where this throws; twice would close that of another.
        guard status == 0 else { throw Failure(code: errno) }
    }

    deinit { close(descriptor) }

    private func aside<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }

    /// - Returns: Whether all of it could be sent.
    func write(_ bytes: [UInt8]) async -> Bool {
        let descriptor = descriptor
        return await aside {
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes {
                    send(
                        descriptor,
                        $0.baseAddress?.advanced(by: sent),
                        bytes.count - sent,
                        Int32(MSG_NOSIGNAL)
                    )
                }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// Sends a few bytes, for which there is room in the buffers of the system.
    func writeAtOnce(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes {
            send(descriptor, $0.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        }
    }

    /// - Returns: What comes next; nothing at the end.
    func read() async -> [UInt8] {
        let descriptor = descriptor
        return await aside {
            var block = [UInt8](repeating: 0, count: 65_536)
            return Array(block[..<max(0, recv(descriptor, &block, block.count, 0))])
        }
    }

    func readToEnd() async -> [UInt8] {
        let descriptor = descriptor
        return await aside {
            var all: [UInt8] = []
            var block = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(descriptor, &block, block.count, 0)
                guard count > 0 else { return all }
                all += block[..<count]
            }
        }
    }
}
