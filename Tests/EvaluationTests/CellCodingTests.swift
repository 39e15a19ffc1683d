import Foundation
import Statistics
import Testing

@testable import Evaluation

struct CellCodingTests {
    @Test func `totals come back from their bytes, the largest too`() throws {
        let totals: [Int128] = [0, 1, -1, 63, -64, 1 << 40, -(1 << 62), Int128.max, Int128.min]
        var sums = [Int128](repeating: 0, count: totals.count)
        try CellCoding.add(totals: CellCoding.encode(totals: totals), to: &sums)
        #expect(sums == totals)
    }

    @Test func `adding and taking back leaves nothing`() throws {
        var generator = SeededGenerator(seed: 7)
        var histogram = SparseHistogram(slotCount: 6144)
        var twin = [Int64](repeating: 0, count: 6144)
        var added: [(Int, Int64)] = []
        for _ in 0..<5_000 {
            let entry = (
                Int.random(in: 0..<6144, using: &generator),
                Int64.random(in: -9...9, using: &generator)
            )
            histogram.add(entry.1, at: entry.0)
            twin[entry.0] += entry.1
            added.append(entry)
        }
        #expect(histogram.denseValues == twin)
        var decoded = SparseHistogram(slotCount: 6144)
        try CellCoding.add(histogram: CellCoding.encode(histogram: histogram), to: &decoded)
        #expect(decoded == histogram)
        for (slot, value) in added.shuffled(using: &generator) { histogram.add(-value, at: slot) }
        #expect(histogram.isZero)
        #expect(CellCoding.encode(histogram: histogram).isEmpty)
    }

