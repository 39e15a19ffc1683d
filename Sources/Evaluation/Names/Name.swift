/// The name of a task, a model, a version, a slice, a class, a source or a column: nothing but its bytes.
///
/// Two texts that look the same may be two names: é is one code point or two. Swift compares texts as people
/// read them (canonical equivalence), PostgreSQL compares bytes. A name compares as PostgreSQL does, so that
/// what is one name in memory is one name in a table. That is why a name is no `String`, and not comparable
/// to one.
///
/// Any text can be a name, also one that is no longer given, so that old data stay readable; `NameFault` says
/// which ones can be given.
package struct Name: Sendable {
    /// For showing and storing; names are compared, not their texts.
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package init(_ text: Substring) {
        self.text = String(text)
    }

    /// No name at all: a version that was not given, a slice value that a row does not have.
    package static let empty = Name("")

    package var isEmpty: Bool { text.isEmpty }
}

extension Name: Hashable {
    package static func == (left: Name, right: Name) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        // Not a byte of UTF-8, so that the names ab, c and a, bc differ.
        hasher.combine(0xFF as UInt8)
    }
}

extension Name: Comparable {
    package static func < (left: Name, right: Name) -> Bool {
        left.text.hasLesserBytes(than: right.text)
    }
}

extension Name: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        self.text = text
    }
}

extension Name: CustomStringConvertible {
    package var description: String { text }
}

extension Sequence<Name> {
    /// The names in a row, for people.
    package func joined(separator: String) -> String {
        map(\.text).joined(separator: separator)
    }
}
