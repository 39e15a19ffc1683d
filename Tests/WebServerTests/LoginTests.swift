import Evaluation
import Foundation
import Harness
import Postgres
import Store
import TestSupport
import Testing

@testable import WebServer

@Suite(.temporaryDatabase, .hangLimit)
struct LoginTests {
    private func with(
        _ change: (inout ServerSettings) -> Void = { _ in },
        _ body: @escaping @Sendable (RunningServer) async throws -> Void
    ) async throws {
        try await RunningServer.with(change) { running in
            _ = try await CreateTask(
                pool: running.server.backend.writers,
                task: PredictionTask(name: "mine", kind: .binary)
            ).run()
            try await body(running)
        }
    }

    @Test func `who logs in comes back to the page that was asked for`() async throws {
        try await with { running in
            var browser = Browser(running)
            let refused = try await browser.get("/tasks/mine/labels?")
            #expect(refused.status == 303)
            #expect(refused.headers["location"] == "/login?next=%2Ftasks%2Fmine%2Flabels%3F")
            let token = try await running.token([.read], name: "ada")
            let answer = try await browser.logIn(token, next: "/tasks/mine/labels")
            #expect(answer.status == 303, "\(answer.text)")
            #expect(answer.headers["location"] == "/tasks/mine/labels")
            #expect(answer.headers["cache-control"]?.contains("no-store") == true)
            let seen = try await browser.get("/tasks/mine/labels")
            #expect(seen.status == 200 && seen.text.contains(">ada<"))
            #expect(browser.session?.contains(token) == false, "the browser has no token")
        }
    }

    @Test func `the cookie is out of reach and ends with the token`() async throws {
        try await with { running in
            var browser = Browser(running)
            let answer = try await browser.logIn(try await running.token([.read]))
            let cookie = try #require(answer.headers["set-cookie"])
            let parts = cookie.components(separatedBy: "; ")
            #expect(parts[0].hasPrefix("gnomon_session="))
            #expect(parts.contains("HttpOnly") && parts.contains("SameSite=Lax"))
            #expect(parts.contains("Path=/") && parts.contains("Max-Age=43200"))
            #expect(!parts.contains("Secure") && !cookie.contains("Domain"))
            let (_, short) = try await CreateToken(pool: running.server.backend.writers).run(
                name: "short",
                scopes: [.read],
                tasks: nil,
                lifetimeSeconds: 600
            )
            let second = try await browser.logIn(short)
            let age = second.headers["set-cookie"]?.components(separatedBy: "; ")
                .first { $0.hasPrefix("Max-Age=") }?.dropFirst(8)
            let seconds = try #require(age.flatMap { Int($0) })
            #expect((500...600).contains(seconds))
        }
    }

