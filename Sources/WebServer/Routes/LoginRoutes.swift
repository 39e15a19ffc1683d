import Contract
import Dashboard
import Evaluation
import Harness
import HTTPTypes
import HummingbirdCore

/// Where people log in to the pages, and out again.
struct LoginRoutes: Sendable {
    let backend: Backend
    let settings: ServerSettings

    var routes: [Route] {
        [
            Route(.get, "/login", .publicPage, Self.operation("showLogin", ["next"])) { form($0) },
            Route(.post, "/login", .publicPage, Self.operation("logIn")) { try await logIn($0) },
            Route(.post, "/logout", .page(.read), Self.operation("logOut")) {
                try await logOut($0)
            },
        ]
    }

    private static func operation(_ id: String, _ parameters: [String] = []) -> Operation {
        Operation(
            id,
            "A page",
            tag: .service,
            parameters: parameters.map { .init($0, "Where to go on.", example: "/") },
            success: .init("The page.", nil)
        )
    }

    private func form(_ call: Call) -> Answer {
        let next = call.query["next"].flatMap(LocalPath.init) ?? .start
        guard !settings.isOpen else {
            return Answer(page: LoginPage(next: next.text, formToken: nil).page)
        }
        let cookie = BrowserCookie.visit(isSecure: isSecure(call))
        let known = cookie.secret(in: call.request.headers)
        let secret = known ?? Secret.random()
        var answer = answer(next: next, secret: secret)
        if known == nil { answer.headers[.setCookie] = cookie.field(secret) }
        return answer
    }

    private func logIn(_ call: Call) async throws -> Answer {
        let next = call.fields["next"].flatMap(LocalPath.init) ?? .start
        if settings.isOpen { return .redirect(to: next.text) }
        let isSecure = isSecure(call)
        let visit = BrowserCookie.visit(isSecure: isSecure).secret(in: call.request.headers) ?? ""
        let identity: Identity
        do {
            let token = (call.fields["token"] ?? "").filter { !$0.isWhitespace }
            identity = try await backend.authenticator.identity(
                token: token,
                from: call.visitor.address
            )
            try identity.require(.read)
        } catch let problem as Problem where [.unauthorized, .forbidden].contains(problem.kind) {
            var answer = answer(next: next, secret: visit, fault: problem.detail)
            answer.status = problem.kind.status
            answer.headers[.wwwAuthenticate] = problem.answer.headers[.wwwAuthenticate]
            return answer
        }
        let cookie = BrowserCookie.session(isSecure: isSecure)
        if let old = cookie.secret(in: call.request.headers) { try await end(old) }
        guard
            let session = try await StartSession(pool: backend.writers)
                .run(tokenID: identity.tokenID)
        else { throw Problem(.unauthorized, "The token has just come to its end.") }
        var answer = Answer.redirect(to: next.text)
        answer.headers[.setCookie] = cookie.field(
            session.secret,
            lifetimeSeconds: session.lifetimeSeconds
        )
        return answer
    }

    private func logOut(_ call: Call) async throws -> Answer {
        var answer = Answer.redirect(to: "/login")
        guard let session = call.visitor.session else { return answer }
        try await end(session)
        answer.headers[.setCookie] = BrowserCookie.session(isSecure: isSecure(call)).removal
        return answer
    }

    private func end(_ session: String) async throws {
        try await EndSession(pool: backend.writers).run(session)
        backend.authenticator.forget()
    }

    private func isSecure(_ call: Call) -> Bool {
        RequestOrigin(call.request, settings: settings).isSecure
    }

    private func answer(next: LocalPath, secret: String, fault: String? = nil) -> Answer {
        let page = LoginPage(
            next: next.text,
            formToken: FormGuard.token(for: secret),
            fault: fault
        )
        return Answer(page: page.page)
    }
}
