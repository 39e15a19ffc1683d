import Contract
import Endpoints
import Foundation

/// What a command asks of a service.
struct RemoteRequest: Sendable {
    var method: String
    /// Segments, not yet encoded.
    var path: [String]
    var parameters: Parameters
    var body: Body = .none

    enum Body: Sendable {
        case none
        case json(JSONValue)
        /// A file of rows.
        case rows(RowsFile)
    }

    init(_ method: String, _ path: String..., parameters: Parameters) {
        self.method = method
        self.path = path
        self.parameters = parameters
    }

    /// What an endpoint is asked.
    init<Answer>(_ endpoint: Endpoint<Answer>, _ asked: Asked) {
        method = endpoint.method.rawValue
        path = endpoint.path.split(separator: "/").map { segment in
            segment.hasPrefix("{")
                ? asked.path[String(segment.dropFirst().dropLast())] ?? "" : String(segment)
        }
        parameters = asked.parameters
        if let json = asked.body { body = .json(json) }
    }
}
