import Statistics

/// The champion, recalibrated day by day on what had matured when each day began: a forecaster that could have
/// been in use, judged like any other shadow.
struct VirtualShadow: Sendable {
    /// Blocks that the map is fitted on.
    static let window = 28

    struct Day: Sendable {
        var day: EvidenceDay
        /// The losses of the champion and of the recalibrated champion.
        var champion: Double
        var recalibrated: Double
        /// When the newest day that the map knew began; `nil` while it knows none.
        var fittedUpTo: Instant?

        var gain: Double { champion - recalibrated }
        var rows: Double { Double(day.cell.labelled) }
    }

    /// Days over which the gain is looked at.
    static let horizon = 365

    private(set) var days: [Day] = []
    private var recalibration = PrequentialRecalibration(window: Self.window)
    private var line: LogOddsLine
    /// Days that had not matured when the newest began.
    private var waiting: [EvidenceDay] = []
    private var fittedUpTo: Instant?

    init() {
        line = recalibration.nextFit()
    }

    /// Takes in the next block of the full age, in event order.
    mutating func add(_ block: EvidenceDay) {
        let matured = waiting.prefix { $0.knownAt <= block.start }
        for day in matured {
            if let bins = ClassScores(day.cell.scores).bins { _ = recalibration.add(bins) }
            fittedUpTo = day.start
        }
        if !matured.isEmpty { line = recalibration.nextFit() }
        waiting.removeFirst(matured.count)
        waiting.append(block)
        let scores = ClassScores(block.cell.scores)
        days.append(
            Day(
                day: block,
                champion: Self.loss(scores) { $0 },
                recalibrated: Self.loss(scores) { line.probability($0) },
                fittedUpTo: fittedUpTo
            )
        )
    }

    private static func loss(_ scores: ClassScores, _ map: (Double) -> Double) -> Double {
        scores.rows * scores.mean { BinaryLosses.brier(map($0), isPositive: $1) }
    }

    /// The confidence sequence of the mean gain of recalibrating.
    var gain: BlockAsymptoticConfidenceSequence.Point? {
        let days = days.suffix(Self.horizon)
        return (try? CohortSums(counts: days.map(\.rows), sums: days.map(\.gain)))
            .flatMap { BlockAsymptoticConfidenceSequence().latest($0) }
    }

    /// What recalibrating would have won since an instant, as a share of the risk in excess of the baseline's.
    ///
    /// Only days whose map had seen days since then are counted: before that no map could know.
    func recovery(since change: Instant, baselineRisk: Double) -> (share: Double, risk: Double)? {
        let informed = days.filter { day in
            day.day.start >= change && day.fittedUpTo.map { $0 >= change } ?? false
        }
        let rows = informed.reduce(0) { $0 + $1.rows }
        guard rows > 0 else { return nil }
        let champion = informed.reduce(0) { $0 + $1.champion } / rows
        let recalibrated = informed.reduce(0) { $0 + $1.recalibrated } / rows
        let excess = champion - baselineRisk
        guard excess > 0 else { return nil }
        return ((champion - recalibrated) / excess, recalibrated)
    }
}
