import Evaluation

/// A text is no JSON, or more deeply nested than is allowed.
package struct JSONError: Error, Equatable, CustomStringConvertible {
    /// The 0-based position of the first byte that does not fit.
    package var offset: Int
    package var problem: String

    package var description: String { "The JSON is not valid at byte \(offset): \(problem)" }
}

extension JSONValue {
    /// Reads a JSON text as RFC 8259 has it, and nothing more lenient.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, one value with white space around it.
    ///   - maximumDepth: How many arrays and objects may lie in each other.
    /// - Throws: `JSONError` with the place; also for a member given twice, of which one would be lost.
    package init(parsing bytes: [UInt8], maximumDepth: Int = 64) throws(JSONError) {
        var parser = JSONParser(bytes, maximumDepth: maximumDepth)
        self = try parser.document()
    }
}

private struct JSONParser {
    private let bytes: [UInt8]
    private let maximumDepth: Int
    private var position = 0

    init(_ bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func document() throws(JSONError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw error("there is more after the value.") }
        return value
    }

    private func error(_ problem: String) -> JSONError {
        JSONError(offset: position, problem: problem)
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        skipSpace()
        guard let byte = next else { throw error("the text ends where a value should be.") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(
        _ text: StaticString,
        _ value: JSONValue
    ) throws(JSONError) -> JSONValue {
        for byte in text.description.utf8 {
            guard next == byte else { throw error("a value should be here.") }
            position += 1
        }
        return value
    }

    private mutating func enter(_ depth: Int) throws(JSONError) {
        guard depth <= maximumDepth else {
            throw error("more than \(maximumDepth) arrays and objects lie in each other.")
        }
        position += 1
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth)
        var members: [JSONValue.Member] = []
        var names: Set<Name> = []
        if skip(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("a name should be here.") }
            let name = try string()
            guard names.insert(Name(name)).inserted else { throw error("a member is given twice.") }
            guard skip(UInt8(ascii: ":")) else { throw error("a colon should be here.") }
            members.append(JSONValue.Member(name: name, value: try value(depth: depth)))
        } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "}")) else { throw error("a comma or } should be here.") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth)
        var values: [JSONValue] = []
        if skip(UInt8(ascii: "]")) { return .array([]) }
        repeat { values.append(try value(depth: depth)) } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "]")) else { throw error("a comma or ] should be here.") }
        return .array(values)
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        var isInteger = true
        while let byte = next {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
            case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
                isInteger = false
            default: return try number(from: start, isInteger: isInteger)
            }
            position += 1
        }
        return try number(from: start, isInteger: isInteger)
    }

    private mutating func number(
        from start: Int,
        isInteger: Bool
    ) throws(JSONError) -> JSONValue {
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let isNumber = text.wholeMatch(of: /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/)
        guard isNumber != nil, let value = Double(text), value.isFinite else {
            position = start
            throw error("a value should be here.")
        }
        if isInteger, let integer = Int64(text) { return .integer(integer) }
        return .number(value)
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw error("the text before is not UTF-8.")
                }
                return string
            case UInt8(ascii: "\\"): text += try escape()
            case ..<0x20: throw error("a control character must be written as \\u00….")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw error("the text ends within a string.")
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        position += 1
        let simple: [UInt8: UInt8] = [
            UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F,
            UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
            UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
        ]
        guard let byte = next else { throw error("the text ends within a string.") }
        position += 1
        if let plain = simple[byte] { return [plain] }
        guard byte == UInt8(ascii: "u") else { throw error("\\ does not stand before this.") }
        var code = try hexadecimal()
        if (0xD800..<0xDC00).contains(code) {
            guard bytes[position...].starts(with: [0x5C, 0x75]) else {
                throw error("half of a surrogate pair stands alone.")
            }
            position += 2
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low) else {
                throw error("half of a surrogate pair stands alone.")
            }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else {
            throw error("half of a surrogate pair stands alone.")
        }
        return Array(String(scalar).utf8)
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        let end = position + 4
        guard end <= bytes.count,
            bytes[position..<end].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
        else { throw error("four hexadecimal digits should be here.") }
        position = end
        return code
    }
}
