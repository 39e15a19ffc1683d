package import Evaluation

/// The members of an object that somebody sent, each of which must be known.
package struct Members: Sendable {
    private let object: JSONValue

    /// - Parameters:
    ///   - json: What was sent.
    ///   - allowed: The members that there are.
    ///   - nullable: Those of them that may be null, which is as if they were left out.
    /// - Throws: `ParameterFault` where it is no object, or has a member that does nothing.
    package init(_ json: JSONValue, allowed: [String], nullable: [String] = []) throws {
        guard case .object(let members) = json else {
            throw ParameterFault(.unreadable, "The body must be a JSON object.")
        }
        if let unknown = members.first(where: { !allowed.contains($0.name) }) {
            throw ParameterFault(
                .unreadable,
                "There is no member \"\(unknown.name)\" here; the members are: \(allowed.joined(separator: ", "))."
            )
        }
        if let empty = members.first(where: { $0.value == .null && !nullable.contains($0.name) }) {
            throw ParameterFault(
                .unreadable,
                "\(setting: empty.name) is null; give a value, or leave it out."
            )
        }
        object = json
    }

    package subscript(name: String) -> JSONValue? {
        guard let value = object[name], value != .null else { return nil }
        return value
    }

    package func text(_ name: String) throws -> String? {
        guard let value = self[name] else { return nil }
        guard case .string(let text) = value else { throw wrong(name, value, "a text") }
        return try Self.storable(text, name)
    }

    /// PostgreSQL's text holds everything but the NUL character.
    private static func storable(_ text: String, _ name: String) throws -> String {
        guard !text.contains("\0") else {
            throw ParameterFault(.impossible, "\(setting: name) has the character U+0000.")
        }
        return text
    }

    package func requiredText(_ name: String) throws -> String {
        guard let text = try text(name) else {
            throw ParameterFault(.unreadable, "The member \"\(name)\" is missing.")
        }
        return text
    }

    package func number(_ name: String) throws -> Double? {
        guard let value = self[name] else { return nil }
        switch value {
        case .number(let number): return number
        case .integer(let number): return Double(number)
        default: throw wrong(name, value, "a number")
        }
    }

    package func integer(_ name: String) throws -> Int64? {
        guard let value = self[name] else { return nil }
        guard case .integer(let number) = value else { throw wrong(name, value, "a whole number") }
        return number
    }

    package func flag(_ name: String) throws -> Bool? {
        guard let value = self[name] else { return nil }
        guard case .bool(let flag) = value else { throw wrong(name, value, "true or false") }
        return flag
    }

    package func texts(_ name: String) throws -> [String]? {
        guard let value = self[name] else { return nil }
        guard case .array(let values) = value else { throw wrong(name, value, "an array of texts") }
        return try values.map {
            guard case .string(let text) = $0 else {
                throw wrong(name, value, "an array of texts")
            }
            return try Self.storable(text, name)
        }
    }

    package func names(_ name: String) throws -> [Name]? {
        try texts(name)?.map { Name($0) }
    }

    package func choice<Value: CaseIterable & RawRepresentable<String>>(
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
    package func value<Value>(_ name: String, _ read: (String) throws -> Value) throws -> Value? {
        guard let text = try text(name) else { return nil }
        do {
            return try read(text)
        } catch let error as any WordedError {
            throw ParameterFault(.impossible, error.wording)
        } catch {
            let said = "\(error)"
            throw ParameterFault(.impossible, "\(setting: name) \"\(text)\": \(said)")
        }
    }

    private func wrong(_ name: String, _ value: JSONValue, _ allowed: String) -> ParameterFault {
        ParameterFault(.unreadable, "\(setting: name) \(value.inline) must be \(allowed).")
    }
}
