import Evaluation
import Foundation
import Statistics
import Testing

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
