/// Reads one member of the compact JSON object that says what a row says beyond its score.
///
/// It relies on what writes that text: no white space, and texts before the member that is asked for.
package struct DetailsText {
    private let bytes: [UInt8]

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The value of a member of the outer object, if it is a text: as it is written, between its quotes.
    ///
    /// - Returns: `nil` where the object has no such member, and where a number or an object comes before it.
    package func text(_ name: String) -> [UInt8]? {
        var position = 0
        while position < bytes.count, bytes[position] == (position == 0 ? brace : comma) {
            guard let key = string(at: position + 1), key.upperBound + 2 < bytes.count,
                let value = string(at: key.upperBound + 2)
            else { return nil }
            if bytes[key].elementsEqual(name.utf8) { return Array(bytes[value]) }
            position = value.upperBound + 1
        }
        return nil
    }

    /// The range between the quotes of a text that begins at a position.
    private func string(at start: Int) -> Range<Int>? {
        guard start < bytes.count, bytes[start] == quote else { return nil }
        var end = start + 1
        while end < bytes.count, bytes[end] != quote { end += bytes[end] == backslash ? 2 : 1 }
        return end < bytes.count ? start + 1..<end : nil
    }

    private var brace: UInt8 { UInt8(ascii: "{") }
    private var comma: UInt8 { UInt8(ascii: ",") }
    private var quote: UInt8 { UInt8(ascii: "\"") }
    private var backslash: UInt8 { UInt8(ascii: "\\") }
}
