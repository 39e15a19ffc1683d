/// What can be said of a shadow before any label comes.
package struct ShadowHealth: Sendable, Equatable {
    /// Of the champion's requests of the last days, the share that the shadow scored too.
    package var pairRate: Double?
    /// Of the pairs of the last days, the share with different decisions; `nil` for regression.
    package var disagreementRate: Double?
    /// The largest distance of the distribution functions of both models' scores, from 0 to 1.
    package var scoreDistance: Double?
    /// The end of the last time bucket in which the shadow scored anything.
    package var lastSeen: Instant?
    /// The start of the first time bucket since then in which only the champion did.
    package var silentSince: Instant?
    /// What is out of order, in sentences.
    package var problems: [String]
}

/// Judges a shadow by its traffic alone.
package struct ShadowHealthBuilder: Sendable {
    /// Below this share of the champion's requests, a shadow is no longer the champion's shadow.
    static let leastPairRate = 0.95
    /// Scores of which it is no chance that they are all the same.
    private static let tellingScores = 20.0
    /// What the squared loss of a row can be off, and a margin: scores are kept to a unit.
    private static let lossRounding = 4 / Double(FixedPoint.scoreUnits)

    package let task: PredictionTask
    package let buckets: TimeBuckets
    package let present: Instant
    package var champion: [Int32: ModelCell] = [:]
    package var shadow: [Int32: ModelCell] = [:]
    package var pairs: [Int32: PairSums] = [:]

    package init(task: PredictionTask, buckets: TimeBuckets, present: Instant) {
        self.task = task
        self.buckets = buckets
        self.present = present
    }

    package func build(shadowName: Name) -> ShadowHealth {
        let active = champion.filter { predictions($0.value) > 0 }.map(\.key)
        let seen = shadow.filter { predictions($0.value) > 0 }.map(\.key).max()
        var health = ShadowHealth(problems: [])
        health.lastSeen = seen.map(buckets.end)
        guard let newest = active.max() else { return health }
        let first = buckets.number(
            of: buckets.start(ofNumber: newest).advanced(
                bySeconds: -86_400 * (Int64(RecentDays.count) - 1)
            )
        )
        let recent = first...newest
        describeTraffic(recent, shadowName, &health)
        describeScores(recent, shadowName, &health)
        if let start = silentSince(seen) {
            health.silentSince = start
            health.problems.insert(Self.silence(of: shadowName, since: start), at: 0)
        }
        return health
    }

    /// The start of the first time bucket since the shadow was last seen in which only the champion predicted; a
    /// bucket tells once it is over.
    ///
    /// `seen` is the last one in which it predicted; `nil` where it never did.
    func silentSince(_ seen: Int32?) -> Instant? {
        champion.filter { number, cell in
            number > seen ?? .min && predictions(cell) > 0
                && buckets.end(ofNumber: number) <= present
        }
        .map(\.key).min().map(buckets.start)
    }

    package static func silence(of shadowName: Name, since start: Instant) -> String {
        "\(shadowName) gets no traffic: nothing since \(start.iso8601), while the champion answers."
    }

    private func predictions(_ cell: ModelCell) -> Int {
        ModelTotals(kind: task.kind, cell.totals).predictions
    }

    private func describeTraffic(
        _ recent: ClosedRange<Int32>,
        _ shadowName: Name,
        _ health: inout ShadowHealth
    ) {
        let asked = champion.filter { recent.contains($0.key) }.reduce(0) {
            $0 + predictions($1.value)
        }
        let paired = pairs.filter { recent.contains($0.key) }.map(\.value)
        let both = paired.reduce(0) { $0 + $1.allPairs }
        if asked > 0 {
            let rate = min(1, Double(both) / Double(asked))
            health.pairRate = rate
            if rate < Self.leastPairRate {
                health.problems.append(
                    "\(shadowName) scored \(Text.percent(rate)) of the champion's requests of the last "
                        + "\(RecentDays.count) days; what it left out may be of another kind."
                )
            }
        }
        let differing = paired.compactMap(\.disagreements)
        if both > 0, differing.count == paired.count {
            health.disagreementRate = Double(differing.reduce(0, +)) / Double(both)
        }
    }

    private func describeScores(
        _ recent: ClosedRange<Int32>,
        _ shadowName: Name,
        _ health: inout ShadowHealth
    ) {
        guard task.kind.has(.calibration) else { return }
        let theirs = scores(shadow, recent)
        health.scoreDistance = theirs.distance(from: scores(champion, recent))
        if theirs.rows >= Self.tellingScores, areConstant(recent, theirs) {
            health.problems.append("\(shadowName) gives every request the same score.")
        }
    }

    private func scores(
        _ cells: [Int32: ModelCell],
        _ recent: ClosedRange<Int32>
    ) -> PredictionDistribution {
        cells.lazy.filter { recent.contains($0.key) }.reduce(into: PredictionDistribution()) {
            task.kind.scoring.addPredictions(of: $1.value, to: &$0)
        }
    }

    /// Whether all the shadow's scores are one: then they lie in one bin, and the squared losses are those of their mean, and
    /// else they are larger.
    private func areConstant(
        _ recent: ClosedRange<Int32>,
        _ scores: PredictionDistribution
    ) -> Bool {
        guard scores.counts.contains(scores.rows) else { return false }
        let cells = shadow.lazy.filter { recent.contains($0.key) }.map(\.value)
        let sum = cells.flatMap(\.histogram.entries).reduce(Int64(0)) {
            $1.slot % 2 == 1 ? $0 + $1.value : $0
        }
        let score = FixedPoint.value(ofScoreSum: Int128(sum)) / scores.rows
        var excess = 0.0
        for cell in cells {
            for group in BinaryGroup.allCases {
                let count = Double(cell.totals.numbers[BinaryTotal.count.slot(group)])
                let distance = group == .positive ? 1 - score : score
                let brier = FixedPoint.value(
                    ofLossSum: cell.totals.numbers[BinaryTotal.brier.slot(group)]
                )
                excess += abs(brier - count * distance * distance)
            }
        }
        return excess <= Self.lossRounding * scores.rows
    }
}
