import Statistics

/// How far apart the predictions of a champion and a shadow are of late, before the labels of these days: whether what earlier
/// days have shown can still hold.
///
///     D̄ = Σd/Σn, the mean distance of a pair (`PairDistance`), of the last 14 days R and of the mature days E before them
///
/// - **The scores have changed** where D̄_R − max(D̄_E, D̄_E28) is above the gain ĝ and above 4 standard errors (day blocks of E),
///   and the shadow's predictions moved more than the champion's. If the extra distance is all error, the gain is gone. Not
///   where both models have a version that the days before do not have, which may be further apart and as good. The last 28
///   mature days, E28, may have changed themselves: they count where their gain is at least ĝ/2, so that labels have borne them
///   out.
/// - **The two are nearly the same** where D̄_R + 2.33 SE is below ĝ/2 while D̄_E was not: then no more than half of the gain can
///   be left, as when the shadow has become a copy, or the champion has been trained anew.
///
/// Own construction; simulated in `docs/decision-quality.md`. It is evidence for nothing: it only says that labels of other
/// days do not speak of these.
package struct Disagreement: Sendable, Equatable {
    /// What it says against the gain of earlier days.
    enum Finding: Sendable, Equatable {
        case moved
        case nearlyTheSame
    }

    /// The last days.
    package let from: Instant
    package let to: Instant
    /// D̄_R.
    package let recent: Double
    /// Of the mature days before, the larger of all and of the last 28, where the gain of these has lasted.
    package let before: Double
    /// ĝ, in the loss that the distance belongs to.
    package let gain: Double
    /// What the distance is, in words.
    let measure: String
    let finding: Finding

    static let recentDays = 14
    private static let leastDays = 20
    private static let leastPairs = 100
    private static let errorsOfMove = 4.0
    private static let errorsOfSame = 2.33

    /// `nil` where nothing speaks against the gain, or too little is known.
    ///
    /// - Parameters:
    ///   - traffic: Of the days that are over.
    ///   - days: The mature days of the comparison.
    ///   - task: The task.
    init?(_ traffic: ShadowTraffic, after days: ArraySlice<GainDay>, of task: PredictionTask) {
        let last = traffic.last(Self.recentDays)
        guard let first = last.first, let newest = last.last else { return nil }
        let earlier = days.filter { $0.start < first.start && $0.sums.distance.pairs > 0 }
        let gain = Self.gain(days, task)
        guard earlier.count >= Self.leastDays, gain > 0,
            last.reduce(0, { $0 + $1.distance.pairs }) >= Self.leastPairs,
            let all = Self.mean(earlier.map(\.sums.distance)), let spread = all.standardError,
            let month = Self.mean(earlier.suffix(RecentDays.count).map(\.sums.distance)),
            let recent = Self.mean(last.map(\.distance))
        else { return nil }
        (from, to) = (first.start, newest.end)
        (self.recent, self.gain) = (recent.mean, gain)
        measure = task.kind.sumsSquaredDistances ? "mean squared distance" : "mean distance"
        let hasLasted = Self.gain(earlier.suffix(RecentDays.count), task) >= gain / 2
        before = hasLasted ? max(all.mean, month.mean) : all.mean
        let extra = recent.mean - before
        if let error = recent.standardError, all.mean >= gain / 2,
            recent.mean + Self.errorsOfSame * error < gain / 2
        {
            finding = .nearlyTheSame
        } else if extra > gain, extra > Self.errorsOfMove * Self.error(spread, earlier, last),
            Self.shadowMoved(traffic, earlier, last, task)
        {
            finding = .moved
        } else {
            return nil
        }
    }

    /// Of a labelled pair.
    static func gain(_ days: some Sequence<GainDay>, _ task: PredictionTask) -> Double {
        let pairs = days.reduce(0) { $0 + $1.sums.pairs }
        let sum = days.reduce(0.0) { $0 + $1.sums.gain(task.kind.mainLoss) }
        return sum / Double(max(1, pairs))
    }

    private static func mean(_ distances: [PairDistance]) -> MeanEstimate? {
        let known = distances.filter { $0.pairs > 0 }
        return
            (try? CohortSums(
                counts: known.map { Double($0.pairs) },
                sums: known.map { Double($0.sum) }
            )).flatMap(blockMean)
    }

    /// Of the difference, from the scatter of the days before; the last days count for no more than their rows.
    private static func error(
        _ spread: Double,
        _ earlier: [GainDay],
        _ last: ArraySlice<ShadowTraffic.Day>
    ) -> Double {
        let blocks = Double(earlier.count)
        let rows = earlier.reduce(0) { $0 + $1.sums.distance.pairs }
        let recent = last.reduce(0) { $0 + $1.distance.pairs }
        let days = Double(last.count { $0.distance.pairs > 0 })
        let share = max(1 / days, Double(rows) / blocks / Double(recent))
        return spread * (blocks * share + 1).squareRoot()
    }

    /// Whether it is the shadow that moved, and not both by new versions.
    private static func shadowMoved(
        _ traffic: ShadowTraffic,
        _ earlier: [GainDay],
        _ last: ArraySlice<ShadowTraffic.Day>,
        _ task: PredictionTask
    ) -> Bool {
        guard let month = earlier.suffix(RecentDays.count).first?.start,
            let end = earlier.last?.end, let newest = last.last?.end
        else { return false }
        // No further back than every question reads, so that all of them see the same.
        let reach = ShadowTraffic.reachSeconds(of: task)
        let before = traffic.days(from: max(month, newest.advanced(bySeconds: -reach)), to: end)
        func isNew(_ model: KeyPath<ShadowTraffic.Day, [Int32: ModelCell]>) -> Bool {
            !last.versions(of: model).isSubset(of: before.versions(of: model))
        }
        if isNew(\.champion), isNew(\.shadow) { return false }
        func moved(_ model: KeyPath<ShadowTraffic.Day, [Int32: ModelCell]>) -> Double? {
            last.distribution(of: model, kind: traffic.kind)
                .distance(from: before.distribution(of: model, kind: traffic.kind))
        }
        guard let shadow = moved(\.shadow), let champion = moved(\.champion) else { return false }
        return shadow > champion
    }
}
