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
    let authenticator: Authenticator
    let rates: RateLimiter
    let log: Logger

    package func respond(to request: Request, context: ServerContext) async throws -> Response {
        var answer: Answer
        do {
            answer = try await self.answer(request)
        } catch {
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
            answer = problem.answer
            if Self.mayHaveMuchToSend(request) { answer.endsConnection = true }
        }
        return response(answer, to: request, context)
    }

    private func answer(_ request: Request) async throws -> Answer {
        let target = request.head.path ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first ?? ""
        let (route, values) = try table.find(request.method, path)
        let identity = try await identity(request, route.access)
        try rates.take("\(identity.tokenID)")
        switch route.access {
        case .everybody, .anyToken: break
        case .scope(let scope), .page(let scope): try identity.require(scope)
        }
        if route.access != .everybody, let task = values["task"] {
            try identity.require(task: task)
        }
        let query = try Query(parts.count > 1 ? parts[1] : "")
        try check(query, route)
        return try await route.answer(
            Call(request: request, identity: identity, query: query, values: values)
        )
    }

    private func problem(_ error: any Error, _ request: Request) -> Problem {
        if case .output = AnswerForm(accept: request.headers[.accept]) {
            return Problem.ofCommand(error)
        }
        return Problem.of(error)
    }

    private func identity(_ request: Request, _ access: Route.Access) async throws -> Identity {
        if access == .everybody { return .nobody }
        var authorization = request.headers[.authorization]
        if case .page = access, authorization == nil,
            let token = LoginCookie.token(in: request.headers)
        {
            authorization = "Bearer \(token)"
        }
        let identity = try await authenticator.identity(authorization: authorization)
        if identity == .anybody { try requireLoopbackName(request) }
        return identity
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

    /// What nobody reads must not come for ever.
    private static func mayHaveMuchToSend(_ request: Request) -> Bool {
        guard let length = request.headers[.contentLength].flatMap(Int64.init) else {
            return request.headers[.transferEncoding] != nil
        }
        return length > 64 << 10
    }

    /// A parameter that does nothing is a slip that must not go unseen.
    private func check(_ query: Query, _ route: Route) throws {
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