    @Test
    func `T6: sums of any size come back from their bytes, which do not tell how they came about`()
        throws
    {
        var generator = SeededGenerator(seed: 8)
        let layout = CellLayout(kind: .regression)
        for _ in 0..<300 {
            var totals = CellTotals(layout.totals)
            let values = (0..<20).map { _ in
                let exponent = Int.random(in: -1074...30, using: &generator)
                return (generator.nextUniform() - 0.5)
                    * Double(sign: .plus, exponent: exponent, significand: 1)
            }
            for slot in totals.sums.indices {
                totals.sums[slot].add(values[slot])
                totals.sums[slot].addSquare(of: values[slot + 7])
            }
            totals.numbers[1] = Int128(values.count)
            let bytes = CellCoding.encode(totals: totals)
            var read = CellTotals(layout.totals)
            try CellCoding.add(totals: bytes, to: &read)
            #expect(read == totals)
            #expect(CellCoding.encode(totals: read) == bytes)
            for value in values { totals.sums[3].add(value) }
            for value in values.shuffled(using: &generator) { totals.sums[3].add(value, sign: -1) }
            #expect(CellCoding.encode(totals: totals) == bytes)
            for slot in totals.sums.indices {
                totals.sums[slot].addSquare(of: values[slot + 7], sign: -1)
                totals.sums[slot].add(values[slot], sign: -1)
            }
            totals.numbers[1] = 0
            #expect(totals.isZero && totals == CellTotals(layout.totals))
            #expect(
                CellCoding.encode(totals: totals)
                    == CellCoding.encode(totals: CellTotals(layout.totals))
            )
        }
    }

    @Test func `totals of formats before the present one are read without what was added since`()
        throws
    {
        var binary = PairCell(layout: CellLayout(kind: .binary))
        try binary.add(totals: CellCoding.encode(totals: (1...20).map { Int128($0) }))
        #expect(binary.totals.numbers == (1...20).map { Int128($0) } + [0, 0])
        var regression = PairCell(layout: CellLayout(kind: .regression))
        // The second format: two numbers, and five sums of nothing.
        try regression.add(totals: [2, 2, 4] + [UInt8](repeating: 0, count: 10))
        #expect(regression.totals.numbers == [1, 2, 0])
        #expect(regression.totals.sums.allSatisfy { $0.isZero })
        for cell in [binary, regression] {
            var again = cell
            again.totals.numbers[2] += 1
            let bytes = CellCoding.encode(totals: again.totals)
            #expect(bytes.first == CellCoding.grownFormat)
            var read = cell
            read.totals = CellTotals(cell.totals.shape)
            try read.add(totals: bytes)
            #expect(read == again)
        }
    }

    @Test func `totals of the first format go where they belong now`() throws {
        let unit: Int128 = 1 << 40
        var cell = ModelCell(layout: CellLayout(kind: .regression), fine: true)
        let first: [Int128] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
        let inUnits = first.enumerated().map {
            [0, 2].contains($0.offset) ? $0.element : $0.element * unit
        }
        try cell.add(totals: CellCoding.encode(totals: inUnits), histogram: [])
        #expect(cell.totals.numbers == [2, 5])
        #expect(cell.totals.sums.map { Double($0) } == [3, 7, 11, 13, 19, 23, 29])
        var pair = PairCell(layout: CellLayout(kind: .regression))
        try pair.add(
            totals: CellCoding.encode(totals: [1, 2, 3 * unit, 4 * unit, 5, unit, unit / 2])
        )
        // What was added since then is not known.
        #expect(pair.totals.numbers == [1, 2, 0])
        #expect(pair.totals.sums.map { Double($0) } == [3, 4, 5 * 0x1p-40, 1, 0.5, 0])
        var cohort = CohortCell(kind: .regression)
        let totals = CellCoding.encode(totals: [4, 3, 2 * unit, unit])
        // Weights on the points 0, 10⁻⁶ and the one after of the first table.
        let losses: [UInt8] = [1, 2, 2, 2, 4, 2, 6]
        try cohort.add(
            totals: totals,
            losses: losses,
            scores: [],
            labels: [],
            slices: [],
            entities: []
        )
        #expect(cohort.predictions == 4 && cohort.labelled == 3)
        #expect(cohort.lossSum == 2 && cohort.squaredLossSum == 1)
        let entries = cohort.losses.entries
        #expect(entries.map(\.value) == [1, 2, 3])
        #expect(entries.map { MagnitudeEdges.starts[$0.slot] } == [0, 1e-6, 1.0353e-6])
        var sums = EntitySums.gains(of: [.brier])
        try sums.add(
            bytes: CellCoding.encode(
                totals: (0..<EntityGroup.count).flatMap { [Int128($0), Int128($0) * unit] }
            )
        )
        #expect(sums.counts == (0..<EntityGroup.count).map { Double($0) })
        #expect(sums.sums(.gain(.brier)).map { Double($0) } == sums.counts)
    }

    @Test func `binary cells keep their bytes`() {
        var cell = ModelCell(layout: CellLayout(kind: .binary), fine: true)
        cell.totals.numbers[3] = 5
        #expect(
            CellCoding.encode(totals: cell.totals) == CellCoding.encode(totals: cell.totals.numbers)
        )
    }

    @Test(arguments: [
        [], [3], [2], [2, 0, 0, 0, 0x80], [2, 0, 0, 0xFF, 0xFF, 0x7F, 2], [1, 2, 3],
    ])
    func `bytes that are no cell with sums are refused`(bytes: [UInt8]) {
        #expect(throws: CellCodingError.self) {
            var totals = CellTotals(CellLayout(kind: .regression).totals)
            try CellCoding.add(totals: bytes, to: &totals)
        }
    }

    @Test(arguments: [[], [9], [1, 0x80], [1, 2, 2, 2, 2]])
    func `bytes that are no cell are refused`(bytes: [UInt8]) {
        #expect(throws: CellCodingError.self) {
            var sums = [Int128](repeating: 0, count: 3)
            try CellCoding.add(totals: bytes, to: &sums)
        }
    }

    @Test func `the logarithm has the value of the library's within four ulps`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<20_000 {
            let exponent = Double.random(in: -50...10, using: &generator)
            let x = exp(exponent)
            let expected = log(x)
            #expect(abs(portableLogarithm(x) - expected) <= 4e-16 * max(1, abs(expected)))
        }
        #expect(portableLogarithm(1) == 0)
        #expect(portableLogarithm(1e-15).isFinite)
    }
}
