/// A value of a JSON file; "NaN" and "Infinity" in quotes read as numbers.
enum JSONValue: Decodable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    subscript(_ key: String) -> JSONValue {
        guard case .object(let members) = self, let value = members[key] else {
            fatalError("No member \(key).")
        }
        return value
    }

    subscript(_ index: Int) -> JSONValue { array[index] }

    var keys: [String] {
        guard case .object(let members) = self else { return [] }
        return members.keys.sorted()
    }

    var double: Double {
        switch self {
        case .number(let value): return value
        case .text("NaN"): return .nan
        case .text("Infinity"): return .infinity
        case .text("-Infinity"): return -.infinity
        default: fatalError("Not a number: \(self).")
        }
    }

    var int: Int { Int(double) }
    var isNull: Bool {
        if case .null = self { return true }
        return false
    }

    var bool: Bool {
        guard case .bool(let value) = self else { fatalError("Not a truth value: \(self).") }
        return value
    }

    var array: [JSONValue] {
        guard case .list(let values) = self else { fatalError("Not a list: \(self).") }
        return values
    }

    var doubles: [Double] { array.map(\.double) }

    var optionalString: String? {
        guard case .text(let value) = self else { return nil }
        return value
    }

    var string: String { optionalString ?? "" }
}
