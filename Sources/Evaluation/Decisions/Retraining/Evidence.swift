/// One number that a recommendation rests on.
package struct Evidence: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case ok
        case watch
        case alarm
        case missing
    }

    /// What is measured, by its name in answers.
    package enum Measure: String, Sendable, CaseIterable {
        /// Matured days with labels.
        case maturedCohorts = "matured_cohorts"
        /// labelled / predictions of the last matured days.
        case recentCoverage = "recent_coverage"
        /// Days that the baseline holds.
        case baselineCohorts = "baseline_cohorts"
        /// Groups of entities of equal size that the baseline is worth.
        case baselineEntityGroups = "baseline_entity_groups"
        case baselineRisk = "baseline_risk"
        /// Above it the risk is too high: the baseline with its uncertainty and the tolerance.
        case riskBound = "risk_bound"
        case recentRisk = "recent_risk"
        /// The same as shares of the risk of a constant forecast.
        case baselineRelativeRisk = "baseline_relative_risk"
        case relativeRiskBound = "relative_risk_bound"
        case recentRelativeRisk = "recent_relative_risk"
        /// How many times more days scatter than independent rows would.
        case overdispersion
        /// Evidence that the relative risk has left its bound; raises the alarm at its threshold.
        case relativeRiskLogEvidence = "relative_risk_log_e_value"
        /// About how many days of evidence it takes to find that the deciding risk has risen by a half.
        case daysToFindHalfMore = "days_to_find_half_more"
        /// Of one label age: evidence that the risk itself has.
        case riskLogEvidence = "risk_log_e_value"
        /// How surely scores tell the classes of a block less well apart than in the baseline less a tenth, in standard
        /// errors.
        case discriminationLoss = "discrimination_loss_z"
        /// How surely the risk itself, under an alarm over the relative one, or the relative one, under an alarm over the risk
        /// itself, is above its own bound since the change, in standard errors; where labels are numbers.
        case otherRiskRise = "other_risk_rise_z"
        case miscalibration
        case miscalibrationChange = "miscalibration_change"
        case discrimination
        case discriminationChange = "discrimination_change"
        case uncertaintyChange = "uncertainty_change"
        case recalibrationGain = "recalibration_gain"
        case recalibrationGainLow = "recalibration_gain_low"
        /// Evidence that recalibrating surely wins more than what is tolerated, and than twice that.
        case recalibrationPays = "recalibration_pays_log_e_value"
        case recalibrationPaysTwice = "recalibration_pays_twice_log_e_value"
        case recalibrationRecovery = "recalibration_recovery"
        /// By how much less a row loses with a model that is fitted anew every week on the champion's score, the logged
        /// features and the slices.
        case retrainingGain = "retraining_gain"
        case retrainingGainLow = "retraining_gain_low"
        /// Evidence that such a model surely wins more than what is tolerated.
        case retrainingPays = "retraining_pays_log_e_value"
        /// Of the excess under an alarm, the share that it would have won back.
        case retrainingRecovery = "retraining_recovery"
        case retrainingRecoveryLow = "retraining_recovery_low"
        case bestShadowGain = "best_shadow_gain"
        case bestShadowGainLow = "best_shadow_gain_low"
        case latePredictions = "late_predictions"
        case lateLabels = "late_labels"
        case restatedLogEvidence = "restated_log_e_value"
    }

    package var measure: Measure
    /// In seconds, of what is measured at an age of labels before the full one.
    package var age: Int64?
    package var value: Double?
    package var threshold: Double?
    package var state: State

    package init(
        _ measure: Measure,
        age: Int64? = nil,
        value: Double?,
        threshold: Double? = nil,
        state: State
    ) {
        self.measure = measure
        self.age = age
        self.value = value
        self.threshold = threshold
        self.state = state
    }

    /// The measure, with its age where it has one: `risk_log_e_value_3d`.
    package var name: String {
        measure.rawValue + (age.map { "_" + Text.duration($0) } ?? "")
    }
}
