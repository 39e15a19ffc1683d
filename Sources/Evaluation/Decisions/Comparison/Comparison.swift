/// What a comparison concludes.
package enum ComparisonVerdict: String, Sendable, CaseIterable {
    case promote
    case keepChampion = "keep_champion"
    case undecided
    case nonInferior = "non_inferior"
}

/// What somebody who compares may ask for beyond "better".
package struct ComparisonOptions: Sendable, Equatable {
    /// A shadow is promoted where its gain is above this, and given up where it is below.
    package var minimumGain = 0.0
    /// The largest loss that is still as good as none; `nil` asks for better only.
    package var margin: Double?

    package init(minimumGain: Double = 0, margin: Double? = nil) {
        self.minimumGain = minimumGain
        self.margin = margin
    }
}

/// The confidence sequence that the verdict rests on.
package struct ComparisonSequence: Sendable, Equatable {
    package var mean: Double?
    package var low: Double?
    package var high: Double?
    package var logEValue: Double?
    /// Matured days with labelled pairs.
    package var cohorts: Int
    /// Matured days with pairs of which no label was known in time.
    package var cohortsWithoutLabels: Int
    package var burnIn: Int
    /// The error probability of this sequence: 0.05, or what Holm's steps leave to it among several shadows.
    package var alpha: Double
    /// The shadows among which the error probability is shared.
    package var family: Int
    /// Whether e-BH counts this shadow among the better ones at a false discovery rate of 5 %.
    package var isDiscovery: Bool
    /// How much more the units scatter than independent rows would.
    package var overdispersion: Double?
    /// Independent pairs that the matured pairs are worth.
    package var effectivePairs: Double?
    /// What is taken as independent: days, or entities, whose rows depend on other days too.
    package var unit: EvidenceUnit
    /// Of the 64 groups that entities are summed in, those with matured pairs; `nil` for days.
    package var groups: Int?
    /// Groups of equal size that they are worth.
    package var effectiveGroups: Double?
    /// On how many days an entity comes back; `nil` where no request names one.
    package var recurrence: Double?
    /// How many times the variance between days entities make it; `nil` where no request names one.
    package var designEffect: Double?
    /// When the verdict was first reached.
    package var decidedAt: Instant?
    /// The first decision there was, whether it still holds or not.
    package var firstDecision: ComparisonDecision?
    /// Why there is no interval.
    package var gap: SequenceGap?
}

/// A verdict, and when it was reached first and lost last; it may have been open in between.
package struct ComparisonDecision: Sendable, Equatable {
    package var verdict: ComparisonVerdict
    package var from: Instant
    /// `nil` while it holds.
    package var until: Instant?
}

/// RA-EB over days: a second opinion without asymptotics.
package struct ComparisonCheck: Sendable, Equatable {
    package var mean: Double?
    package var low: Double?
    package var high: Double?
    /// The larger of the log e-values for the shadow and for the champion.
    package var logEValue: Double
    /// ln(2/α): what one of two sides must reach.
    package var logThreshold: Double
}

/// Tests that count rows as units or hold at one look only; shown, and not decided by.
package struct ComparisonTests: Sendable, Equatable {
    package var mcNemarMidP: Double?
    package var championRightOnly = 0
    package var shadowRightOnly = 0
    package var deLongZ: Double?
    package var deLongP: Double?
    /// t of the mean gain with rows as units.
    package var rowT: Double?
    /// t of the mean gain with days as blocks.
    package var dayT: Double?
    /// Over matured rows, valid at every look if rows are independent.
    package var anytimeMcNemarLogE: Double?
    package var rowBernsteinLogE: Double?
}

/// A part of the traffic, with its own sequence.
package struct SliceComparison: Sendable, Equatable {
    package var slice: Slice
    package var pairs: Int
    /// With labels or without.
    package var apart: PairsApart
    package var metric: ComparedMetric
    package var low: Double?
    package var high: Double?
    package var cohorts: Int
    package var alpha: Double
    package var finding: Finding

    /// What holds of a slice, with all slices held together to 5 %.
    package enum Finding: String, Sendable, CaseIterable {
        case better
        case worse
        case undecided
    }
}

