import Foundation
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
    /// Whether it surely loses less, by more than what the task tolerates, and by more than twice that.
    private(set) var pays: Worth
    private(set) var paysTwice: Worth
    private var recalibration = PrequentialRecalibration(window: Self.window)
    private var line: LogOddsLine
    /// Negatives and positives of the blocks that the map is fitted on.
    private var fitted: [(negatives: Double, positives: Double)] = []
    /// Days that had not matured when the newest began.
    private var waiting: [(day: EvidenceDay, scores: ClassScores)] = []
    private var fittedUpTo: Instant?

    /// The evidence that correcting the scores is worth doing.
    struct Worth: Sendable {
        fileprivate var watch: PayWatch
        /// Since when it is surely so; `nil` while it is not.
        private(set) var since: Instant?

        /// Questions that share the error of `RiskTrack.targetAlpha`.
        private static let questions = 3.0

        private let errorShare: Double

        fileprivate init(_ share: Double, _ errorShare: Double) {
            watch = PayWatch(share: share)
            self.errorShare = errorShare
        }

        /// The share of the loss beyond which it is.
        var share: Double { watch.share }
        var logEvidence: Double? { watch.logEvidence }
        var threshold: Double {
            log(
                Self.questions * Double(RiskTrack.horizonBlocks)
                    / (RiskTrack.targetAlpha * errorShare)
            )
        }

        fileprivate mutating func add(_ day: Day) {
            watch.add(rows: day.rows, loss: day.champion, other: day.recalibrated)
            let isSure = logEvidence.map { $0 >= threshold } ?? false
            since = isSure ? since ?? day.day.knownAt : nil
        }
    }

    /// - Parameters:
    ///   - tolerance: Of the task; an amount of loss counts as the usual share.
    ///   - errorShare: What restatements of the ledger have left of the probability of an error.
    init(tolerance: Tolerance, errorShare: Double = 1) {
        let share =
            if case .relative(let share) = tolerance { share } else { Tolerance.usualShare }
        (pays, paysTwice) = (Worth(share, errorShare), Worth(2 * share, errorShare))
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
        if knowsBothClasses {
            pays.add(day)
            paysTwice.add(day)
        }
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

    /// The confidence sequence of the mean gain of recalibrating.
    var gain: BlockAsymptoticConfidenceSequence.Point? {
        let days = days.suffix(Self.horizon)
        return (try? CohortSums(counts: days.map(\.rows), sums: days.map(\.gain)))
            .flatMap { BlockAsymptoticConfidenceSequence().latest($0) }
    }
}
