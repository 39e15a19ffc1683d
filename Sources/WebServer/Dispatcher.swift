import Contract
import Evaluation
import HTTPTypes
package import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// What is known of a request beside itself.
package struct ServerContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

/// Takes every request to its route, if the one who asks may.
package struct Dispatcher: HTTPResponder {
    package typealias Context = ServerContext

    let table: RouteTable
    let settings: ServerSettings
    let authenticator: Authenticator
    let rates: RateLimiter
    let log: Logger

    package func respond(to asked: Request, context: ServerContext) async throws -> Response {
        var request = asked
        let target = request.head.path ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var access: Route.Access?
        var held: HeldBody?
        var answer: Answer
        do {
            try requireHost(request)
            held = try HeldBody(of: request, on: context.channel)
            if let held { request.body = RequestBody(asyncSequence: held) }
            let (route, values) = try table.find(request.method, parts.first ?? "")
            access = route.access
            answer = try await self.answer(
                request,
                from: ClientAddress(request, on: context.channel, settings: settings),
                route,
                values,
                query: parts.count > 1 ? parts[1] : ""
            )
        } catch {
            answer = failure(error, request, access)
        }
        // Whether what comes next is the body after all, or another request, nobody can tell.
        if held?.isHeldBack == true { answer.endsConnection = true }
        let origin = RequestOrigin(request, settings: settings)
        if access?.isPage == true || answer.isPage { PageHeaders.add(to: &answer.headers) }
        if origin.isSecure, !origin.isLoopback {
            PageHeaders.addTransportSecurity(to: &answer.headers)
        }
        return response(answer, to: request, context)
    }

    /// Refuses a request that leads to no host or to several: others on the way may have read another one.
    private func requireHost(_ request: Request) throws {
        let isTwice = HTTPField.Name("Host").map { request.headers[$0] != nil } ?? false
        guard request.head.authority == nil || isTwice else { return }
        var problem = Problem(
            .invalidRequest,
            "The field Host must be there once; it is there \(isTwice ? "more than once" : "not at all")."
        )
        problem.endsConnection = true
        throw problem
    }

    private func answer(
        _ request: Request,
        from address: ClientAddress,
        _ route: Route,
        _ values: [String: String],
        query text: Substring
    ) async throws -> Answer {
        let visitor = try await visitor(request, from: address, route.access)
        let identity = visitor.identity
        try rates.take("\(identity.tokenID)")
        switch route.access {
        case .everybody, .anyToken, .publicPage: break
        case .scope(let scope), .page(let scope): try identity.require(scope)
        }
        let needsToken = route.access != .everybody && route.access != .publicPage
        if needsToken, let task = values["task"] { try identity.require(task: Name(task)) }
        let query = try Parameters(query: text)
        try check(query, route)
        let fields = try await fields(request, route, visitor)
        var answer = try await route.answer(
            Call(request: request, visitor: visitor, query: query, fields: fields, values: values)
        )
        answer.addLogin(of: visitor)
        return answer
    }

    // MARK: - Who asks

    private func visitor(
        _ request: Request,
        from address: ClientAddress,
        _ access: Route.Access
    ) async throws -> Visitor {
        if access == .everybody || access == .publicPage {
            return Visitor(identity: .nobody, address: address)
        }
        if case .page = access, !settings.isOpen, request.headers[.authorization] == nil {
            let isSecure = RequestOrigin(request, settings: settings).isSecure
            if let secret = BrowserCookie.session(isSecure: isSecure).secret(in: request.headers) {
                return Visitor(
                    identity: try await authenticator.identity(session: secret, from: address),
                    session: secret,
                    address: address
                )
            }
        }
        let identity = try await authenticator.identity(
            authorization: request.headers[.authorization],
            from: address
        )
        if identity == .anybody { try requireLoopbackName(request) }
        return Visitor(identity: identity, address: address)
    }

    /// A page from elsewhere can have its own name lead to this machine; a browser then says that name.
    private func requireLoopbackName(_ request: Request) throws {
        let host = HostName(authority: request.head.authority ?? "")
        guard host.isLoopback else {
            throw Problem(
                .forbidden,
                "Without tokens the service answers as localhost only, not as \"\(host.name)\"."
            )
        }
    }

    /// Reads the form that is posted to a page, and refuses those that another site had a browser send.
    private func fields(_ request: Request, _ route: Route, _ visitor: Visitor) async throws
        -> Contract.Parameters
    {
        guard route.access.isPage, route.method != .get else { return Contract.Parameters() }
        let origin = RequestOrigin(request, settings: settings)
        try origin.requireOwnSite()
        let form = try await FormGuard.read(request, settings.limits)
        if route.access == .publicPage {
            let cookie = BrowserCookie.visit(isSecure: origin.isSecure)
            try FormGuard.check(form, secret: cookie.secret(in: request.headers))
        } else if let session = visitor.session {
            try FormGuard.check(form, secret: session)
        }
        return form
    }

    // MARK: - What goes wrong

    private func failure(
        _ error: any Error,
        _ request: Request,
        _ access: Route.Access?
    ) -> Answer {
        let problem = problem(error, request)
        if problem.kind == .internalError {
            log.error(
                "failed to answer",
                metadata: [
                    "method": "\(request.method)", "path": "\(request.uri.path)",
                    "error": "\(String(reflecting: error))",
                ]
            )
        }
        var answer = problem.answer
        if isForPeople(request, access) {
            let isLogin = problem.kind == .unauthorized && request.headers[.authorization] == nil
            answer = isLogin ? toLogin(request) : problem.page
        }
        if Self.mayHaveMuchToSend(request) { answer.endsConnection = true }
        return answer
    }

    private func problem(_ error: any Error, _ request: Request) -> Problem {
        if case .output = AnswerForm(accept: request.headers[.accept]) {
            return Problem.ofCommand(error)
        }
        return Problem.of(error)
    }

    /// Whether a problem is told as a page: where pages are, and to browsers that look for one where nothing is.
    private func isForPeople(_ request: Request, _ access: Route.Access?) -> Bool {
        if let access { return access.isPage }
        let isOfProgram = request.head.path?.hasPrefix("/v1/") == true
        let accept = request.headers[.accept] ?? ""
        return !isOfProgram && accept.split(separator: ",").contains { $0.hasPrefix("text/html") }
    }

    /// Has a person log in and then come back.
    private func toLogin(_ request: Request) -> Answer {
        let isPage = request.method == .get || request.method == .head
        let next = isPage ? request.head.path.flatMap(LocalPath.init) : nil
        let origin = RequestOrigin(request, settings: settings)
        var answer = Answer.redirect(
            to: "/login" + (next.map { "?next=" + PercentEncoding.encoded($0.text) } ?? "")
        )
        let cookie = BrowserCookie.session(isSecure: origin.isSecure)
        if cookie.secret(in: request.headers) != nil {
            answer.headers[.setCookie] = cookie.removal
        }
        return answer
    }

    /// What nobody reads must not come for ever.
    private static func mayHaveMuchToSend(_ request: Request) -> Bool {
        guard let length = request.headers[.contentLength].flatMap(Int64.init) else {
            return request.headers[.transferEncoding] != nil
        }
        return length > 64 << 10
    }

    /// A parameter that does nothing is a slip that must not go unseen.
    private func check(_ query: Contract.Parameters, _ route: Route) throws {
        let known = route.operation.parameters.filter { $0.place == .query }.map(\.name)
        guard let unknown = query.names.first(where: { !known.contains($0) }) else { return }
        let all = known.isEmpty ? "none" : known.joined(separator: ", ")
        throw Problem(
            .invalidRequest,
            "There is no parameter \(unknown) here; the parameters are: \(all)."
        )
    }

    private func response(
        _ answer: Answer,
        to request: Request,
        _ context: ServerContext
    ) -> Response {
        var headers = answer.headers
        headers[.xContentTypeOptions] = "nosniff"
        if answer.status != .notModified { headers[.contentLength] = "\(answer.body.count)" }
        guard answer.endsConnection else {
            let body = request.method == .head ? [] : answer.body
            return Response(
                status: answer.status,
                headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
            )
        }
        headers[.connection] = "close"
        let channel = context.channel
        let body = ByteBuffer(bytes: answer.body)
        let closing = ResponseBody(contentLength: answer.body.count) { writer in
            try await writer.write(body)
            try await writer.finish(nil)
            // What the client still sends is let go by for a moment, so that it reads the answer.
            channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
        }
        return Response(status: answer.status, headers: headers, body: closing)
    }
}
