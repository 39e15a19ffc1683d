import Statistics

/// What to do and why, in the one sentence that everybody reads.
struct RecommendationSummary {
    private let conclusion: RecommendationConclusion
    private var monitor: RetrainingMonitor { conclusion.monitor }
    private var model: Name { conclusion.inputs.model }

    init(_ conclusion: RecommendationConclusion) {
        self.conclusion = conclusion
    }

    func sentence(_ ground: RecommendationGround) -> String {
        switch ground {
        case .loading:
            "History of \(conclusion.task.name) is being loaded: ask again when that is over."
        case .lateRows:
            "Rows have come that an earlier answer did not know, and the evidence about \(model) rests on what it knew."
        case .lack: "There is not enough evidence to say how \(model) does now."
        case .alarmAndBetter(let shadow):
            "\(model) has become worse, and \(shadow) does better on the same requests: put it in charge."
        case .alarmOfCalibration:
            "\(model) still tells cases apart, but its probabilities are off: correct them; training anew is not needed."
        case .alarm(let slice): worse(above: slice)
        case .alarmInSlice(let alarm):
            "\(model) has become worse where \(alarm.slice.key) is \(alarm.slice.value), though hardly over all requests: "
                + "look at what these bring, and train it anew."
        case .largeGain(let shadow):
            "\(shadow) is surely better than \(model), by enough to matter: put it in charge."
        case .recalibrationPays:
            "The probabilities of \(model) are off, and correcting them would surely win enough to matter: recalibrate it."
        case .quiet: quiet
        }
    }

    private func worse(above slice: SliceAlarm?) -> String {
        let place = slice.map { ", above all where \($0.slice.key) is \($0.slice.value)" } ?? ""
        let worse = "\(model) has become worse than its baseline allows\(place)"
        let corrects = conclusion.task.kind.has(.calibration)
        if conclusion.wonBackByRetraining?.isLittle ?? false {
            let training = "training it anew on what is logged would"
            return corrects
                ? "\(worse), and neither correcting its output nor \(training) be enough: look at what has changed in the data."
                : "\(worse), and \(training) not be enough: look at what has changed in the data."
        }
        return
            "\(worse)\(corrects ? ", and correcting its output would not be enough" : ""): train it anew."
    }

    /// A wait for evidence that nobody can rely on, in days.
    private static let longWait = 365.0

    private var quiet: String {
        if let unconfirmed = monitor.unconfirmed {
            let same =
                conclusion.task.kind.has(.calibration)
                ? "tells them apart as well as before" : "does not surely err more"
            return unconfirmed.isRelative
                ? "The mix of cases has changed, and \(model) \(same): keep it."
                : "The cases have become harder for any model; \(model) is not to blame, so keep it and look at the data."
        }
        if conclusion.isAboveBound {
            return conclusion.isAsAccepted
                ? "\(model) does worse than its baseline allows, as when the alarm about it was acknowledged: keep it, and look again."
                : "\(model) does worse than is allowed of late, which is not certain yet: keep it, and look again."
        }
        if conclusion.lacksSkill {
            return
                "\(model) does as its baseline did, and that had no skill over a constant forecast: nothing has become worse, "
                + "and a better model is needed."
        }
        if !conclusion.recent.isEmpty,
            conclusion.daysToFind(rise: 0.5).map({ $0 > Self.longWait }) ?? true
        {
            return
                "Nothing shows that \(model) has become worse, and at this traffic a rise of its risk by a half would "
                + "\(conclusion.found(rise: 0.5)): keep it."
        }
        return "\(model) does as well as its baseline allows: keep it."
    }
}
