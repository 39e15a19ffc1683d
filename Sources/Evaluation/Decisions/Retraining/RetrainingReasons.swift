import Statistics

/// What correcting the champion's scores or training it anew would have won, in sentences.
struct RetrainingReasons {
    private let conclusion: RecommendationConclusion
    private var monitor: RetrainingMonitor { conclusion.monitor }
    private var model: Name { conclusion.inputs.model }

    init(_ conclusion: RecommendationConclusion) {
        self.conclusion = conclusion
    }

    /// Under an alarm: the shares of the excess.
    func wonBack() -> [String] { recalibrationWonBack() + retrainingWonBack() }

    /// Without one: what surely pays.
    ///
    /// Who puts a better model in charge does not train the champion anew.
    func worth(_ verdict: RecommendationVerdict) -> [String] {
        recalibrationWorth() + (verdict == .promote ? [] : retrainingWorth())
    }

    private func recalibrationWonBack() -> [String] {
        guard conclusion.task.kind.has(.calibration), let standing = conclusion.alarm?.recalibration
        else { return [] }
        guard let share = standing.wonBack.share else {
            return [
                "What recalibration would win is not known yet: no day has matured since the change."
            ]
        }
        return [
            "Recalibrating \(model) day by day since then would have won back \(Text.percent(share)) of the excess"
                + "\(span(standing.wonBack)); \(Text.percent(RecalibrationStanding.enough)) would be enough, if the "
                + "scores surely tell cases apart."
        ]
    }

    private func retrainingWonBack() -> [String] {
        guard let wonBack = conclusion.wonBackByRetraining, let share = wonBack.share else {
            return []
        }
        let won =
            "Training anew every week since then, \(fit), would have won back \(Text.percent(share)) of the excess"
            + span(wonBack)
        guard let interval = wonBack.interval else {
            return ["\(won), which is not certain yet."]
        }
        if wonBack.isLittle {
            return ["\(won): retraining on these has not paid so far, so look at the data."]
        }
        return interval.low > 0
            ? [
                "\(won): retraining surely pays, and a larger model, or one with more features, may win more."
            ] : ["\(won): whether retraining pays is not certain yet."]
    }

    private func recalibrationWorth() -> [String] {
        guard let gains = monitor.virtual?.gains else { return [] }
        let sure = [gains.paysTwice, gains.pays].first { $0.since != nil }
        return (monitor.worth ?? sure).map { worth in
            pays("Recalibrating \(model) day by day", worth, gains)
        } ?? []
    }

    private func retrainingWorth() -> [String] {
        guard let gains = conclusion.inputs.retrained?.gains, gains.pays.since != nil else {
            return []
        }
        return pays("Training \(model) anew every week, \(fit),", gains.pays, gains).map {
            "\($0) That is advice, and no alarm: retraining would pay, and nothing urges it."
        }
    }

    private func pays(
        _ what: String,
        _ worth: VirtualGains.Worth,
        _ gains: VirtualGains
    ) -> [String] {
        guard let gain = gains.gain else { return [] }
        return [
            "\(what) surely wins more than \(Text.percent(worth.share)) of its loss: log e-value "
                + "\(Text.number(worth.logEvidence ?? 0)) of \(Text.number(worth.threshold)); the mean gain of a row "
                + "over the last \(gains.blocks) blocks is \(Text.number(gain.mean))."
        ]
    }

    /// What the model that is fitted anew rests on.
    private var fit: String {
        let features = conclusion.inputs.retrained?.features ?? 0
        return features == 0
            ? "with a small model on its own score alone"
            : "with a small model on its own score and \(Text.count(features, "feature or slice", "features and slices"))"
    }

    private func span(_ wonBack: WonBack) -> String {
        wonBack.interval.map { " (\(Text.percent($0.low)) to \(Text.percent($0.high)))" } ?? ""
    }
}
