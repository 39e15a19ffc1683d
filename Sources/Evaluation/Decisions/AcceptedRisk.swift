/// What somebody accepts who acknowledges an alarm: the risk of the last blocks, beside that of the baseline.
package struct AcceptedRisk: Sendable, Equatable {
    /// What the risk is of.
    package let loss: String
    /// With which day the risk is estimated to have risen.
    package let since: Instant
    package let risk: Double
    package let baseline: Double

    /// `nil` where no alarm stood when the `recommendation` was given.
    package init?(_ recommendation: Recommendation) {
        func value(_ measure: Evidence.Measure) -> Double? {
            recommendation.evidence.first { $0.measure == measure }?.value
        }
        let watched = recommendation.task.kind.cohortLoss.watchedName
        if let alarm = recommendation.sliceAlarm {
            loss =
                "\(watched) as a share of a constant forecast's, where \(alarm.slice.key) is \(alarm.slice.value),"
            (since, risk, baseline) = (alarm.change, alarm.recentRisk, alarm.baselineRisk)
            return
        }
        guard recommendation.hasAlarm, let since = recommendation.changePoint,
            let risk = value(.recentRisk), let baseline = value(.baselineRisk)
        else { return nil }
        loss = watched
        self.since = since
        self.risk = risk
        self.baseline = baseline
    }

    package var sentence: String {
        "Accepted is a \(loss) of \(Text.number(risk)) since the day of \(since.iso8601), where the baseline has "
            + "\(Text.number(baseline))."
    }
}
