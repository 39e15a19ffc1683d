/// A slice as a person names it.
package struct SliceName: Sendable, Equatable {
    package var key: Name
    package var value: Name

    package init(key: Name, value: Name) {
        self.key = key
        self.value = value
    }
}
