import Statistics

/// What a comparison concludes.
package enum ComparisonVerdict: String, Sendable, CaseIterable {
    case promote
    case keepChampion = "keep_champion"
    case undecided
    case nonInferior = "non_inferior"
}

/// One metric of both models over the same labelled requests.
package struct ComparedMetric: Sendable, Equatable {
    package var name: String
    package var champion: Double?
    package var shadow: Double?
    /// Positive when the shadow is better.
    package var gain: Double?
    /// The 95 % interval of the gain, for one look: days are the blocks, or DeLong for areas.
    package var low: Double?
    package var high: Double?
    package var reason: String?
}

/// The confidence sequence that the verdict rests on.
package struct ComparisonSequence: Sendable, Equatable {
    package var mean: Double?
    package var low: Double?
    package var high: Double?
    package var logEValue: Double?
    /// Matured cohorts with labelled pairs.
    package var cohorts: Int
    /// Matured cohorts whose labels were not known in time, if at all.
    package var cohortsWithoutLabels: Int
    package var burnIn: Int
    package var alpha: Double
}

package struct ComparisonTests: Sendable, Equatable {
    package var mcNemarMidP: Double?
    package var championRightOnly: Int
    package var shadowRightOnly: Int
    package var deLongZ: Double?
    package var deLongP: Double?
}

/// A champion and a shadow on the same requests.
package struct Comparison: Sendable, Equatable {
    package var shadow: String
    package var pairs: Int
    /// Requests that both scored and whose label is out.
    package var unlabelledPairs: Int
    package var championOnly: Int
    package var shadowOnly: Int
    package var metrics: [ComparedMetric]
    package var tests: ComparisonTests
    package var sequence: ComparisonSequence
    package var slices: [SliceComparison]
    package var verdict: ComparisonVerdict
    package var reasons: [String]
    /// Labelled pairs still needed to find the smallest gain of interest, if it is real.
    package var morePairsNeeded: (median: Int, p80: Int)?

    package static func == (left: Comparison, right: Comparison) -> Bool {
        left.shadow == right.shadow && left.pairs == right.pairs && left.metrics == right.metrics
            && left.sequence == right.sequence && left.verdict == right.verdict
            && left.reasons == right.reasons
    }
}

package struct SliceComparison: Sendable, Equatable {
    package var key: String
    package var value: String
    package var pairs: Int
    package var metric: ComparedMetric
}

package struct ComparisonReport: Sendable {
    package var task: PredictionTask
    package var champion: String
    package var asOf: Instant
    package var metric: String
    package var margin: Double?
    package var comparisons: [Comparison]

    package init(
        task: PredictionTask,
        champion: String,
        asOf: Instant,
        metric: String,
        margin: Double?,
        comparisons: [Comparison]
    ) {
        self.task = task
        self.champion = champion
        self.asOf = asOf
        self.metric = metric
        self.margin = margin
        self.comparisons = comparisons
    }
}

/// The scores of both models on the same labelled requests, for tests that need rows.
package struct PairedRows: Sendable {
    package private(set) var champion: [Double] = []
    package private(set) var shadow: [Double] = []
    package private(set) var outcomes: [Bool] = []

    package init() {}

    package mutating func add(champion: Double, shadow: Double, isPositive: Bool) {
        self.champion.append(champion)
        self.shadow.append(shadow)
        outcomes.append(isPositive)
    }
}

