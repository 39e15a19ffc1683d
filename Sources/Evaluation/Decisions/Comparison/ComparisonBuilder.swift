import Statistics

/// Draws the conclusions of a comparison from paired sums; pure.
package struct ComparisonBuilder: Sendable {
    package let task: PredictionTask
    package let metric: ComparisonMetric
    package let options: ComparisonOptions
    package let shadow: Name
    /// What is known now, by local day.
    package var days: [Int32: PairSums] = [:]
    package var slices: [Slice: [Int32: PairSums]] = [:]
    package var championPredictions = 0
    package var shadowPredictions = 0
    package var rows: PairedRows?
    package var health = ShadowHealth(problems: [])
    package var guardrails: ServiceGuardrails?
    /// Where both models predicted before the first time bucket of which their pairs are known: its start.
    package var pairsFrom: Instant?
    /// What was known when days matured, in event order.
    package var gainDays: [GainDay] = []
    package var sliceDays: [Slice: [GainDay]] = [:]
    /// The asker chose where the sequence starts.
    package var hasChosenStart = false

    package init(
        task: PredictionTask,
        metric: ComparisonMetric,
        options: ComparisonOptions,
        shadow: Name
    ) {
        self.task = task
        self.metric = metric
        self.options = options
        self.shadow = shadow
    }

    func path(alpha: Double) -> GainPath {
        GainPath(
            gainDays,
            metric: metric,
            options: options,
            alpha: alpha,
            rule: task.evidenceUnit
        )
    }

    /// Draws the conclusions from the sequence of this shadow, one of a `family`, and from how it stands.
    func build(
        _ path: GainPath,
        _ standing: ShadowStanding,
        asOf: Instant,
        family: Int,
        isDiscovery: Bool
    ) -> Comparison {
        let total = Self.sum(days.values, kind: task.kind)
        let areas = rows?.areas
        let slices = SliceComparisons(self).build()
        let bothScored = total.allPairs
        var comparison = Comparison(
            shadow: shadow,
            pairs: total.pairs,
            unlabelledPairs: total.unlabelledPairs,
            // A pair of the interval may have its later prediction beyond the end.
            championOnly: max(0, championPredictions - bothScored),
            shadowOnly: max(0, shadowPredictions - bothScored),
            apart: apart(total),
            metrics: task.kind.losses.map { compared($0, days) } + area(areas),
            tests: tests(path, total, areas),
            sequence: sequence(
                path,
                standing.vetoes.isEmpty ? standing.decidedAt : nil,
                family,
                isDiscovery
            ),
            path: path.gains,
            check: path.check,
            recent: path.recentGain,
            slices: slices,
            health: health,
            guardrails: guardrails,
            standing: standing,
            verdict: standing.verdict,
            reasons: [],
            morePairsNeeded: morePairs(path, asOf: asOf)
        )
        comparison.reasons = ComparisonReasons(self, path: path).sentences(comparison)
        if let unknownPairs { comparison.reasons.append(unknownPairs) }
        return comparison
    }

    // MARK: - Metrics at one look

    static func sum(_ parts: some Sequence<PairSums>, kind: TaskKind) -> PairSums {
        parts.reduce(into: PairSums(kind: kind)) { $0 = PairSums.merged($0, $1) }
    }

    /// How far apart both are; not known where pairs of the interval are not.
    func apart(_ total: PairSums) -> PairsApart {
        pairsFrom == nil ? PairsApart(total) : PairsApart()
    }

    func compared(_ loss: PairedLoss, _ days: [Int32: PairSums]) -> ComparedMetric {
        if pairsFrom != nil { return ComparedMetric(loss.metricName, missing: .unknownPairs) }
        let total = Self.sum(days.values, kind: task.kind)
        guard total.pairs > 0 else { return ComparedMetric(loss.metricName, missing: .noPairs) }
        let n = Double(total.pairs)
        let sums = total.sums(loss)
        let isAccuracy = loss == .decision
        return ComparedMetric(
            loss.metricName,
            champion: isAccuracy ? 1 - sums.champion / n : sums.champion / n,
            shadow: isAccuracy ? 1 - sums.shadow / n : sums.shadow / n,
            gain: total.gain(loss) / n,
            MetricInterval(
                Self.mean(days, loss)?.interval()?.within(loss.gainRange),
                else: .pairsOfOneDay
            )
        )
    }

    /// Says that the sums are not those of the whole interval.
    private var unknownPairs: String? {
        pairsFrom.map { from in
            "The pairs with \(shadow) are known from \(from.iso8601) on: older rows were gone when their pairs "
                + "were first asked for. Ask from then on."
        }
    }

    private static func mean(_ days: [Int32: PairSums], _ loss: PairedLoss) -> MeanEstimate? {
        var blocks = ExactBlocks()
        for (_, sums) in days.sorted(by: { $0.key < $1.key }) {
            blocks.add(count: sums.pairs, sum: sums.exactGain(loss))
        }
        return blocks.mean
    }

    private func area(_ areas: PairedAreas?) -> [ComparedMetric] {
        guard let areas else { return [] }
        return [
            ComparedMetric(
                ComparisonMetric.ranking.name,
                champion: areas.champion,
                shadow: areas.shadow,
                gain: areas.gain,
                MetricInterval(areas.interval(), else: .singleOfClass)
            )
        ]
    }

    private func tests(
        _ path: GainPath,
        _ total: PairSums,
        _ areas: PairedAreas?
    ) -> ComparisonTests {
        var tests = ComparisonTests()
        tests.deLongZ = areas?.z
        tests.deLongP = areas?.pValue
        // Tests of the whole interval need all of its pairs.
        let total = pairsFrom == nil ? total : PairSums(kind: task.kind)
        if pairsFrom == nil, case .loss(let loss) = metric {
            tests.rowT = Self.rowT(total, loss)
            if let mean = Self.mean(days, loss), let error = mean.standardError, error > 0 {
                tests.dayT = mean.mean / error
            }
        }
        guard task.kind.has(.threshold), total.pairs > 0 else { return tests }
        tests.championRightOnly = total.championRightOnly
        tests.shadowRightOnly = total.shadowRightOnly
        tests.mcNemarMidP =
            McNemar(
                championOnly: total.championRightOnly,
                shadowOnly: total.shadowRightOnly
            ).midPValue
        let matured = Self.sum(path.days.map(\.sums), kind: task.kind)
        tests.anytimeMcNemarLogE =
            AnytimeMcNemar(
                championOnly: matured.championRightOnly,
                shadowOnly: matured.shadowRightOnly
            ).logEvidence
        if metric == .loss(.brier) {
            var evidence = GainEvidence()
            for day in path.days { evidence.add(day.evidence) }
            let state = evidence.bernstein(pairs: matured.pairs, gain: matured.gain(.brier))
            tests.rowBernsteinLogE =
                max(state.logEvidenceForShadow, state.logEvidenceForChampion)
        }
        return tests
    }

    private static func rowT(_ total: PairSums, _ loss: PairedLoss) -> Double? {
        guard total.pairs > 1, let distances = total.squaredDistances(loss) else { return nil }
        let n = Double(total.pairs)
        return total.gain(loss) / n / (distances / (n - 1) / n).squareRoot()
    }

    // MARK: - The sequence

    private func sequence(
        _ path: GainPath,
        _ decidedAt: Instant?,
        _ family: Int,
        _ isDiscovery: Bool
    ) -> ComparisonSequence {
        let point = path.points.last
        let factor = path.overdispersion
        let pairs = path.days.reduce(0) { $0 + $1.sums.pairs }
        return ComparisonSequence(
            mean: point?.mean,
            low: point?.interval?.low,
            high: point?.interval?.high,
            logEValue: point?.logEValue,
            cohorts: path.days.count,
            cohortsWithoutLabels: DaysWithoutEvidence(gainDays, metric: metric).unlabelled,
            burnIn: path.test.burnIn,
            alpha: path.test.alpha,
            family: family,
            isDiscovery: isDiscovery,
            overdispersion: factor,
            effectivePairs: factor.map { Double(pairs) / max(1, $0) },
            unit: path.unit,
            groups: path.clusters?.groupCount,
            effectiveGroups: path.clusters?.effectiveGroups,
            recurrence: path.recurrence,
            designEffect: path.designEffect,
            decidedAt: decidedAt,
            firstDecision: path.firstDecision,
            gap: path.gap
        )
    }

    // MARK: - Planning

    /// A gain that matters in a share of right decisions or right ranks.
    private static let interestingShare = 0.01

    /// The smallest gain that matters: what was asked for; else what the task tolerates as a rise of its risk, and
    /// in a loss of which it does not say so what tasks usually tolerate.
    func interestingGain(_ path: GainPath) -> Double? {
        if options.minimumGain > 0 { return options.minimumGain }
        if let margin = options.margin { return margin }
        guard let champion = path.championMean else { return nil }
        if metric.isAscending { return Self.interestingShare }
        let isTaskLoss = metric == .loss(task.kind.mainLoss)
        switch task.tolerance {
        case .absolute(let amount) where isTaskLoss: return amount
        case .absolute: return Tolerance.usualShare * champion
        case .relative(let share): return share * champion
        }
    }

    /// A hundred years, in seconds: longer waits are not told apart.
    private static let longestWait = 36_525 * 86_400.0

    /// Planned on the smallest gain of interest, never on the observed one; `nil` where it is decided.
    private func morePairs(_ path: GainPath, asOf: Instant) -> MorePairs? {
        guard path.verdict == .undecided, let gain = interestingGain(path),
            let more = path.daysNeeded(toDetect: gain), let first = path.recent.first,
            let last = path.recent.last
        else { return nil }
        let recent = Double(path.recent.count)
        let pairsPerDay = path.recent.reduce(0.0) { $0 + Double($1.sums.pairs) } / recent
        // Days without labelled pairs go by too.
        let seconds = Double(last.end.microseconds - first.start.microseconds) / 1e6 / recent
        func pairs(_ days: Int) -> Int { Int((Double(days) * pairsPerDay).rounded(.up)) }
        func instant(_ days: Int) -> Instant? {
            // Days that have not matured yet are on their way.
            let wait = min(Double(days) * seconds, Self.longestWait)
            let due = last.knownAt.advanced(bySeconds: Int64(wait.rounded(.up)))
            return due > asOf ? due : nil
        }
        return MorePairs(
            gain: gain,
            median: pairs(more.median),
            p80: pairs(more.p80),
            medianDays: more.median,
            p80Days: more.p80,
            medianAt: instant(more.median),
            p80At: instant(more.p80)
        )
    }
}

extension Interval {
    /// What of the interval lies in a range that holds the estimated value for sure.
    fileprivate func within(_ range: Interval?) -> Interval {
        guard let range else { return self }
        return Interval(low: max(low, range.low), high: min(high, range.high))
    }
}
