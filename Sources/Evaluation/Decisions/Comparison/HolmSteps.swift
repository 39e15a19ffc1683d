/// Holm's step-down procedure over confidence sequences: each is tested at α/K, and whenever some decide, the rest
/// share α among themselves.
///
/// The probability that any sequence ever misses is at most α, whatever the dependence between them, because each
/// sequence keeps its own level at all times.
struct HolmSteps {
    /// The level at which each sequence is read.
    private(set) var levels: [Double]

    /// - Parameters:
    ///   - count: K.
    ///   - alpha: What they share.
    ///   - decides: Whether a sequence decides at a level.
    init(
        _ count: Int,
        alpha: Double,
        decides: (_ index: Int, _ alpha: Double) -> Bool
    ) {
        levels = Array(repeating: Self.level(max(count, 1), of: alpha), count: count)
        var open = Set(0..<count)
        var decided = 0
        while !open.isEmpty {
            let level = Self.level(count - decided, of: alpha)
            for index in open { levels[index] = level }
            let newly = open.filter { decides($0, level) }
            guard !newly.isEmpty else { return }
            open.subtract(newly)
            decided += newly.count
        }
    }

    /// The level while so many are still open.
    static func level(_ open: Int, of alpha: Double) -> Double { alpha / Double(open) }
}
