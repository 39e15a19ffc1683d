package import Contract

/// The address of a page or a file of the dashboard.
package struct PageAddress: Sendable, Equatable {
    private var path: String
    private var query: [Parameter] = []

    private struct Parameter: Sendable, Equatable {
        var name: String
        var value: String
    }

    package init(_ segments: [String]) {
        path = "/" + segments.map(Self.encoded).joined(separator: "/")
    }

    /// The same place with a parameter; one without a value is left out.
    package func with(_ name: String, _ value: String?) -> PageAddress {
        var address = self
        address.query.removeAll { $0.name == name }
        if let value, !value.isEmpty { address.query.append(Parameter(name: name, value: value)) }
        return address
    }

    /// The same place with what was asked there.
    package func with(_ asked: Parameters) -> PageAddress {
        asked.names.reduce(self) { $0.with($1, asked[$1]) }
    }

    /// The file of another kind that stands beside this place.
    func ending(_ ending: String) -> PageAddress {
        var address = self
        address.path += "." + Self.encoded(ending)
        return address
    }

    package var text: String {
        guard !query.isEmpty else { return path }
        return path + "?"
            + query.map { "\($0.name)=\(Self.encoded($0.value))" }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return encoded
    }
}
