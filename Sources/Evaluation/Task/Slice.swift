/// The rows that have a value of a slice key: `country=DE`.
package struct Slice: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var key: Name
    package var value: Name

    package init(key: Name, value: Name) {
        self.key = key
        self.value = value
    }

    /// Key and value as options and answers write them.
    package var text: String { "\(key)=\(value)" }

    package var description: String { text }

    package static func < (left: Slice, right: Slice) -> Bool {
        (left.key, left.value) < (right.key, right.value)
    }
}
