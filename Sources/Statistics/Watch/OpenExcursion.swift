/// Since when the evidence of the best bet has not been at its bottom: the excursion that is open.
struct OpenExcursion: Sendable, Hashable {
    private var sums: [Double]
    private var starts: [Int]

    init(betCount: Int) {
        sums = [Double](repeating: 0, count: betCount)
        starts = [Int](repeating: 0, count: betCount)
    }

    mutating func add(_ logIncrements: [Double], block: Int) {
        for bet in sums.indices {
            if sums[bet] <= 0 { starts[bet] = block }
            sums[bet] = max(sums[bet], 0) + logIncrements[bet]
        }
    }

    /// The block with which the highest one began, and how high it is.
    var highest: (start: Int, height: Double) {
        var best = 0
        for bet in sums.indices where sums[bet] > sums[best] { best = bet }
        return (starts[best], sums[best])
    }
}
