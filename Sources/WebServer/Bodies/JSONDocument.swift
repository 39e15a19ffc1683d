import Evaluation
import Contract
import HTTPTypes
import HummingbirdCore

/// A body that is one JSON value, such as the settings of a task.
enum JSONDocument {
    static func read(
        _ call: Call,
        _ limits: ServerLimits
    ) async throws -> (JSONValue, digest: [UInt8]) {
        let isGzip = try BodyFormat.requireJSON(call.request.headers)
        var limits = limits
        limits.decompressedBytes = Int64(limits.documentBytes)
        limits.memoryBytes = limits.documentBytes
        let body = try await BodyReader(
            limits: limits,
            maximumBytes: Int64(limits.documentBytes),
            isGzip: isGzip,
            splitsRows: false
        ).read(call.request)
        let json = try JSONValue(parsing: body.bytes, maximumDepth: limits.jsonDepth)
        return (json, body.digest)
    }
}

/// The members of an object that somebody sent, each of which must be known.
struct Members: Sendable {
    private let object: JSONValue

    /// - Parameters:
    ///   - json: What was sent.
    ///   - allowed: The members that there are.
    ///   - nullable: Those of them that may be null, which is as if they were left out.
    /// - Throws: `Problem` where it is no object, or has a member that does nothing.
    init(_ json: JSONValue, allowed: [String], nullable: [String] = []) throws {
        guard case .object(let members) = json else {
            throw Problem(.invalidRequest, "The body must be a JSON object.")
        }
        if let unknown = members.first(where: { !allowed.contains($0.name) }) {
            throw Problem(
                .invalidRequest,
                "There is no member \"\(unknown.name)\" here; the members are: "
                    + allowed.joined(separator: ", ") + "."
            )
        }
        if let empty = members.first(where: { $0.value == .null && !nullable.contains($0.name) }) {
            throw Problem(.invalidRequest, "\(empty.name) is null; give a value, or leave it out.")
        }
        object = json
    }

    subscript(name: String) -> JSONValue? {
        guard let value = object[name], value != .null else { return nil }
        return value
    }

    func text(_ name: String) throws -> String? {
        guard let value = self[name] else { return nil }
        guard case .string(let text) = value else { throw wrong(name, value, "a text") }
        return try Self.storable(text, name)
    }

    /// PostgreSQL's text holds everything but the NUL character.
    private static func storable(_ text: String, _ name: String) throws -> String {
        guard !text.contains("\0") else {
            throw Problem(.invalidValue, "\(name) has the character U+0000.")
        }
        return text
    }

    func requiredText(_ name: String) throws -> String {
        guard let text = try text(name) else {
            throw Problem(.invalidRequest, "The member \"\(name)\" is missing.")
        }
        return text
    }

    func number(_ name: String) throws -> Double? {
        guard let value = self[name] else { return nil }
        switch value {
        case .number(let number): return number
        case .integer(let number): return Double(number)
        default: throw wrong(name, value, "a number")
        }
    }

    func integer(_ name: String) throws -> Int64? {
        guard let value = self[name] else { return nil }
        guard case .integer(let number) = value else { throw wrong(name, value, "a whole number") }
        return number
    }

    func flag(_ name: String) throws -> Bool? {
        guard let value = self[name] else { return nil }
        guard case .bool(let flag) = value else { throw wrong(name, value, "true or false") }
        return flag
    }

    func texts(_ name: String) throws -> [String]? {
        guard let value = self[name] else { return nil }
        guard case .array(let values) = value else { throw wrong(name, value, "an array of texts") }
        return try values.map {
            guard case .string(let text) = $0 else {
                throw wrong(name, value, "an array of texts")
            }
            return try Self.storable(text, name)
        }
    }

    func names(_ name: String) throws -> [Name]? {
        try texts(name)?.map { Name($0) }
    }

    func choice<Value: CaseIterable & RawRepresentable<String>>(
        _ name: String,
        _ type: Value.Type = Value.self
    ) throws -> Value? {
        guard let text = try text(name) else { return nil }
        guard let value = Value(rawValue: text) else {
            throw wrong(
                name,
                .string(text),
                "one of: " + Value.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        return value
    }

    /// A text that a reader makes something of.
    func value<Value>(_ name: String, _ read: (String) throws -> Value) throws -> Value? {
        guard let text = try text(name) else { return nil }
        do {
            return try read(text)
        } catch {
            let said = "\(error)"
            throw Problem(.invalidValue, "\(name) \"\(text)\": \(said)")
        }
    }

    private func wrong(_ name: String, _ value: JSONValue, _ allowed: String) -> Problem {
        Problem(.invalidRequest, "\(name) \(value.inline) must be \(allowed).")
    }
}
