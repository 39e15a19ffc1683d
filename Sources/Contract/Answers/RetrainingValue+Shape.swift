package import Evaluation

extension RetrainingValue: Shaped {
    package static let shape = Shape<RetrainingValue>.object(
        "What correcting the scores or training anew would have won: of forecasters that could have been in use.",
        [
            .member(
                "recalibrated",
                .orNull(Virtual.shape),
                "The champion recalibrated day by day; null for tasks whose scores are not calibrated."
            ) { $0.recalibrated },
            .member(
                "retrained",
                .orNull(Virtual.shape),
                "A small model, fitted anew every week on the champion's score, the logged features and the slices of matured "
                    + "days; null while there was no fit. A lower bound on what retraining would win."
            ) { $0.retrained },
        ]
    ).named("retraining_value")
}

extension RetrainingValue.Virtual: Shaped {
    package static let shape = Shape<RetrainingValue.Virtual>.object(
        "A forecaster that could have been in use, beside the champion on the same rows.",
        [
            .member("blocks", .count, "The newest blocks of evidence, over which it is held.") {
                $0.blocks
            },
            .member("champion_loss", .orNull(.number), "The champion's mean loss of a row.") {
                $0.loss
            },
            .member("gain", .orNull(.number), "By how much less it loses a row.") { $0.gain },
            .member(
                "gain_low",
                .orNull(.number),
                "The 95 % confidence sequence of the gain; null with too few blocks."
            ) { $0.gainLow },
            .member("gain_high", .orNull(.number)) { $0.gainHigh },
            .member(
                "share",
                .number,
                "Of the champion's loss, the share beyond which the gain pays: the task's tolerance."
            ) { $0.share },
            .member("log_e_value", .orNull(.number), "Evidence that the gain is more than that.") {
                $0.logEvidence
            },
            .member("threshold", .number, "The log e-value that makes it sure.") {
                $0.logThreshold
            },
            .member("pays_since", .orNull(.instant), "Since when it is sure; null while it is not.")
            {
                $0.paysSince
            },
            .member(
                "won_back",
                .orNull(.number),
                "Of the excess under the alarm, the share that it would have won back; null without an alarm, and while that is "
                    + "not known."
            ) { $0.wonBack },
            .member(
                "won_back_low",
                .orNull(.number),
                "The shares that cannot be ruled out; null while there may be no excess."
            ) { $0.wonBackLow },
            .member("won_back_high", .orNull(.number)) { $0.wonBackHigh },
            .member(
                "fitted_rows",
                .orNull(.count),
                "The rows of its newest fit; null where it is fitted on scores alone."
            ) { $0.fit?.rows },
            .member("features", .orNull(.count), "The features and slices of its newest fit.") {
                $0.fit?.features
            },
        ]
    ).named("virtual_shadow")
}
