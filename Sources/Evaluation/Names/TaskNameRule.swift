/// What a task can be called: it stands in addresses and on command lines, so that nothing in it has to be quoted.
package enum TaskNameRule {
    package static let longest = 100

    /// For error messages.
    package static let allowed =
        "1 to \(longest) of the characters a to z, A to Z, 0 to 9, point, underscore and hyphen, the first a "
        + "letter or digit, such as flights-2026."

    /// - Parameter name: Of a task that is to be created.
    /// - Returns: Whether it may be.
    package static func allows(_ name: Name) -> Bool {
        let bytes = name.text.utf8
        guard let first = bytes.first, bytes.count <= longest, isLetterOrDigit(first) else {
            return false
        }
        return bytes.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
