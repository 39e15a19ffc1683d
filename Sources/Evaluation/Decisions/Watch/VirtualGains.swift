import Foundation
import Statistics

/// What a forecaster that could have been in use would have lost, beside the champion on the same rows, and whether that pays.
struct VirtualGains: Sendable {
    /// Blocks over which the gain is looked at.
    static let horizon = 365

    /// Whether it surely loses less, by more than what the task tolerates, and by more than twice that.
    private(set) var pays: Worth
    private(set) var paysTwice: Worth
    private var counts: [Double] = []
    private var gains: [Double] = []
    private var losses: [Double] = []

    /// The evidence that the other forecaster is worth having.
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

        fileprivate mutating func add(_ block: Block) {
            watch.add(rows: block.rows, loss: block.champion, other: block.other)
            let isSure = logEvidence.map { $0 >= threshold } ?? false
            since = isSure ? since ?? block.knownAt : nil
        }
    }

    /// The sums of the losses of both over a block.
    struct Block: Sendable {
        let knownAt: Instant
        let rows: Double
        let champion: Double
        let other: Double

        var gain: Double { champion - other }
    }

    /// - Parameters:
    ///   - tolerance: Of the task; an amount of loss counts as the usual share.
    ///   - errorShare: What restatements of the ledger have left of the probability of an error.
    init(tolerance: Tolerance, errorShare: Double) {
        let share =
            if case .relative(let share) = tolerance { share } else { Tolerance.usualShare }
        (pays, paysTwice) = (Worth(share, errorShare), Worth(2 * share, errorShare))
    }

    /// Takes in the next block, in the order of events; `counts` says whether the other forecaster knew enough to be worth
    /// anything.
    mutating func add(_ block: Block, counts isInformed: Bool) {
        counts.append(block.rows)
        gains.append(block.gain)
        losses.append(block.champion)
        if counts.count > Self.horizon {
            counts.removeFirst()
            gains.removeFirst()
            losses.removeFirst()
        }
        guard isInformed else { return }
        pays.add(block)
        paysTwice.add(block)
    }

    /// The newest blocks, over which the gain is.
    var blocks: Int { counts.count }

    /// The confidence sequence of the mean gain of a row.
    var gain: BlockAsymptoticConfidenceSequence.Point? {
        (try? CohortSums(counts: counts, sums: gains))
            .flatMap { BlockAsymptoticConfidenceSequence().latest($0) }
    }

    /// The champion's mean loss of a row over the same blocks; `nil` without any.
    var loss: Double? {
        counts.isEmpty ? nil : losses.reduce(0, +) / counts.reduce(0, +)
    }
}
