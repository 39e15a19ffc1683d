import Evaluation

/// The parameters of a query, decoded and each given once.
package struct Query: Sendable, Equatable {
    private var values: [String: String] = [:]

    package init() {}

    /// - Parameter text: What stands behind the question mark.
    /// - Throws: `Problem` for an encoding that means nothing, and a parameter given twice.
    package init(_ text: some StringProtocol) throws {
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try PercentEncoding.decoded(parts[0], plusIsSpace: true)
            let value = try PercentEncoding.decoded(
                parts.count > 1 ? parts[1] : "",
                plusIsSpace: true
            )
            guard !value.contains("\0") else {
                throw Problem(.invalidValue, "The parameter \(name) has the character U+0000.")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem(
                    .invalidRequest,
                    "The parameter \(name) is given twice; give it once."
                )
            }
        }
    }

    /// The query without the fields of a form that were left empty.
    package var filled: Query {
        var query = Query()
        query.values = values.filter { !$0.value.isEmpty }
        return query
    }

    package var names: [String] { values.keys.sorted() }

    package subscript(name: String) -> String? { values[name] }

    /// A value that a reader makes something of.
    ///
    /// - Parameters:
    ///   - name: Of the parameter.
    ///   - read: Throws where the text does not say what was asked for.
    /// - Returns: `nil` for a parameter that is not given.
    /// - Throws: `Problem` that names the parameter.
    package func value<Value>(
        _ name: String,
        _ read: (String) throws -> Value
    ) throws -> Value? {
        guard let text = values[name] else { return nil }
        do {
            return try read(text)
        } catch {
            let said = "\(error)"
            throw Problem(.invalidValue, "\(name)=\(text): \(said)")
        }
    }

    package func choice<Value: CaseIterable & RawRepresentable<String>>(
        _ name: String,
        _ type: Value.Type = Value.self
    ) throws -> Value? {
        guard let text = values[name] else { return nil }
        guard let value = Value(rawValue: text) else {
            let all = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(.invalidRequest, "\(name)=\(text) is none of: \(all).")
        }
        return value
    }

    /// `true` or `false`; not given is false.
    package func flag(_ name: String) throws -> Bool {
        switch values[name] {
        case nil, "false": return false
        case "true": return true
        case let text?: throw Problem(.invalidRequest, "\(name)=\(text) must be true or false.")
        }
    }

    package func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = values[name] else { return nil }
        guard let value = Int(text), range.contains(value), !text.hasPrefix("+") else {
            throw Problem(
                .invalidRequest,
                "\(name)=\(text) must be a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound)."
            )
        }
        return value
    }

    /// The parts of `a,b,c`.
    package func list(_ name: String) -> [String]? {
        values[name].map { $0.parts(separatedBy: ",").map(String.init) }
    }
}

/// Percent-encoding of paths and queries (RFC 3986).
enum PercentEncoding {
    /// - Parameters:
    ///   - text: As it stands in the address.
    ///   - plusIsSpace: As forms write queries.
    /// - Returns: The text that is meant.
    /// - Throws: `Problem` where two hexadecimal digits are missing, or the text is not UTF-8.
    static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = false) throws -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit),
                    let value = UInt8(digits, radix: 16)
                else {
                    throw Problem(.invalidRequest, "% must be followed by two hexadecimal digits.")
                }
                bytes.append(value)
                rest = rest.dropFirst(2)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(0x20)
            default: bytes.append(byte)
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(.invalidRequest, "The address is not UTF-8.")
        }
        return text
    }

    /// The text as one segment of a path, or one value of a query.
    static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if byte < 0x80,
                scalar.properties.isAlphabetic || (0x30...0x39).contains(byte)
                    || "-._~".unicodeScalars.contains(scalar)
            {
                encoded.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return encoded
    }
}
