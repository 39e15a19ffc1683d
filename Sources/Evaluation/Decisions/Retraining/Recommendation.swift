/// What to do about the champion.
package enum RecommendationVerdict: String, Sendable, CaseIterable {
    case keep
    case retrain
    case recalibrate
    case promote
    case insufficientEvidence = "insufficient_evidence"
}

/// What to do about a champion, and everything that says so.
package struct Recommendation: Sendable, Equatable {
    package var task: PredictionTask
    package var model: Name
    package var asOf: Instant
    package var verdict: RecommendationVerdict
    /// One sentence for somebody who knows no statistics.
    package var summary: String
    /// When the verdict's ground was known: the moment the block of evidence that raised the alarm had matured, or a
    /// shadow was found to be better.
    package var since: Instant?
    /// The shadow to promote.
    package var shadow: Name?
    package var reasons: [String]
    /// Slices that the best shadow surely harms, in sentences.
    package var warnings: [String]
    package var evidence: [Evidence]
    /// What correcting the scores or training anew would have won.
    package var retraining: RetrainingValue
    /// Whether the risk has left its bound, whatever follows from it.
    package var hasAlarm: Bool
    /// Where the risk is estimated to have risen, while an alarm stands.
    package var changePoint: Instant?
    /// From the change point to the end of the last matured day.
    package var trainingWindow: Window?
    /// Slices in which the risk has left its bound, those first in which it counts.
    package var slices: [SliceAlarm]
    /// The surest one in which the model has become worse, where that is not so over all rows.
    package var sliceAlarm: SliceAlarm?
    package var epoch: RetrainingMonitor.Epoch
    package var options: RetrainingOptions
    /// Since when the model is taken for the champion, where nobody has named one, nor the question a model.
    package var championAssumedSince: Instant?
    /// What contradicts of all that was told of the task; `nil` where nothing does.
    package var contradictions: Contradictions?
    /// Requests that are missing in what is known by now, for their rows were deleted.
    package var forgotten: Int64 = 0
    /// Set where it is a replay.
    package var replay: Replay?
    /// The evidence that there is.
    package var ledger = LedgerSummary.none

    /// The measure of the evidence that raises the alarm.
    package var decidingEvidence: Evidence.Measure {
        evidence.contains { $0.measure == .relativeRiskLogEvidence && $0.state != .missing }
            ? .relativeRiskLogEvidence : .riskLogEvidence
    }
}