/// Labelled pairs and days still needed to find the smallest gain of interest, if it is real.
package struct MorePairs: Sendable, Equatable {
    /// The gain that is planned for.
    package var gain: Double
    package var median: Int
    package var p80: Int
    /// Matured days like the last ones that hold so many.
    package var medianDays: Int
    package var p80Days: Int
    /// When these have matured at the present rate; `nil` where that has passed, so that none seem to come.
    package var medianAt: Instant?
    package var p80At: Instant?
}

/// The gain over the last days, to be held beside the gain over all time.
package struct RecentGain: Sendable, Equatable {
    package var from: Instant
    package var to: Instant
    package var pairs: Int
    package var gain: Double
    package var low: Double?
    package var high: Double?
}

/// The confidence sequence after one matured day.
package struct GainPoint: Sendable, Equatable {
    package var start: Instant
    package var end: Instant
    /// When the day had matured, and the sequence could be read so far.
    package var knownAt: Instant
    package var pairs: Int
    /// The mean gain of all days so far.
    package var mean: Double
    /// `nil` before the burn-in.
    package var low: Double?
    package var high: Double?

    package init(
        start: Instant,
        end: Instant,
        knownAt: Instant,
        pairs: Int,
        mean: Double,
        low: Double?,
        high: Double?
    ) {
        self.start = start
        self.end = end
        self.knownAt = knownAt
        self.pairs = pairs
        self.mean = mean
        self.low = low
        self.high = high
    }
}

/// A champion and a shadow on the same requests.
package struct Comparison: Sendable, Equatable {
    package var shadow: Name
    package var pairs: Int
    /// Requests that both scored and whose label is out.
    package var unlabelledPairs: Int
    /// Predictions of the champion in the interval, less those of pairs.
    ///
    /// Where an interval ends between the two predictions of a request it may be off by that request, since
    /// a pair belongs to the earlier of them.
    package var championOnly: Int
    /// Predictions of the shadow in the interval, less those of pairs, as for the champion.
    package var shadowOnly: Int
    /// With labels or without.
    package var apart: PairsApart
    package var metrics: [ComparedMetric]
    package var tests: ComparisonTests
    package var sequence: ComparisonSequence
    /// The sequence day after day; its last point is `sequence`.
    package var path: [GainPoint]
    package var check: ComparisonCheck?
    package var recent: RecentGain?
    package var slices: [SliceComparison]
    package var health: ShadowHealth
    /// `nil` where no day has predictions.
    package var guardrails: ServiceGuardrails?
    /// What the verdict comes from; the ledger may take it away.
    package var standing: ShadowStanding
    package var verdict: ComparisonVerdict
    package var reasons: [String]
    package var morePairsNeeded: MorePairs?
}

package struct ComparisonReport: Sendable, Equatable {
    package var task: PredictionTask
    package var champion: Name
    /// Since when the model is taken for the champion, where nobody has named one, nor the question a model.
    package var championAssumedSince: Instant?
    package var asOf: Instant
    package var metric: ComparisonMetric
    package var options: ComparisonOptions
    package var comparisons: [Comparison]
    /// What contradicts in the window that is asked about, of all models; `nil` where nothing does.
    package var contradictions: Contradictions?
    /// Requests that are missing in the numbers, for their rows were deleted.
    package var forgotten: Int64
    /// Set where it is a replay.
    package var replay: Replay?
    /// The evidence that there is.
    package var ledger: LedgerSummary

    package init(
        task: PredictionTask,
        champion: Name,
        championAssumedSince: Instant? = nil,
        asOf: Instant,
        metric: ComparisonMetric,
        options: ComparisonOptions,
        comparisons: [Comparison],
        contradictions: Contradictions? = nil,
        forgotten: Int64 = 0,
        replay: Replay? = nil,
        ledger: LedgerSummary = .none
    ) {
        self.task = task
        self.champion = champion
        self.championAssumedSince = championAssumedSince
        self.asOf = asOf
        self.metric = metric
        self.options = options
        self.comparisons = comparisons
        self.contradictions = contradictions
        self.forgotten = forgotten
        self.replay = replay
        self.ledger = ledger
    }
}