    @Test func `behind a proxy that speaks TLS the cookie is for TLS and this host alone`()
        async throws
    {
        try await with({ $0.isBehindProxy = true }) { running in
            let fields = ["X-Forwarded-Proto": "https", "X-Forwarded-Host": "gnomon.example"]
            let page = try await running.client(nil).get("/login", fields)
            let cookie = try #require(page.headers["set-cookie"])
            #expect(cookie.hasPrefix("__Host-gnomon_visit="))
            #expect(cookie.hasSuffix("; Secure"))
            #expect(page.headers["strict-transport-security"] != nil)
            let local = try await running.client(nil).get("/login", ["X-Forwarded-Proto": "https"])
            #expect(
                local.headers["strict-transport-security"] == nil,
                "this machine has other services"
            )
        }
    }

    @Test func `what pretends to be a proxy is not believed`() async throws {
        try await with { running in
            let page = try await running.client(nil).get("/login", ["X-Forwarded-Proto": "https"])
            #expect(page.headers["set-cookie"]?.contains("Secure") == false)
            #expect(page.headers["strict-transport-security"] == nil)
        }
    }

    @Test func `what is no good token is told so, and opens nothing`() async throws {
        try await with { running in
            let pool = running.server.backend.writers
            let revoked = try await running.token(name: "revoked")
            _ = try await RevokeToken(pool: pool).run(name: "revoked")
            let expired = try await running.token(name: "expired")
            try await pool.withConnection {
                _ = try await $0.execute(
                    """
                    UPDATE access_tokens SET expires_at = created_at - interval '1 second'
                    WHERE name = 'expired'
                    """
                )
            }
            let wrong = "gnm_" + String(repeating: "A", count: 43)
            for token in [wrong, revoked, expired, "", "x", String(repeating: "y", count: 5_000)] {
                var browser = Browser(running)
                let answer = try await browser.logIn(token)
                #expect(answer.status == 401, "\(token.prefix(20))")
                #expect(answer.text.contains("role=\"alert\""))
                #expect(answer.text.contains("action=\"/login\""), "the form is there again")
                #expect(browser.session == nil)
            }
            var writer = Browser(running)
            let answer = try await writer.logIn(try await running.token([.labels]))
            #expect(answer.status == 403)
            #expect(answer.text.contains("needs the scope read"))
            #expect(writer.session == nil)
        }
    }

    @Test func `wrong tokens are counted`() async throws {
        try await with({ $0.limits.wrongTokensPerSecond = 1 }) { running in
            var statuses: [Int] = []
            for number in 0..<6 {
                var browser = Browser(running)
                statuses.append(try await browser.logIn("gnm_\(number)").status)
            }
            #expect(statuses.contains(429))
        }
    }

    @Test func `a page stops working with its token, its session and its logout`() async throws {
        try await with { running in
            let pool = running.server.backend.writers
            var browser = Browser(running)
            var second = Browser(running)
            let token = try await running.token([.read], name: "ada")
            _ = try await browser.logIn(token)
            _ = try await second.logIn(token)
            #expect(try await browser.get("/tasks/mine/labels").status == 200)

            // What the browser keeps still opens nothing after a logout, wherever else it was copied to.
            let session = try #require(browser.session)
            let out = try await browser.post(
                "/logout",
                [("form_token", FormGuard.token(for: session))]
            )
            #expect(out.status == 303)
            #expect(out.headers["location"] == "/login")
            #expect(browser.session == nil)
            browser.keep("gnomon_session", session)
            let after = try await browser.get("/tasks/mine/labels")
            #expect(after.status == 303)
            #expect(after.headers["set-cookie"]?.contains("Max-Age=0") == true)

            #expect(try await second.get("/tasks/mine/labels").status == 200, "another login stays")
            let admin = try await running.client()
            #expect(try await admin.send("DELETE", "/v1/tokens/ada").status == 200)
            #expect(try await second.get("/tasks/mine/labels").status == 303)

            var third = Browser(running)
            _ = try await third.logIn(try await running.token([.read]))
            try await pool.withConnection {
                _ = try await $0.execute(
                    "UPDATE sessions SET expires_at = created_at - interval '1 second'"
                )
            }
            running.server.backend.authenticator.forget()
            #expect(try await third.get("/tasks/mine/labels").status == 303)
            #expect(try await ForgetSessions(pool: pool).run() > 0)
            #expect(try await ForgetSessions(pool: pool).run() == 0)
        }
    }

    @Test func `a login opens pages of its tasks and nothing of the API`() async throws {
        try await with { running in
            var browser = Browser(running)
            let token = try await running.token([.read, .admin], tasks: ["other"])
            _ = try await browser.logIn(token)
            let other = try await browser.get("/tasks/mine/labels")
            #expect(other.status == 403)
            #expect(other.headers["content-type"]?.hasPrefix("text/html") == true)
            for path in ["/v1/tasks", "/v1/tasks/other", "/v1/token"] {
                #expect(try await browser.get(path).status == 401, "\(path)")
            }
            let secret = try #require(browser.session)
            #expect(try await running.client(secret).get("/v1/token").status == 401)
            var thief = Browser(running)
            thief.keep("gnomon_session", token)
            #expect(
                try await thief.get("/tasks/mine/labels").status == 303,
                "a token is no session"
            )
        }
    }

    @Test func `nobody is led elsewhere`() async throws {
        try await with { running in
            let token = try await running.token([.read])
            let bad = [
                "//evil.example", "/\\evil.example", "https://evil.example", "evil.example",
                "javascript:alert(1)", "/a\\b", "", "/a\r\nSet-Cookie: x=y", "/a b", "/\u{9}/evil",
                "/é", " //evil.example", "/" + String(repeating: "a", count: 3_000),
            ]
            for next in bad {
                var browser = Browser(running)
                let answer = try await browser.logIn(token, next: next)
                #expect(answer.status == 303, "\(next)")
                #expect(answer.headers["location"] == "/", "\(next)")
                #expect(answer.headers["set-cookie"]?.hasPrefix("gnomon_session=") == true)
                // Also where the form says something else than the page gave it.
                var forger = Browser(running)
                let page = try await forger.get("/login")
                let forged = try await forger.post(
                    "/login",
                    [
                        ("token", token), ("next", next),
                        ("form_token", Browser.value("form_token", of: page.text)),
                    ]
                )
                #expect(forged.headers["location"] == "/", "\(next)")
            }
            var browser = Browser(running)
            let answer = try await browser.logIn(token, next: "/tasks/a%2Fb?from=1&to=2")
            #expect(answer.headers["location"] == "/tasks/a%2Fb?from=1&to=2")
            let page = try await browser.get("/login?next=/%22%3E%3Cscript%3E")
            #expect(!page.text.contains("<script>"))
        }
    }

    @Test func `forms are taken from our own pages only`() async throws {
        try await with { running in
            let token = try await running.token([.read])
            var browser = Browser(running)
            _ = try await browser.logIn(token)
            var other = Browser(running)
            _ = try await other.logIn(token)
            let session = try #require(browser.session)
            let right = FormGuard.token(for: session)
            let ofOther = FormGuard.token(for: try #require(other.session))

            for fields in [[], [("form_token", "x")], [("form_token", ofOther)]] {
                let answer = try await browser.post("/logout", fields)
                #expect(answer.status == 403, "\(fields)")
                #expect(answer.headers["content-type"]?.hasPrefix("text/html") == true)
            }
            for origin in [
                ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"],
                ["Origin": "https://evil.example"], ["Origin": "null"],
                ["Origin": "http://localhost.evil.example"],
            ] {
                browser.origin = origin
                let answer = try await browser.post("/logout", [("form_token", right)])
                #expect(answer.status == 403, "\(origin)")
            }
            #expect(try await browser.get("/tasks/mine/labels").status == 200, "still logged in")
            browser.origin = ["Origin": "http://localhost"]
            let answer = try await browser.post("/logout", [("form_token", right)])
            #expect(answer.status == 303)

            // Nor is anybody logged in as somebody else.
            var victim = Browser(running)
            _ = try await victim.get("/login")
            var attacker = Browser(running)
            let page = try await attacker.get("/login")
            let forged = try await victim.post(
                "/login",
                [
                    ("token", token), ("next", "/"),
                    ("form_token", Browser.value("form_token", of: page.text)),
                ]
            )
            #expect(forged.status == 403)
            #expect(victim.session == nil)
        }
    }

    @Test func `what is no small form is refused`() async throws {
        try await with { running in
            let client = running.client(nil)
            let large = "token=" + String(repeating: "a", count: 20_000)
            let type = "application/x-www-form-urlencoded"
            for (body, type, status) in [
                (large, type, 413), ("{}", "application/json", 415), ("token=%zz", type, 400),
                ("a=1&a=2", type, 400),
            ] {
                let answer = try await client.post("/login", body, type: type)
                #expect(answer.status == status, "\(body.prefix(20))")
            }
        }
    }

    @Test func `without tokens no login is needed`() async throws {
        try await with({ $0.isOpen = true }) { running in
            var browser = Browser(running)
            let page = try await browser.get("/login?next=/tasks/mine/labels")
            #expect(page.status == 200)
            #expect(page.text.contains("No login is needed"))
            #expect(page.text.contains("href=\"/tasks/mine/labels\""))
            #expect(try await browser.get("/tasks/mine/labels").status == 200)
        }
    }

    @Test func `pages carry what keeps them from being framed, sniffed or extended`() async throws {
        try await with { running in
            var browser = Browser(running)
            _ = try await browser.logIn(try await running.token([.read]))
            let html = ["Accept": "text/html,application/xhtml+xml,*/*;q=0.8"]
            for (path, status) in [
                ("/", 200), ("/login", 200), ("/tasks/mine/labels", 200), ("/nowhere", 404),
                ("/tasks/mine/labels?x=1", 400), ("/logout", 405),
            ] {
                let reply = try await browser.get(path, html)
                #expect(reply.status == status, "\(path)")
                #expect(reply.headers["content-type"]?.hasPrefix("text/html") == true, "\(path)")
                let policy = reply.headers["content-security-policy"] ?? ""
                for rule in [
                    "default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'",
                    "form-action 'self'",
                ] {
                    #expect(policy.contains(rule), "\(path): \(rule)")
                }
                #expect(!policy.contains("unsafe"), "\(path)")
                #expect(reply.headers["x-content-type-options"] == "nosniff", "\(path)")
                #expect(reply.headers["referrer-policy"] == "same-origin", "\(path)")
                #expect(reply.headers["cross-origin-opener-policy"] == "same-origin", "\(path)")
                #expect(reply.headers["permissions-policy"]?.contains("camera=()") == true)
                let cache = reply.headers["cache-control"] ?? ""
                #expect(cache.contains("no-store") || cache.contains("no-cache"), "\(path)")
            }
        }
    }

    @Test func `problems are pages for people and JSON for programs`() async throws {
        try await with { running in
            let client = running.client(nil)
            let html = ["Accept": "text/html"]
            let nowhere = try await client.get("/nowhere")
            #expect(nowhere.headers["content-type"] == "application/problem+json")
            let api = try await client.get("/v1/nothing", html)
            #expect(api.headers["content-type"] == "application/problem+json")
            let page = try await client.get("/nowhere", html)
            #expect(page.status == 404)
            #expect(page.text.contains("There is no such thing"))
            let program = running.client(try await running.token([.labels]))
            let refused = try await program.get("/tasks/mine/labels")
            #expect(refused.status == 403)
            #expect(refused.text.contains("<h1>"))
        }
    }
}