/// Draws the conclusions of a comparison from paired sums; pure.
package struct ComparisonBuilder: Sendable {
    package let task: PredictionTask
    package let loss: PairedLoss
    /// The largest loss that is still as good as none; `nil` asks for better only.
    package let margin: Double?
    package var shadow: String
    package var days: [Int32: PairSums] = [:]
    package var slices: [[String]: [Int32: PairSums]] = [:]
    package var championPredictions = 0
    package var shadowPredictions = 0
    /// Matured cohorts in event order.
    package var cohorts: [PairSums] = []
    package var rows: PairedRows?

    package init(task: PredictionTask, loss: PairedLoss, margin: Double?, shadow: String) {
        self.task = task
        self.loss = loss
        self.margin = margin
        self.shadow = shadow
    }

    package func build() -> Comparison {
        let total = Self.sum(days.values, kind: task.kind)
        let sequence = sequence()
        let (verdict, reasons) = decide(sequence, pairs: total.pairs)
        let bothScored = total.pairs + total.unlabelledPairs
        let areas = areas()
        return Comparison(
            shadow: shadow,
            pairs: total.pairs,
            unlabelledPairs: total.unlabelledPairs,
            championOnly: championPredictions - bothScored,
            shadowOnly: shadowPredictions - bothScored,
            metrics: PairedLoss.all(for: task.kind).map { compared($0, days) } + area(areas),
            tests: ComparisonTests(
                mcNemarMidP: task.kind == .regression || total.pairs == 0
                    ? nil
                    : McNemar(
                        championOnly: total.championRightOnly,
                        shadowOnly: total.shadowRightOnly
                    ).midPValue,
                championRightOnly: total.championRightOnly,
                shadowRightOnly: total.shadowRightOnly,
                deLongZ: areas?.z,
                deLongP: areas?.pValue
            ),
            sequence: sequence,
            slices: slices.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { name, days in
                SliceComparison(
                    key: name[0],
                    value: name[1],
                    pairs: Self.sum(days.values, kind: task.kind).pairs,
                    metric: compared(loss, days)
                )
            },
            verdict: verdict,
            reasons: reasons,
            morePairsNeeded: morePairs(sequence, total)
        )
    }

    // MARK: - Metrics at one look

    private static func sum(_ parts: some Sequence<PairSums>, kind: TaskKind) -> PairSums {
        parts.reduce(into: PairSums(kind: kind)) { $0.add($1) }
    }

    private func compared(_ loss: PairedLoss, _ days: [Int32: PairSums]) -> ComparedMetric {
        let total = Self.sum(days.values, kind: task.kind)
        guard total.pairs > 0 else {
            return ComparedMetric(name: loss.metricName, reason: "no labelled pairs")
        }
        let n = Double(total.pairs)
        let sums = total.sums(loss)
        let blocks = days.filter { $0.value.pairs > 0 }.sorted { $0.key < $1.key }.map(\.value)
        let cohorts = try? CohortSums(
            counts: blocks.map { Double($0.pairs) },
            sums: blocks.map { $0.gain(loss) }
        )
        let interval = cohorts.flatMap(blockMean)?.interval()
        let isAccuracy = loss == .decision
        return ComparedMetric(
            name: loss.metricName,
            champion: isAccuracy ? 1 - sums.champion / n : sums.champion / n,
            shadow: isAccuracy ? 1 - sums.shadow / n : sums.shadow / n,
            gain: total.gain(loss) / n,
            low: interval?.low,
            high: interval?.high,
            reason: interval == nil ? "no interval: it needs labelled pairs on two days" : nil
        )
    }

    private func areas() -> PairedAreas? {
        guard let rows else { return nil }
        return
            (try? pairedDeLong(
                championScores: rows.champion,
                shadowScores: rows.shadow,
                outcomes: rows.outcomes
            ))
            ?? nil
    }

    private func area(_ areas: PairedAreas?) -> [ComparedMetric] {
        guard let areas else { return [] }
        let interval = areas.interval()
        return [
            ComparedMetric(
                name: "roc_auc",
                champion: areas.champion,
                shadow: areas.shadow,
                gain: areas.gain,
                low: interval?.low,
                high: interval?.high
            )
        ]
    }

    // MARK: - The sequential verdict

    private func sequence() -> ComparisonSequence {
        let labelled = cohorts.filter { $0.pairs > 0 }
        let test = BlockAsymptoticConfidenceSequence()
        let sums = try? CohortSums(
            counts: labelled.map { Double($0.pairs) },
            sums: labelled.map { $0.gain(loss) }
        )
        let point = sums.flatMap { test.latest($0) }
        return ComparisonSequence(
            mean: point?.mean,
            low: point?.interval?.low,
            high: point?.interval?.high,
            logEValue: point?.logEValue,
            cohorts: labelled.count,
            cohortsWithoutLabels: cohorts.count - labelled.count,
            burnIn: test.burnIn,
            alpha: test.alpha
        )
    }

    private func decide(
        _ sequence: ComparisonSequence,
        pairs: Int
    ) -> (ComparisonVerdict, [String]) {
        var reasons: [String] = []
        if sequence.cohortsWithoutLabels > 0 {
            reasons.append(
                "\(sequence.cohortsWithoutLabels) matured cohorts hold no labelled pairs: their labels were "
                    + "not known by the horizon. If the files are history, upload them with --backfill."
            )
        }
        guard let low = sequence.low, let high = sequence.high else {
            reasons.insert(
                "\(sequence.cohorts) cohorts have matured with labelled pairs; a verdict takes "
                    + "\(sequence.burnIn).",
                at: 0
            )
            return (.undecided, reasons)
        }
        let span = "\(Text.number(low)) to \(Text.number(high))"
        let name = loss.metricName
        if low > 0 {
            reasons.insert(
                "The shadow's \(name) is better: the gain lies in \(span), above 0, at every look.",
                at: 0
            )
            return (.promote, reasons)
        }
        if high < 0 {
            reasons.insert(
                "The shadow's \(name) is worse: the gain lies in \(span), below 0, at every look.",
                at: 0
            )
            return (.keepChampion, reasons)
        }
        if let margin, low > -margin {
            reasons.insert(
                "The shadow is at most \(Text.number(margin)) worse in \(name): the gain lies in \(span).",
                at: 0
            )
            return (.nonInferior, reasons)
        }
        reasons.insert(
            "The gain in \(name) lies in \(span), which includes 0: keep collecting.",
            at: 0
        )
        return (.undecided, reasons)
    }

    /// Planned on the smallest gain of interest, never on the observed one: the margin, or 1 % of the
    /// champion's loss.
    private func morePairs(
        _ sequence: ComparisonSequence,
        _ total: PairSums
    ) -> (median: Int, p80: Int)? {
        let labelled = cohorts.filter { $0.pairs > 0 }
        guard !labelled.isEmpty, total.pairs > 0,
            let sums = try? CohortSums(
                counts: labelled.map { Double($0.pairs) },
                sums: labelled.map { $0.gain(loss) }
            ),
            let point = BlockAsymptoticConfidenceSequence().latest(sums), point.variance > 0
        else { return nil }
        let interesting = margin ?? 0.01 * total.sums(loss).champion / Double(total.pairs)
        guard interesting > 0,
            let size = SequentialSampleSize(gain: interesting, variance: point.variance)
        else { return nil }
        let more = size.remaining(after: labelled.count)
        let pairsPerCohort =
            Double(labelled.reduce(0) { $0 + $1.pairs }) / Double(labelled.count)
        return (
            Int((Double(more.median) * pairsPerCohort).rounded(.up)),
            Int((Double(more.atPower) * pairsPerCohort).rounded(.up))
        )
    }
}

extension PairSums {
    fileprivate mutating func add(_ other: PairSums) {
        self = PairSums.merged(self, other)
    }
}
