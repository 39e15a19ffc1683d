/// What a recommendation rests on.
enum RecommendationGround {
    /// History is being loaded.
    case loading
    /// Late rows would change the verdict.
    case lateRows
    case lack
    case alarmAndBetter(Name)
    /// Correcting the scores would be enough.
    case alarmOfCalibration
    /// Over all rows, and surest in a slice if it also counts in one.
    case alarm(above: SliceAlarm?)
    case alarmInSlice(SliceAlarm)
    case largeGain(Name)
    case recalibrationPays
    case quiet

    var verdict: RecommendationVerdict {
        switch self {
        case .loading, .lateRows, .lack: .insufficientEvidence
        case .alarmAndBetter, .largeGain: .promote
        case .alarmOfCalibration, .recalibrationPays: .recalibrate
        case .alarm, .alarmInSlice: .retrain
        case .quiet: .keep
        }
    }
}
