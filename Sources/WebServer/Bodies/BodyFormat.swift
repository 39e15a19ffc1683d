import HTTPTypes
import Ingest

/// How a body is written, by what the request says of it.
struct BodyFormat: Sendable, Equatable {
    enum Rows: Sendable, Equatable {
        case csv
        case ndjson
        /// One object, or an array of objects.
        case json
        /// CSV or NDJSON, whichever it looks like.
        case detected
    }

    var rows: Rows
    var isGzip: Bool

    static let types: [(type: String, rows: Rows)] = [
        ("application/json", .json), ("application/x-ndjson", .ndjson),
        ("application/ndjson", .ndjson), ("application/jsonl", .ndjson), ("text/csv", .csv),
        ("application/octet-stream", .detected),
    ]

    /// - Throws: `Problem` that says what is understood.
    init(_ headers: HTTPFields) throws {
        let type = try Self.type(headers)
        guard let known = Self.types.first(where: { $0.type == type }) else {
            throw Problem(
                .unsupportedType,
                "Content-Type \(type) is not understood; send application/json, "
                    + "application/x-ndjson or text/csv."
            )
        }
        rows = known.rows
        isGzip = try Self.isGzip(headers)
    }

    /// - Returns: Whether the body is compressed.
    /// - Throws: `Problem` where it is not JSON.
    static func requireJSON(_ headers: HTTPFields) throws -> Bool {
        let type = try type(headers)
        guard type == "application/json" else {
            throw Problem(
                .unsupportedType,
                "Content-Type \(type) is not understood; send application/json."
            )
        }
        return try isGzip(headers)
    }

    private static func type(_ headers: HTTPFields) throws -> String {
        guard let field = headers[.contentType] else {
            throw Problem(
                .unsupportedType,
                "The field Content-Type is missing; send application/json, or for rows "
                    + "application/x-ndjson or text/csv."
            )
        }
        let parts = field.split(separator: ";").map { $0.trimmingSpaces.lowercased() }
        for parameter in parts.dropFirst() where parameter.hasPrefix("charset=") {
            guard ["charset=utf-8", "charset=\"utf-8\""].contains(parameter) else {
                throw Problem(.unsupportedType, "Only UTF-8 is understood, not \(parameter).")
            }
        }
        return parts.first ?? ""
    }

    private static func isGzip(_ headers: HTTPFields) throws -> Bool {
        switch headers[.contentEncoding]?.lowercased() {
        case nil, "", "identity": return false
        case "gzip", "x-gzip": return true
        case let encoding?:
            throw Problem(
                .unsupportedType,
                "Content-Encoding \(encoding) is not understood; send gzip, or nothing."
            )
        }
    }
}
