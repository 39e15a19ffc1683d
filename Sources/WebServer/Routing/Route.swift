package import Evaluation
package import HTTPTypes

/// What is answered at one path to one method, and what the documentation says of it.
package struct Route: Sendable {
    package var method: HTTPRequest.Method
    package var path: PathPattern
    package var access: Access
    package var operation: Operation
    package var answer: @Sendable (Call) async throws -> Answer

    /// Who may ask.
    package enum Access: Sendable, Equatable {
        /// Everybody, also without a token.
        case everybody
        /// Whoever has a token, whatever its scopes are.
        case anyToken
        case scope(AccessScope)
        /// A page of the dashboard: by a token, or by the cookie of a login.
        case page(AccessScope)
        /// A page for everybody, such as the one at which people log in.
        case publicPage

        /// Whether people look at it; what is no page belongs to the API.
        package var isPage: Bool {
            switch self {
            case .page, .publicPage: true
            case .everybody, .anyToken, .scope: false
            }
        }
    }

    package init(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ access: Access,
        _ operation: Operation,
        answer: @escaping @Sendable (Call) async throws -> Answer
    ) {
        self.method = method
        self.path = PathPattern(path)
        self.access = access
        self.operation = operation
        self.answer = answer
    }
}

/// A path with names in braces for the segments that vary: `/v1/tasks/{task}`.
package struct PathPattern: Sendable, Equatable {
    package let text: String
    private let segments: [Substring]

    package init(_ text: String) {
        self.text = text
        segments = text.split(separator: "/")
    }

    /// The names in braces.
    package var names: [String] {
        segments.filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// - Parameter path: The decoded segments of a path.
    /// - Returns: The values of the names, or `nil` where the path is another one.
    func match(_ path: [String]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (segment, value) in zip(segments, path) {
            if segment.hasPrefix("{") {
                values[String(segment.dropFirst().dropLast())] = value
            } else if segment != value {
                return nil
            }
        }
        return values
    }
}
