/// The fixed bins of score histograms: equal-width edges joined with edges at equal steps of the logit.
///
/// Equal width makes calibration errors over 10, 12, 15, 20, 30 or 60 bins exact; the logit edges keep the
/// area under the ROC curve sharp where positives are rare. One table serves all tasks, so that all
/// histograms add up; `HistogramEdges` is stored with every histogram.
package struct ScoreEdges: Sendable {
    /// 600 equal-width bins and 424 logit edges: 1,024 bins.
    package static let fine = ScoreEdges(uniformBins: 600, logitEdges: 424, oddsRatio: 1.079)
    /// 60 equal-width bins and 256 logit edges, for slices: 316 bins.
    package static let coarse = ScoreEdges(uniformBins: 60, logitEdges: 256, oddsRatio: 1.1342)

    /// Where each bin starts, in billionths: bin b holds scores in [starts[b], starts[b + 1]).
    package let starts: [Int64]
    package let uniformBins: Int64
    /// The first bin of each equal-width bin, and the number of bins at the end.
    private let firstBin: [Int]

    package var count: Int { starts.count }

    private init(uniformBins: Int64, logitEdges: Int, oddsRatio: Double) {
        let unit = FixedPoint.scoreUnits
        let uniform = (0..<uniformBins).map { ($0 * unit + uniformBins - 1) / uniformBins }
        var edges = Set(uniform)
        var odds = 1.0
        for _ in 0..<logitEdges / 2 {
            odds /= oddsRatio
            let low = FixedPoint.score(odds / (1 + odds))
            edges.insert(low)
            edges.insert(unit - low)
        }
        starts = edges.sorted()
        self.uniformBins = uniformBins
        let sorted = starts
        firstBin = uniform.map { edge in sorted.firstIndex(of: edge) ?? 0 } + [sorted.count]
    }

    /// The bin of a score in billionths, from 0 to 1,000,000,000; the last bin holds 1 as well.
    @inline(__always)
    package func bin(_ score: Int64) -> Int {
        let uniform = min(uniformBins - 1, score * uniformBins / FixedPoint.scoreUnits)
        var low = firstBin[Int(uniform)]
        var high = firstBin[Int(uniform) + 1] - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle] <= score { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// Which of `width` equal-width bins [a, b) a bin lies in; `width` is a divisor of `uniformBins`.
    package func equalWidthBin(_ bin: Int, of width: Int) -> Int {
        Int(starts[bin] * Int64(width) / FixedPoint.scoreUnits)
    }
}
