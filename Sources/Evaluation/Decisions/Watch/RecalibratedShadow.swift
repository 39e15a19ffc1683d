import Statistics

/// The champion, recalibrated day by day on what had matured when each day began: a forecaster that could have
/// been in use, judged like any other shadow.
struct RecalibratedShadow: Sendable {
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

    private(set) var days: [Day] = []
    private(set) var gains: VirtualGains
    private var recalibration = PrequentialRecalibration(window: Self.window)
    private var line: LogOddsLine
    /// Negatives and positives of the blocks that the map is fitted on.
    private var fitted: [(negatives: Double, positives: Double)] = []
    /// Days that had not matured when the newest began.
    private var waiting: [(day: EvidenceDay, scores: ClassScores)] = []
    private var fittedUpTo: Instant?

    /// - Parameters:
    ///   - tolerance: Of the task; an amount of loss counts as the usual share.
    ///   - errorShare: What restatements of the ledger have left of the probability of an error.
    init(tolerance: Tolerance, errorShare: Double = 1) {
        gains = VirtualGains(tolerance: tolerance, errorShare: errorShare)
        line = recalibration.nextFit()
    }

    /// Takes in the next block of the full age, in event order.
    mutating func add(_ block: EvidenceDay) {
        let matured = waiting.prefix { $0.day.knownAt <= block.start }.count
        for (day, scores) in waiting.prefix(matured) {
            if let bins = scores.bins { recalibration.learn(bins) }
            fitted.append((scores.rows - scores.positiveRows, scores.positiveRows))
            if fitted.count > Self.window { fitted.removeFirst() }
            fittedUpTo = day.start
        }
        if matured > 0 { line = recalibration.nextFit() }
        let scores = ClassScores(block.cell.scores)
        waiting.removeFirst(matured)
        waiting.append((block, scores))
        let day = Day(
            day: block,
            champion: Self.loss(scores) { $0 },
            recalibrated: Self.loss(scores) { line.probability($0) },
            fittedUpTo: fittedUpTo
        )
        days.append(day)
        gains.add(
            VirtualGains.Block(
                knownAt: block.knownAt,
                rows: day.rows,
                champion: day.champion,
                other: day.recalibrated
            ),
            counts: knowsBothClasses
        )
    }

    /// Whether the map is fitted on enough of each class to be worth anything.
    private var knowsBothClasses: Bool {
        let negatives = fitted.reduce(0) { $0 + $1.negatives }
        let positives = fitted.reduce(0) { $0 + $1.positives }
        return min(negatives, positives) >= ReferenceForecast.leastOfClass
    }

    private static func loss(_ scores: ClassScores, _ map: (Double) -> Double) -> Double {
        scores.rows * scores.mean { BinaryLosses.brier(map($0), isPositive: $1) }
    }
}
