import Contract
import Foundation

/// What a command asks of a service.
struct RemoteRequest: Sendable {
    var method = "GET"
    /// Below `/v1`; segments, not yet encoded.
    var path: [String]
    var query: [(String, String)] = []
    var body: Body = .none

    enum Body: Sendable {
        case none
        case json(JSONValue)
        /// A file of rows.
        case rows(RowsFile)
    }

    init(_ method: String = "GET", _ path: String..., query: RemoteQuery = RemoteQuery()) {
        self.method = method
        self.path = path
        self.query = query.values
    }

    init(_ method: String, _ path: String..., json: JSONValue) {
        self.method = method
        self.path = path
        body = .json(json)
    }
}

/// The parameters of a request: options that were given.
struct RemoteQuery: Sendable {
    private(set) var values: [(String, String)] = []

    mutating func add(_ name: String, _ value: String?) {
        if let value { values.append((name, value)) }
    }

    mutating func add(_ name: String, _ flag: Bool) {
        if flag { values.append((name, "true")) }
    }

    mutating func add(_ name: String, _ moment: Moment?) { add(name, moment?.text) }

    /// * `list`: Nothing is said of an empty one.
    mutating func add(_ name: String, _ list: [String]) {
        if !list.isEmpty { add(name, list.joined(separator: ",")) }
    }
}
