import Foundation

@testable import WebServer

/// A browser as far as logins go: it keeps cookies and sends what forms say.
struct Browser: Sendable {
    let client: Client
    private(set) var cookies: [String: String] = [:]
    /// What it says of where requests come from.
    var origin: [String: String]

    init(_ running: RunningServer, origin: [String: String]? = nil) {
        client = running.client(nil)
        self.origin = origin ?? ["Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"]
    }

    /// The secret of the session that it keeps.
    var session: String? { cookies["gnomon_session"] }

    mutating func keep(_ name: String, _ value: String) { cookies[name] = value }

    mutating func get(_ path: String, _ headers: [String: String] = [:]) async throws
        -> Client.Reply
    {
        let reply = try await client.get(path, headers.merging(cookieField) { own, _ in own })
        take(reply)
        return reply
    }

    mutating func post(_ path: String, _ fields: [(String, String)]) async throws -> Client.Reply {
        let body = fields.map { "\($0.0)=\(PercentEncoding.encoded($0.1))" }.joined(separator: "&")
        let reply = try await client.post(
            path,
            body,
            type: "application/x-www-form-urlencoded",
            origin.merging(cookieField) { own, _ in own }
        )
        take(reply)
        return reply
    }

    /// Fills in and sends the form of the page where one logs in.
    mutating func logIn(_ token: String, next: String = "/") async throws -> Client.Reply {
        let page = try await get("/login?next=\(PercentEncoding.encoded(next))")
        return try await post(
            "/login",
            [
                ("token", token), ("next", Self.value("next", of: page.text)),
                ("form_token", Self.value("form_token", of: page.text)),
            ]
        )
    }

    /// The value that a form gives a hidden field.
    static func value(_ name: String, of page: String) -> String {
        guard let field = page.range(of: "name=\"\(name)\" value=\"") else { return "" }
        return String(page[field.upperBound...].prefix { $0 != "\"" })
            .replacing("&amp;", with: "&")
    }

    private var cookieField: [String: String] {
        guard !cookies.isEmpty else { return [:] }
        let pairs = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return ["Cookie": pairs.joined(separator: "; ")]
    }

    private mutating func take(_ reply: Client.Reply) {
        guard let field = reply.headers["set-cookie"] else { return }
        let parts = field.split(separator: ";")[0].split(
            separator: "=",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let isGone = field.contains("Max-Age=0")
        cookies[String(parts[0])] = isGone ? nil : String(parts[1])
    }
}
