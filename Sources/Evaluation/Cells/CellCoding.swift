/// The bytes of cells: a format byte, then zigzag LEB128 numbers; equal sums have equal bytes.
package enum CellCoding {
    /// Totals of whole numbers: every one of the vector, in order.
    package static let totalsFormat: UInt8 = 1
    /// Totals with sums: the whole numbers, then of each sum the exponent of its unit and the odd number of units.
    package static let sumsFormat: UInt8 = 2
    /// The same, of a shape that has grown since.
    package static let grownFormat: UInt8 = 3

    package static func encode(totals: [Int128]) -> [UInt8] {
        var bytes = [totalsFormat]
        bytes.reserveCapacity(1 + totals.count * 4)
        for total in totals { append(total, to: &bytes) }
        return bytes
    }

    /// Adds encoded totals to a vector.
    package static func add(totals bytes: [UInt8], to sums: inout [Int128]) throws(CellCodingError)
    {
        var reader = Reader(bytes: bytes)
        try reader.expect(format: totalsFormat)
        for index in sums.indices { sums[index] += try reader.next() }
        try reader.expectEnd()
    }

    package static func encode(totals: CellTotals) -> [UInt8] {
        if totals.shape.keepsFirstFormat, totals.sums.allSatisfy(\.isZero) {
            return encode(totals: totals.numbers)
        }
        var bytes = [totals.shape.added == .init() ? sumsFormat : grownFormat]
        bytes.reserveCapacity(1 + totals.numbers.count * 4 + totals.sums.count * 14)
        for number in totals.numbers { append(number, to: &bytes) }
        for sum in totals.sums {
            let (groups, exponent) = sum.sevenBitGroups
            append(Int128(exponent), to: &bytes)
            for group in groups.dropLast() { bytes.append(group | 0x80) }
            bytes.append(groups[groups.count - 1])
        }
        return bytes
    }

    /// Adds encoded totals to others.
    ///
    /// Totals of the first format go where their shape has them now; what a format does not have stays as it is.
    package static func add(
        totals bytes: [UInt8],
        to totals: inout CellTotals
    ) throws(CellCodingError) {
        if totals.shape.sums > 0, bytes.first == sumsFormat {
            return try add(bytes, to: &totals, format: sumsFormat, without: totals.shape.added)
        }
        if bytes.first == grownFormat {
            return try add(bytes, to: &totals, format: grownFormat, without: .init())
        }
        var first = [Int128](repeating: 0, count: totals.shape.firstFormat.count)
        try add(totals: bytes, to: &first)
        for (number, place) in zip(first, totals.shape.firstFormat) {
            switch place {
            case .number(let index): totals.numbers[index] += number
            case .sum(let index): totals.sums[index].add(FixedPoint.exact(lossSum: number))
            case .nowhere: break
            }
        }
    }

    private static func add(
        _ bytes: [UInt8],
        to totals: inout CellTotals,
        format: UInt8,
        without missing: TotalsShape.Added
    ) throws(CellCodingError) {
        var reader = Reader(bytes: bytes)
        try reader.expect(format: format)
        for index in totals.numbers.indices.dropLast(missing.numbers) {
            totals.numbers[index] += try reader.next()
        }
        for index in totals.sums.indices.dropLast(missing.sums) {
            totals.sums[index].add(try reader.nextSum())
        }
        try reader.expectEnd()
    }

    /// Encodes a histogram: the edge table's version, then for every slot that is not 0 the step from the slot
    /// before and the value.
    ///
    /// A histogram that is 0 everywhere is empty.
    package static func encode(histogram: SparseHistogram) -> [UInt8] {
        var bytes = [histogram.edges.rawValue]
        var previous = -1
        for (slot, value) in histogram.entries {
            append(Int128(slot - previous), to: &bytes)
            append(Int128(value), to: &bytes)
            previous = slot
        }
        return previous < 0 ? [] : bytes
    }

    /// Adds an encoded histogram to another.
    package static func add(
        histogram bytes: [UInt8],
        to sums: inout SparseHistogram
    ) throws(CellCodingError) {
        guard !bytes.isEmpty else { return }
        var reader = Reader(bytes: bytes)
        let shift = try reader.shift(into: sums.edges)
        // Most entries take four bytes or more.
        sums.reserveCapacity(bytes.count / 4)
        var slot = -1
        while !reader.isAtEnd {
            let step = try reader.next()
            guard step > 0, step <= Int128(sums.slotCount - shift - 1 - slot) else {
                throw CellCodingError(problem: "a slot lies outside the histogram")
            }
            slot += Int(step)
            guard let value = Int64(exactly: try reader.next()) else {
                throw CellCodingError(problem: "a histogram value needs more than 64 bits")
            }
            sums.add(value, at: slot == 0 ? 0 : slot + shift)
        }
    }

    private static func append(_ value: Int128, to bytes: inout [UInt8]) {
        var rest = UInt128(bitPattern: (value << 1) ^ (value >> 127))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { position == bytes.count }

        mutating func expect(format: UInt8) throws(CellCodingError) {
            guard bytes.first == format else {
                throw CellCodingError(
                    problem:
                        "format \(bytes.first.map { "\($0)" } ?? "none") where \(format) is known"
                )
            }
            position = 1
        }

        /// By how many slots a table of edges has grown below since the bytes were written.
        mutating func shift(into edges: HistogramEdges) throws(CellCodingError) -> Int {
            if edges == .magnitudes, bytes.first == HistogramEdges.firstMagnitudes {
                position = 1
                return MagnitudeEdges.addedBelow
            }
            try expect(format: edges.rawValue)
            return 0
        }

        /// An exponent and an odd number.
        mutating func nextSum() throws(CellCodingError) -> ExactNumber {
            let exponent = try next()
            // A sum of squares of the smallest doubles has −2148.
            guard abs(exponent) < 1 << 14 else {
                throw CellCodingError(problem: "a sum has the exponent \(exponent)")
            }
            var groups: [UInt8] = []
            while position < bytes.count, groups.count < 1 << 11 {
                let byte = bytes[position]
                position += 1
                groups.append(byte & 0x7F)
                if byte < 0x80 {
                    return ExactNumber(sevenBitGroups: groups, exponent: Int(exponent))
                }
            }
            throw CellCodingError(problem: "a number does not end")
        }

        func expectEnd() throws(CellCodingError) {
            if !isAtEnd { throw CellCodingError(problem: "more numbers than the kind of task has") }
        }

        mutating func next() throws(CellCodingError) -> Int128 {
            // Nearly all numbers fit 63 bits: read those in a machine word.
            var word: UInt64 = 0
            var shift: UInt64 = 0
            while position < bytes.count, shift < 56 {
                let byte = bytes[position]
                position += 1
                word |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 {
                    return Int128(Int64(bitPattern: word >> 1) ^ -Int64(bitPattern: word & 1))
                }
                shift += 7
            }
            var wide = UInt128(word)
            var wideShift = UInt128(shift)
            while position < bytes.count, wideShift < 128 {
                let byte = bytes[position]
                position += 1
                wide |= UInt128(byte & 0x7F) << wideShift
                if byte < 0x80 {
                    return Int128(bitPattern: wide >> 1) ^ -Int128(bitPattern: wide & 1)
                }
                wideShift += 7
            }
            throw CellCodingError(problem: "a number does not end")
        }
    }
}

/// Bytes of a cell that this version cannot read.
package struct CellCodingError: Error, CustomStringConvertible, Equatable {
    package let problem: String

    package var description: String {
        "A stored cell cannot be read: \(problem). Run `gnomon verify` to find which cells differ from the ledger."
    }
}
