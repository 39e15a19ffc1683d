import Evaluation
import Testing

struct ScoreEdgesTests {
    @Test func `there are 1,024 bins, and 316 for slices`() {
        #expect(ScoreEdges.fine.count == 1024)
        #expect(ScoreEdges.coarse.count == 316)
    }

    @Test(arguments: [10, 12, 15, 20, 30, 60])
    func `equal-width bins are [a, b), exact for scores on their edges`(width: Int) {
        for edge in 0..<width {
            let score = FixedPoint.score(Double(edge) / Double(width))
            for edges in [ScoreEdges.fine, .coarse] {
                let onEdge = edges.equalWidthBin(edges.bin(score), of: width)
                // An edge that is no decimal of nine digits is rounded to the billionth below or above it.
                let isExact = score * Int64(width) == Int64(edge) * FixedPoint.scoreUnits
                #expect(isExact ? onEdge == edge : [edge - 1, edge].contains(onEdge))
            }
        }
    }

    @Test func `every score has the bin that starts at or below it`() {
        for edges in [ScoreEdges.fine, .coarse] {
            for score in stride(from: Int64(0), through: FixedPoint.scoreUnits, by: 99_991) {
                let bin = edges.bin(score)
                #expect(edges.starts[bin] <= score)
                #expect(bin + 1 == edges.count || edges.starts[bin + 1] > score)
            }
            #expect(edges.bin(FixedPoint.scoreUnits) == edges.count - 1)
        }
    }
}
