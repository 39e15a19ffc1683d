import Contract
import Endpoints
import HTTPTypes
import Presentation

extension Route {
    /// An endpoint as HTTP serves it.
    ///
    /// - Parameters:
    ///   - endpoint: Answers.
    ///   - operation: What the documentation says of it; whether it takes a body, and tags its answer, is said there.
    ///   - backend: What it answers with.
    ///   - status: Of the answer.
    ///   - check: Whether the one who asks may ask for just this.
    ///   - failure: What an error of the endpoint is to the one who asked; itself, unless said otherwise.
    ///   - finish: What else the answer says, or the service remembers.
    init<Served: Presentable>(
        _ endpoint: Endpoint<Served>,
        _ operation: Operation,
        _ backend: Backend,
        status: HTTPResponse.Status = .ok,
        check: @escaping @Sendable (Call, Asked) throws -> Void = { _, _ in },
        failure: @escaping @Sendable (any Error, Call) -> any Error = { error, _ in error },
        finish: @escaping @Sendable (Served, Call, inout Answer) -> Void = { _, _, _ in }
    ) {
        let isTagged = operation.parameters.contains {
            $0.name == CommonParameters.ifNoneMatch.name
        }
        self.init(
            HTTPRequest.Method(endpoint.method),
            endpoint.path,
            .scope(endpoint.scope),
            operation
        ) { call in
            var asked = Asked(path: call.values, parameters: call.query)
            if operation.body != nil {
                asked.body = try await JSONDocument.read(call, backend.limits).0
            }
            try check(call, asked)
            let work = try endpoint.read(asked)
            let served = try await backend.take(endpoint.turn) {
                do {
                    return try await work(backend.desk(call))
                } catch {
                    throw failure(error, call)
                }
            }
            var answer = Answer(served, for: call, status: status)
            finish(served, call, &answer)
            return isTagged ? answer.tagged(by: served.json, for: call) : answer
        }
    }
}

extension HTTPRequest.Method {
    init<Served>(_ method: Endpoint<Served>.Method) {
        self =
            switch method {
            case .get: .get
            case .post: .post
            case .put: .put
            case .patch: .patch
            case .delete: .delete
            }
    }
}

extension Backend {
    /// What a call is answered with.
    func desk(_ call: Call) -> Desk {
        Desk(
            readers: readers,
            deciders: deciders,
            writers: writers,
            author: call.identity.author,
            tasks: call.identity.tasks,
            isForTable: call.form.isTable
        )
    }

    /// Waits for a turn where much is asked at once.
    func take<Served, T: Sendable>(
        _ turn: Endpoint<Served>.Turn,
        _ body: () async throws -> T
    ) async throws -> T {
        switch turn {
        case .none: try await body()
        case .question: try await questions.pass(body)
        case .decision: try await decisions.pass(body)
        case .change: try await uploads.pass(body)
        }
    }
}
