extension String {
    /// Whether two texts are the same byte for byte.
    ///
    /// `==` takes é of one code point and é of two for the same; what is stored and looked up must not.
    package func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }

    /// Whether a text comes before another in the order of their bytes.
    package func hasLesserBytes(than other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// The parts of `a,b,c` that are not empty.
    ///
    /// A separator counts also where what follows would join it to one character.
    package func parts(separatedBy separator: Unicode.Scalar) -> [Substring] {
        unicodeScalars.split(separator: separator).map { Substring($0) }
    }
}
