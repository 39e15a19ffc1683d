import Statistics

/// The confidence sequence of the mean gain, day after day: what the verdict of a comparison rests on.
///
/// A point never changes when days are added, so whoever looks daily and whoever looks once see the same.
package struct GainPath: Sendable {
    let metric: ComparisonMetric
    let options: ComparisonOptions
    private(set) var test: BlockAsymptoticConfidenceSequence
    /// The days with labelled pairs.
    private(set) var days: ArraySlice<GainDay>
    private(set) var points: ArraySlice<BlockAsymptoticConfidenceSequence.Point>
    /// The champion's mean over the days up to each of them.
    private let championMeans: [Double]
    /// What the task says of the unit of evidence; ranks are between entities, and always go by days.
    private let rule: EvidenceUnitRule
    /// What entities have to do with the points; `nil` where no request names one.
    private var entities: EntityPath?
    /// What the sequence is of by day.
    private let sums: CohortSums?
    /// What the square of a gain can be, by the pairs up to each day; `nil` where that is not known.
    private let squares: [Double]?
    /// How many times the variance is taken that the days have, where the entities of a part are not told apart.
    private let inflation: Double

    /// - Parameters:
    ///   - days: In event order; those with labelled pairs count.
    ///   - metric: Of the gain.
    ///   - options: What is asked for.
    ///   - alpha: The error probability left to this sequence.
    ///   - rule: What is taken as independent.
    ///   - inflation: How many times the variance is taken that days have.
    package init(
        _ days: [GainDay],
        metric: ComparisonMetric,
        options: ComparisonOptions,
        alpha: Double,
        rule: EvidenceUnitRule = .auto,
        inflation: Double = 1
    ) {
        self.metric = metric
        self.options = options
        self.rule = rule
        self.inflation = inflation
        let labelled = days.filter { $0.weight(metric) > 0 }
        self.days = labelled[...]
        test = BlockAsymptoticConfidenceSequence(alpha: alpha)
        squares = Self.squares(labelled, metric)
        sums = Self.sums(labelled, metric)
        entities = EntityPath(labelled, metric: metric)
        var (weight, sum) = (0.0, 0.0)
        championMeans = labelled.map { day in
            weight += day.weight(metric)
            sum += day.champion(metric)
            return sum / weight
        }
        points = []
        findPoints()
    }

    /// The sequence of all days at another level.
    func at(alpha: Double) -> GainPath {
        var path = self
        path.test = BlockAsymptoticConfidenceSequence(alpha: alpha)
        path.findPoints()
        return path
    }

    private mutating func findPoints() {
        var points = sums.map { test.path($0, squares: squares, inflation: inflation) } ?? []
        entities?.findPoints(like: test)
        for index in points.indices {
            if let point = unitPoint(at: index) { points[index] = point.sequence }
        }
        self.points = points[...]
    }

    /// The point by entities, where they are the unit.
    private func unitPoint(at index: Int) -> ClusteredAsymptoticConfidenceSequence.Point? {
        guard let entities, squares?[index] != 0, entities.areUnit(rule, at: index) else {
            return nil
        }
        return entities.points[index]
    }

    /// What entities have to do with the last point; `nil` where the day is the unit of evidence.
    var clusters: ClusteredAsymptoticConfidenceSequence.Point? {
        days.isEmpty ? nil : unitPoint(at: days.endIndex - 1)
    }

    /// Whether the predictions of all pairs are the same.
    var isIdentical: Bool { !days.isEmpty && squares?[days.endIndex - 1] == 0 }

    /// What is taken as independent.
    var unit: EvidenceUnit {
        clusters != nil || rule == .entity && metric != .ranking ? .entity : .day
    }

    /// On how many days an entity comes back; `nil` where no request names one.
    var recurrence: Double? {
        days.isEmpty ? nil : entities?.recurrences[days.endIndex - 1]
    }

    /// How many times the variance between days entities make it; `nil` where no request names one.
    var designEffect: Double? {
        days.isEmpty ? nil : entities?.designEffect(at: days.endIndex - 1)
    }

    private static func squares(_ days: [GainDay], _ metric: ComparisonMetric) -> [Double]? {
        var (distance, differing, pairs) = (PairDistance(), 0, 0)
        var squares: [Double] = []
        for sums in days.lazy.map(\.sums) {
            distance.add(sums.distance)
            differing += sums.differing
            pairs += sums.allPairs
            guard distance.pairs == pairs, let mean = distance.mean,
                let square = metric.possibleSquare(
                    distance: mean,
                    differing: Double(differing) / Double(pairs)
                )
            else { return nil }
            squares.append(square)
        }
        return squares
    }

    private static func sums(_ days: [GainDay], _ metric: ComparisonMetric) -> CohortSums? {
        try? CohortSums(
            counts: days.map { $0.weight(metric) },
            sums: days.map { $0.gain(metric) }
        )
    }

    /// The sequence as it stood when no more than this was known.
    func known(by instant: Instant) -> GainPath {
        var (low, high) = (0, days.count)
        while low < high {
            let middle = (low + high) / 2
            if days[middle].knownAt > instant { high = middle } else { low = middle + 1 }
        }
        var path = self
        path.days = days.prefix(low)
        path.points = points.prefix(low)
        return path
    }

    /// What the sequence said after each day.
    var gains: [GainPoint] {
        zip(days, points).map { day, point in
            GainPoint(
                start: day.start,
                end: day.end,
                knownAt: day.knownAt,
                pairs: day.sums.pairs,
                mean: point.mean,
                low: point.interval?.low,
                high: point.interval?.high
            )
        }
    }

    /// The champion's mean over the days; `nil` without any.
    var championMean: Double? {
        days.isEmpty ? nil : championMeans[days.endIndex - 1]
    }

    /// The recent days, or more where they hold few pairs.
    var recent: ArraySlice<GainDay> {
        var start = days.endIndex
        var pairs = 0
        while start > days.startIndex,
            days.endIndex - start < RecentDays.count || pairs < Self.recentPairs
        {
            start -= 1
            pairs += days[start].sums.pairs
        }
        return days[start...]
    }

    private static let recentPairs = RecentDays.count * EvidenceBlocks.leastRows

    /// The gain of the recent days, with an interval for one look; `nil` without any.
    var recentGain: RecentGain? {
        let days = recent
        guard let first = days.first, let last = days.last,
            let mean = Self.sums(Array(days), metric).flatMap(blockMean)
        else { return nil }
        let interval = mean.interval()
        return RecentGain(
            from: first.start,
            to: last.end,
            pairs: days.reduce(0) { $0 + $1.sums.pairs },
            gain: mean.mean,
            low: interval?.low,
            high: interval?.high
        )
    }

    /// What a gain must surely be above: the least that was asked for, or what a margin allows to lose.
    var least: Double { verdict == .nonInferior ? -(options.margin ?? 0) : options.minimumGain }

    /// What the recent days say, where the mean over all days does not speak of them.
    var recentlyUnlike: String? {
        guard let recent = recentGain, let low = recent.low, let high = recent.high,
            let mean = points.last?.mean, days.count >= 2 * self.recent.count,
            mean < low - (high - low) / 2 || mean > high + (high - low) / 2
        else { return nil }
        return
            "The last \(self.recent.count) matured days are unlike the time before: a gain of "
            + "\(Text.number(recent.gain)) (\(Text.number(low)) to \(Text.number(high)), one look) against "
            + "\(Text.number(mean)) over all."
    }

    /// What the sequence says after the last day.
    var verdict: ComparisonVerdict {
        points.last.map(verdict) ?? .undecided
    }

    /// Why there is no interval after the last day; `nil` where there is one.
    var gap: SequenceGap? {
        guard points.last?.interval == nil else { return nil }
        guard days.count >= test.burnIn else {
            return .tooFewDays(days.count, of: test.burnIn, inRanks: metric == .ranking)
        }
        guard let clusters else { return .equalGains(days: days.count) }
        return clusters.effectiveGroups < EntityPath.leastGroups
            ? .tooFewEntities(groups: clusters.groupCount, worth: clusters.effectiveGroups)
            : .equalGains(days: days.count)
    }

    /// When the present verdict was first reached; `nil` while undecided.
    var decidedAt: Instant? {
        let verdict = verdict
        guard verdict != .undecided else { return nil }
        return points.firstIndex { self.verdict($0) == verdict }.map { days[$0].knownAt }
    }

    /// The first time that a shadow was found to be better or worse, and when that last held.
    ///
    /// A decision was right about the mean gain up to then; where later days are different, it may not hold
    /// any more.
    var firstDecision: ComparisonDecision? {
        let decisions: Set<ComparisonVerdict> = [.promote, .keepChampion]
        guard let start = points.firstIndex(where: { decisions.contains(verdict($0)) }) else {
            return nil
        }
        let decided = verdict(points[start])
        let last = points.lastIndex { verdict($0) == decided } ?? start
        return ComparisonDecision(
            verdict: decided,
            from: days[start].knownAt,
            until: last + 1 < days.endIndex ? days[last + 1].knownAt : nil
        )
    }

    /// Whether the models were ever found to differ, in either direction.
    package var everDecided: Bool {
        points.contains { point in point.interval.map { !$0.contains(0) } ?? false }
    }

    private func verdict(
        _ point: BlockAsymptoticConfidenceSequence.Point
    ) -> ComparisonVerdict {
        guard let interval = point.interval else { return .undecided }
        if interval.low > options.minimumGain { return .promote }
        if interval.high < 0 || interval.high < options.minimumGain { return .keepChampion }
        if let margin = options.margin, interval.low > -margin { return .nonInferior }
        return .undecided
    }

    /// ln E that the shadow is better, for e-BH; 0 evidence while its mean gain is negative.
    var logEvidenceForShadow: Double {
        guard let point = points.last, let evidence = point.logEValue, point.mean > 0 else {
            return -.infinity
        }
        return evidence
    }

    /// RA-EB with days as units: non-asymptotic, and blind to nothing but the independence of days.
    ///
    /// Where entities come back on other days it would claim too much, so there is none.
    ///
    /// Its bets are scaled by the widest range of the first days, which is known from the forecasts alone.
    var check: ComparisonCheck? {
        guard case .loss(let loss) = metric, clusters == nil else { return nil }
        let rows = days.compactMap { day -> GainRange? in
            guard let range = day.evidence.range(loss) else { return nil }
            let n = Double(day.sums.pairs)
            let gain = day.sums.gain(loss) / n
            return try? GainRange(
                gain: gain,
                possible: [min(range.low / n, gain), max(range.high / n, gain)]
            )
        }
        guard rows.count == days.count, rows.count >= test.burnIn else { return nil }
        let widest = rows.prefix(test.burnIn).map { max(-$0.lowest, $0.highest) }.max() ?? 0
        guard widest > 0 else { return nil }
        var state = RangeAdaptiveBernstein(largestRange: 2 * widest, alpha: test.alpha)
        for row in rows { state.add(row) }
        return ComparisonCheck(
            mean: state.mean,
            low: state.interval?.low,
            high: state.interval?.high,
            logEValue: max(state.logEvidenceForShadow, state.logEvidenceForChampion),
            logThreshold: portableLogarithm(2 / test.alpha)
        )
    }

    /// How many times the variance of independent rows the gains have; `nil` where squares are not kept.
    ///
    /// Between days it is the F ratio; with entities, the variance of the sum as a multiple of that of
    /// independent rows.
    var overdispersion: Double? {
        guard case .loss(let loss) = metric, days.count > 1 else { return nil }
        let moments = days.compactMap { $0.sums.moments(loss) }
        guard moments.count == days.count else { return nil }
        let all = moments.reduce(into: ExactMoments()) { $0.add($1) }
        if let clusters {
            let rows = all.squaredDistances
            return rows > 0 ? clusters.variance / rows : nil
        }
        // The ratio is the same wherever the gains are counted from; from their mean, nothing is lost.
        let centred = moments.map { $0.centred(at: all.mean) }
        return
            (try? CohortMoments(
                counts: moments.map { Double($0.count) },
                sums: centred.map(\.sum),
                sumsOfSquares: centred.map(\.squares)
            )).map { OverdispersionFactor($0).factor }
    }

    /// Whether rows of a unit visibly depend: whether its scatter is beyond what chance makes of independent
    /// rows.
    var isDependent: Bool {
        guard let factor = overdispersion else { return false }
        let units = Double(min(days.count, clusters?.groupCount ?? .max))
        return VisibleDependence.holds(factor: factor, units: units)
    }

    /// Cohorts that are still needed to detect a gain, beyond those there are.
    func daysNeeded(toDetect gain: Double) -> (median: Int, p80: Int)? {
        guard let point = points.last, gain > 0,
            let size = test.cohortsNeeded(toDetect: gain, at: point)
        else { return nil }
        let more = size.remaining(after: days.count)
        return (more.median, more.atPower)
    }

    /// Where days are taken as independent although entities come back, that this claims too much; `nil` else.
    var repeatedEntities: String? {
        guard clusters == nil, !isIdentical, let recurrence, recurrence >= EntityPath.returning
        else {
            return nil
        }
        let returning = "An entity comes back on about \(Text.number(recurrence)) days"
        if metric == .ranking {
            return "\(returning), and areas are compared with days as units: this claims too much."
        }
        guard let designEffect, designEffect > Self.tellingEffect else { return nil }
        return
            "\(returning), with a design effect of \(Text.number(designEffect)), and the task takes days as independent: this "
            + "claims too much, unless these are all the entities that there are. --evidence-unit auto goes by entities."
    }

    /// A design effect up to this is nothing to speak of.
    private static let tellingEffect = 1.5
}
