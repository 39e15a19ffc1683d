/// Whether a shadow tells requests much less apart than on the days that its labels are about, before the labels of these
/// days.
///
///     V_R < ½·V_E  and  (V_E − V_R) − max(0, W_E − W_R) > ĝ
///
/// V and W are the variances of the shadow's and the champion's scores, over the last 14 days R and the mature days E before
/// them, as far back as questions read. What a calibrated forecast of two classes wins over the base rate in the Brier score is
/// the variance of its probabilities: where that falls by more than the gain, the gain is gone, unless the scores were too far
/// apart before. A shadow that loses its features near a champion that errs much lies hardly further from it than before, and
/// only this tells. Where the cases themselves are more alike, the champion's scores lose as much of their variance, whatever
/// noise they keep. Where labels of half of the days R have matured, the gain itself speaks of these days, and a calm season, in
/// which a good shadow may well see that little differs, is no veto.
///
/// Own construction; simulated in `docs/decision-quality.md`. It is evidence for nothing, as `Disagreement`.
package struct Flattening: Sendable, Equatable {
    /// The last days.
    package let from: Instant
    package let to: Instant
    /// V_R and V_E.
    package let recent: Double
    package let before: Double
    /// ĝ.
    package let gain: Double

    private static let leastRows = 100.0
    private static let leastShare = 0.5

    /// `nil` where nothing speaks against the gain, or too little is known.
    ///
    /// - Parameters:
    ///   - traffic: Of the days that are over.
    ///   - days: The mature days of the comparison.
    ///   - task: The task.
    init?(_ traffic: ShadowTraffic, after days: ArraySlice<GainDay>, of task: PredictionTask) {
        guard task.kind.has(.calibration) else { return nil }
        let last = traffic.last(Disagreement.recentDays)
        guard let first = last.first, let newest = last.last,
            let mature = days.last(where: { $0.start < first.start }),
            let labelled = days.last,
            2 * last.count(where: { $0.start > labelled.start }) >= last.count
        else { return nil }
        let gain = Disagreement.gain(days, task)
        let reach = ShadowTraffic.reachSeconds(of: task)
        let earlier = traffic.days(
            from: newest.end.advanced(bySeconds: -reach),
            to: min(mature.end, first.start)
        )
        func variance(
            _ model: KeyPath<ShadowTraffic.Day, [Int32: ModelCell]>,
            _ days: ArraySlice<ShadowTraffic.Day>
        ) -> Double? {
            let distribution = days.distribution(of: model, kind: traffic.kind)
            return distribution.rows >= Self.leastRows ? distribution.variance : nil
        }
        guard gain > 0, let recent = variance(\.shadow, last),
            let before = variance(\.shadow, earlier),
            let champion = variance(\.champion, last),
            let championBefore = variance(\.champion, earlier),
            recent < Self.leastShare * before,
            before - recent - max(0, championBefore - champion) > gain
        else { return nil }
        (from, to) = (first.start, newest.end)
        (self.recent, self.before, self.gain) = (recent, before, gain)
    }
}
