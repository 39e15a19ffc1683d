import Contract
import Evaluation

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
