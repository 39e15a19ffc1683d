import Statistics

/// Of the excess of a risk over its baseline, the share that another forecaster would have won back.
///
///     z_j = a_j − s·c_j      a_j what it won in block j, c_j the champion's excess there, s a share
///
/// A share belongs to the interval where the mean of z is not surely on either side of 0: Fieller's way, by a confidence
/// sequence instead of one look. Over the newest ``VirtualGains/horizon`` blocks.
struct WonBack: Sendable {
    /// Blocks before which nothing is certain.
    static let leastBlocks = 14
    /// Shares beyond which nobody asks.
    private static let widest = 100.0
    /// A share that is not worth the work.
    private static let little = 0.2

    private var counts: [Double] = []
    private var gains: [Double] = []
    private var excesses: [Double] = []

    var blocks: Int { counts.count }

    mutating func add(rows: Double, gain: Double, excess: Double) {
        counts.append(rows)
        gains.append(gain)
        excesses.append(excess)
        guard counts.count > VirtualGains.horizon else { return }
        counts.removeFirst()
        gains.removeFirst()
        excesses.removeFirst()
    }

    /// The confidence sequence of the mean of z.
    func sequence(_ share: Double) -> BlockAsymptoticConfidenceSequence.Point? {
        let sums = zip(gains, excesses).map { $0 - share * $1 }
        return (try? CohortSums(counts: counts, sums: sums)).flatMap {
            BlockAsymptoticConfidenceSequence(burnIn: Self.leastBlocks).latest($0)
        }
    }

    /// `nil` where there is no excess.
    var share: Double? {
        let excess = excesses.reduce(0, +)
        return excess > 0 ? gains.reduce(0, +) / excess : nil
    }

    /// The shares that cannot be ruled out; `nil` while there may be no excess at all.
    var interval: Interval? {
        guard let share else { return nil }
        let low = edge(from: share, to: -Self.widest) { $0.low <= 0 }
        let high = edge(from: share, to: Self.widest) { $0.high >= 0 }
        return low.flatMap { low in high.map { Interval(low: low, high: $0) } }
    }

    /// Whether it is surely not worth the work.
    var isLittle: Bool { interval.map { $0.high < Self.little } ?? false }

    /// Between a share that belongs to the interval and one that does not, where it ends.
    private func edge(
        from inside: Double,
        to outside: Double,
        _ belongs: (Interval) -> Bool
    ) -> Double? {
        func holds(_ share: Double) -> Bool { sequence(share)?.interval.map(belongs) ?? true }
        var (inside, outside) = (inside, outside)
        guard !holds(outside) else { return nil }
        while abs(outside - inside) > 1e-4 {
            let middle = (inside + outside) / 2
            if holds(middle) { inside = middle } else { outside = middle }
        }
        return inside
    }
}
