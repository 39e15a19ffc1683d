/// Bins under construction.
struct BinBuilder {
    private var counts: [Double] = []
    private var scoreSums: [Double] = []
    private var positives: [Double] = []
    private var isOpen = false

    mutating func add(count: Double, scoreSum: Double, positives ones: Double) {
        if !isOpen {
            counts.append(0)
            scoreSums.append(0)
            positives.append(0)
            isOpen = true
        }
        counts[counts.count - 1] += count
        scoreSums[counts.count - 1] += scoreSum
        positives[counts.count - 1] += ones
    }

    mutating func close() { isOpen = false }

    func finished() -> CalibrationBins {
        CalibrationBins(uncheckedCounts: counts, scoreSums: scoreSums, positives: positives)
    }
}
