import Contract
import Foundation

/// Where a page of a list ended, as the one who asks carries it to the next: to be handed back, not read.
struct Cursor {
    var parts: [String]

    init(_ parts: [String]) {
        self.parts = parts
    }

    /// - Parameters:
    ///   - query: May have one.
    ///   - count: How many parts a cursor of the list has.
    /// - Throws: `Problem` for a text that no list gave out.
    init?(_ query: Parameters, count: Int) throws {
        guard let text = query["cursor"] else { return nil }
        let padded = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - padded.count % 4) % 4)
        guard let data = Data(base64Encoded: padded + padding),
            let list = try? JSONValue(parsing: Array(data)), case .array(let values) = list,
            values.count == count
        else { throw Self.wrong(text) }
        parts = try values.map {
            guard case .string(let part) = $0, !part.contains("\0") else { throw Self.wrong(text) }
            return part
        }
    }

    static func wrong(_ text: String) -> Problem {
        Problem(
            .invalidValue,
            "cursor=\(text) is none that this list gave; take next_cursor of the page before."
        )
    }

    var text: String {
        Data(JSONValue.strings(parts).inline.utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

/// How many a page has.
struct PageLimit {
    static let usual = 100
    static let range = 1...1_000

    var value: Int

    init(_ query: Parameters) throws {
        value = try query.integer("limit", in: Self.range) ?? Self.usual
    }
}
