package import Contract
package import HTTPTypes

/// An error as RFC 9457 has it: what went wrong, and what to do.
package struct Problem: Error, Sendable {
    package var kind: Kind
    /// What is wrong with this request, and what to do: full sentences.
    package var detail: String
    /// Seconds after which it may be tried again.
    package var retryAfter: Int?
    /// More members, such as the counts of an upload.
    package var members: [JSONValue.Member] = []
    /// The body was not read to its end, so that the connection cannot go on.
    package var endsConnection = false
    package var allowedMethods: [String] = []

    package init(_ kind: Kind, _ detail: String, retryAfter: Int? = nil) {
        self.kind = kind
        self.detail = detail
        self.retryAfter = retryAfter
    }

    /// What kinds of problem there are; the documentation lists them.
    package enum Kind: String, Sendable, CaseIterable {
        case invalidRequest = "invalid-request"
        case invalidValue = "invalid-value"
        case unauthorized = "unauthorized"
        case forbidden = "forbidden"
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"
        case slowBody = "slow-body"
        case conflict = "conflict"
        case tooLarge = "too-large"
        case unsupportedType = "unsupported-type"
        case unknownExpectation = "unknown-expectation"
        case rowsRejected = "rows-rejected"
        case keyReused = "idempotency-key-reused"
        case notPossible = "not-possible"
        case tooManyRequests = "too-many-requests"
        case internalError = "internal-error"
        case overloaded = "overloaded"
        case databaseUnreachable = "database-unreachable"

        package var status: HTTPResponse.Status {
            switch self {
            case .invalidRequest: .badRequest
            case .unauthorized: .unauthorized
            case .forbidden: .forbidden
            case .notFound: .notFound
            case .methodNotAllowed: .methodNotAllowed
            case .slowBody: .requestTimeout
            case .conflict: .conflict
            case .tooLarge: .contentTooLarge
            case .unsupportedType: .unsupportedMediaType
            case .unknownExpectation: .expectationFailed
            case .invalidValue, .rowsRejected, .keyReused, .notPossible: .unprocessableContent
            case .tooManyRequests: .tooManyRequests
            case .internalError: .internalServerError
            case .overloaded, .databaseUnreachable: .serviceUnavailable
            }
        }

        /// The same for every problem of the kind.
        package var title: String {
            switch self {
            case .invalidRequest: "The request cannot be understood"
            case .invalidValue: "A value is not possible"
            case .unauthorized: "A token is needed"
            case .forbidden: "The token does not allow this"
            case .notFound: "There is no such thing"
            case .methodNotAllowed: "This cannot be done here"
            case .slowBody: "The body came too slowly"
            case .conflict: "Something else is in the way"
            case .tooLarge: "The body is too large"
            case .unsupportedType: "The body is of a kind that is not understood"
            case .unknownExpectation: "The request expects what is not understood"
            case .rowsRejected: "No row could be used"
            case .keyReused: "The Idempotency-Key was used for another request"
            case .notPossible: "This cannot be done to what is there"
            case .tooManyRequests: "Too many requests"
            case .internalError: "Something went wrong in the service"
            case .overloaded: "The service has too much to do"
            case .databaseUnreachable: "The database cannot be reached"
            }
        }

        package var type: String { "/docs#\(rawValue)" }
    }

    package var json: JSONValue {
        let common: JSONValue = [
            "type": .string(kind.type),
            "title": .string(kind.title),
            "status": .integer(Int64(kind.status.code)),
            "detail": .string(detail),
        ]
        guard case .object(let own) = common else { return common }
        return .object(own + members)
    }

    /// The answer that tells it.
    var answer: Answer {
        var answer = Answer(json: json, status: kind.status, contentType: Self.contentType)
        if let retryAfter { answer.headers[.retryAfter] = "\(retryAfter)" }
        if kind == .unauthorized { answer.headers[.wwwAuthenticate] = "Bearer realm=\"gnomon\"" }
        if !allowedMethods.isEmpty {
            answer.headers[.allow] = allowedMethods.joined(separator: ", ")
        }
        answer.headers[.cacheControl] = "no-store"
        answer.endsConnection = endsConnection
        return answer
    }

    package static let contentType = "application/problem+json"
}
