/// Puts numbers, counts and texts one after another.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(byte: UInt8) { bytes.append(byte) }

    mutating func append(count: Int) { append(UInt64(count), bytes: 4) }

    mutating func append(_ number: Double) { append(number.bitPattern, bytes: 8) }

    mutating func append(_ text: String) {
        append(count: text.utf8.count)
        bytes += text.utf8
    }

    /// The lowest bytes of a number, the least significant first.
    private mutating func append(_ bits: UInt64, bytes count: Int) {
        for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: bits >> (8 * index))) }
    }
}

/// Bytes end too early, or say what cannot be.
struct MalformedBytes: Error {}

/// Takes off what a ``ByteWriter`` has put down.
struct ByteReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() throws(MalformedBytes) -> UInt8 {
        guard let byte = rest.popFirst() else { throw MalformedBytes() }
        return byte
    }

    mutating func count() throws(MalformedBytes) -> Int { Int(try bits(bytes: 4)) }

    /// A finite number.
    mutating func number() throws(MalformedBytes) -> Double {
        let number = Double(bitPattern: try bits(bytes: 8))
        guard number.isFinite else { throw MalformedBytes() }
        return number
    }

    mutating func text() throws(MalformedBytes) -> String {
        let count = try count()
        guard count <= rest.count,
            let text = String(validating: rest.prefix(count), as: UTF8.self)
        else { throw MalformedBytes() }
        rest = rest.dropFirst(count)
        return text
    }

    private mutating func bits(bytes count: Int) throws(MalformedBytes) -> UInt64 {
        var bits: UInt64 = 0
        for index in 0..<count { bits |= UInt64(try byte()) << (8 * index) }
        return bits
    }
}
