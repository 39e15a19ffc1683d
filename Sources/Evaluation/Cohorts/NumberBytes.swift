/// Numbers as bytes: 64 bits each, the lowest byte first.
struct NumberWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ number: Double) {
        let pattern = number.bitPattern
        for shift in stride(from: 0, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: pattern >> UInt64(shift)))
        }
    }
}

/// Reads what a ``NumberWriter`` wrote.
struct NumberReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { place == bytes.count }

    mutating func number() throws(CellCodingError) -> Double {
        guard place + 8 <= bytes.count else {
            throw CellCodingError(problem: "numbers end within a number")
        }
        defer { place += 8 }
        var pattern: UInt64 = 0
        for index in 0..<8 { pattern |= UInt64(bytes[place + index]) << UInt64(8 * index) }
        return Double(bitPattern: pattern)
    }

    /// A whole number from 0 on.
    mutating func count() throws(CellCodingError) -> Int {
        guard let count = Int(exactly: try number()), count >= 0 else {
            throw CellCodingError(problem: "a count is none")
        }
        return count
    }
}
