import Statistics

/// What correcting a champion's scores, or training it anew, would have won: of two forecasters that could have been in use.
package struct RetrainingValue: Sendable, Equatable {
    /// A forecaster that could have been in use beside the champion.
    package struct Virtual: Sendable, Equatable {
        /// Blocks of evidence over which it is held against the champion, the newest.
        package var blocks: Int
        /// The champion's mean loss of a row over them.
        package var loss: Double?
        /// By how much less it loses a row.
        package var gain: Double?
        /// The confidence sequence of the gain; `nil` with too few blocks.
        package var gainLow: Double?
        package var gainHigh: Double?
        /// Of the champion's loss, the share beyond which it is asked whether the gain pays.
        package var share: Double
        /// Evidence that the gain is more than that share, and what makes it sure.
        package var logEvidence: Double?
        package var logThreshold: Double
        /// Since when it is sure; `nil` while it is not.
        package var paysSince: Instant?
        /// Of the excess while an alarm stands, the share that it would have won back.
        package var wonBack: Double?
        /// The shares that cannot be ruled out; `nil` while there may be no excess.
        package var wonBackLow: Double?
        package var wonBackHigh: Double?
        /// The rows and the features of its newest fit; `nil` where it is fitted on scores alone.
        package var fit: Fit?
    }

    package struct Fit: Sendable, Equatable {
        package var rows: Int
        package var features: Int
    }

    /// The champion recalibrated day by day; `nil` for tasks whose scores are not calibrated.
    package var recalibrated: Virtual?
    /// The champion fitted anew every week; `nil` while there was no fit.
    package var retrained: Virtual?
}

extension RetrainingValue.Virtual {
    init(_ gains: VirtualGains, wonBack: WonBack?, fit: RetrainingValue.Fit? = nil) {
        let gain = gains.gain
        let interval = wonBack?.interval
        self.init(
            blocks: gains.blocks,
            loss: gains.loss,
            gain: gain?.mean,
            gainLow: gain?.interval?.low,
            gainHigh: gain?.interval?.high,
            share: gains.pays.share,
            logEvidence: gains.pays.logEvidence,
            logThreshold: gains.pays.threshold,
            paysSince: gains.pays.since,
            wonBack: wonBack?.share,
            wonBackLow: interval?.low,
            wonBackHigh: interval?.high,
            fit: fit
        )
    }
}

extension RecommendationConclusion {
    /// What retraining would have won back of the excess under the alarm.
    var wonBackByRetraining: WonBack? {
        guard let alarm, let retrained = inputs.retrained else { return nil }
        let sums = retrained.wonBack(since: alarm.change.start, risk(of: alarm), monitor.full)
        return sums.blocks >= WonBack.leastBlocks ? sums : nil
    }

    var retraining: RetrainingValue {
        RetrainingValue(
            recalibrated: monitor.virtual.map {
                RetrainingValue.Virtual($0.gains, wonBack: alarm?.recalibration.wonBack)
            },
            retrained: inputs.retrained.flatMap { shadow in
                shadow.blocks.isEmpty
                    ? nil
                    : RetrainingValue.Virtual(
                        shadow.gains,
                        wonBack: wonBackByRetraining,
                        fit: RetrainingValue.Fit(rows: shadow.fittedRows, features: shadow.features)
                    )
            }
        )
    }
}
