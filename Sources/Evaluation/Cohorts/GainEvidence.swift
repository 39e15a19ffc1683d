package import Statistics

/// What the tests of a comparison need of two versions on the same labelled requests, beyond sums of losses.
///
/// A gain here is loss(first) − loss(second). Three kinds of sums, all of whole numbers:
///
/// - **Ranks**, exact: pairs of a positive and a negative of the cohort, and which of them each version puts in
///   the right order, ties as half.
/// - **Ranges**: the least and the greatest gain that each request could have had, before its label.
/// - **Costs** of RA-EB for the Brier score, row by row: Σ ψ(λc)/c² δ² for each bet, on both sides.
package struct GainEvidence: Sendable, Equatable {
    package private(set) var totals = none

    package init() {}

    package static let betCount = 16
    private static let rankPairs = 0
    private static let firstRanks = 1
    private static let secondRanks = 2
    private static let ranges = 3
    private static let logLossRanges = ranges + 2
    private static let decisionRanges = ranges + 4
    private static let costs = 9
    /// The only sum, of regression tasks: of the distances of both values, by which absolute errors can differ.
    ///
    /// In the first format the ranges had it twice.
    private static let distances = 0
    private static let none = CellTotals(
        TotalsShape(numbers: costs + 2 * betCount, addedSums: 1)
    )

    package mutating func add(_ other: GainEvidence) {
        totals.add(other.totals)
    }

    package mutating func add(totals bytes: [UInt8]) throws(CellCodingError) {
        try CellCoding.add(totals: bytes, to: &totals)
    }

    // MARK: - Adding a labelled request

    /// Adds a request of a binary task.
    package mutating func addBinary(
        first: Double,
        second: Double,
        isPositive: Bool,
        threshold: Double
    ) {
        let outcomes = [false, true].map { outcome in
            (
                BinaryLosses(probability: first, isPositive: outcome, threshold: threshold),
                BinaryLosses(probability: second, isPositive: outcome, threshold: threshold)
            )
        }
        addRange(at: Self.ranges, outcomes.map { $0.0.brier - $0.1.brier })
        addRange(at: Self.logLossRanges, outcomes.map { $0.0.logLoss - $0.1.logLoss })
        let unit = FixedPoint.loss(1)
        addRange(
            at: Self.decisionRanges,
            outcomes.map { ($0.0.isRight ? 0 : unit) - ($0.1.isRight ? 0 : unit) }
        )
        let row = GainRange.brier(champion: first, shadow: second, outcome: isPositive)
        let costs = Self.bernstein.costs(of: row)
        for bet in 0..<Self.betCount {
            totals.numbers[Self.costs + bet] += FixedPoint.loss(costs.forShadow[bet])
            totals.numbers[Self.costs + Self.betCount + bet] += FixedPoint.loss(
                costs.forChampion[bet]
            )
        }
    }

    /// Adds a request of a regression task: the absolute errors of two values can differ by their distance.
    package mutating func addRegression(first: Double, second: Double) {
        totals.sums[Self.distances].add(abs(first - second))
    }

    /// Adds which of the pairs of a positive and a negative are in the right order.
    ///
    /// - Parameter scores: Of both versions, for the labelled requests of a cohort.
    package mutating func addRanks(_ scores: [(first: Double, second: Double, isPositive: Bool)]) {
        let positives = scores.count { $0.isPositive }
        totals.numbers[Self.rankPairs] += Int128(positives) * Int128(scores.count - positives)
        totals.numbers[Self.firstRanks] += Self.twiceOrdered(
            scores.map { ($0.first, $0.isPositive) }
        )
        totals.numbers[Self.secondRanks] += Self.twiceOrdered(
            scores.map { ($0.second, $0.isPositive) }
        )
    }

    /// Twice the number of pairs of a positive above a negative, where a tie counts half.
    private static func twiceOrdered(_ rows: [(score: Double, isPositive: Bool)]) -> Int128 {
        var sum: Int128 = 0
        var below = 0
        let sorted = rows.sorted { $0.score < $1.score }
        var start = sorted.startIndex
        while start < sorted.endIndex {
            var end = start
            var positives = 0
            while end < sorted.endIndex, sorted[end].score == sorted[start].score {
                if sorted[end].isPositive { positives += 1 }
                end += 1
            }
            let negatives = end - start - positives
            sum += Int128(positives) * Int128(2 * below + negatives)
            below += negatives
            start = end
        }
        return sum
    }

    private mutating func addRange(at slot: Int, _ gains: [Int128]) {
        totals.numbers[slot] += gains.min() ?? 0
        totals.numbers[slot + 1] += gains.max() ?? 0
    }

    /// Losses of other kinds of task have the same; those that have none have no range.
    private static let rangeSlots: [PairedLoss: Int] = [
        .brier: ranges, .logLoss: logLossRanges, .decision: decisionRanges, .absoluteError: ranges,
    ]

    // MARK: - Reading

    /// The same, seen from a champion: gains of the second version, or of the first where the champion is the
    /// second.
    package func oriented(championIsFirst: Bool) -> GainEvidence {
        guard !championIsFirst else { return self }
        var turned = self
        turned.totals.numbers.swapAt(Self.firstRanks, Self.secondRanks)
        for slot in stride(from: Self.ranges, to: Self.costs, by: 2) {
            turned.totals.numbers[slot] = -totals.numbers[slot + 1]
            turned.totals.numbers[slot + 1] = -totals.numbers[slot]
        }
        for bet in 0..<Self.betCount {
            turned.totals.numbers.swapAt(Self.costs + bet, Self.costs + Self.betCount + bet)
        }
        return turned
    }

    /// Pairs of a positive and a negative of the same cohort.
    package var comparablePairs: Double { Double(totals.numbers[Self.rankPairs]) }
    /// How many of them the champion orders rightly.
    package var championOrdered: Double { Double(totals.numbers[Self.firstRanks]) / 2 }
    /// How many of them the shadow orders rightly.
    package var shadowOrdered: Double { Double(totals.numbers[Self.secondRanks]) / 2 }

    /// The sums of the least and of the greatest gains that were possible before the labels.
    package func range(_ loss: PairedLoss) -> (low: Double, high: Double)? {
        guard let slot = Self.rangeSlots[loss] else { return nil }
        let distances = loss == .absoluteError ? totals.sums[Self.distances] : ExactNumber()
        let low = FixedPoint.exact(lossSum: totals.numbers[slot]) - distances
        let high = FixedPoint.exact(lossSum: totals.numbers[slot + 1]) + distances
        return (Double(low), Double(high))
    }

    /// RA-EB over rows for the Brier score, with rows as units.
    ///
    /// `pairs` is the number of labelled pairs, `gain` the sum of their gains.
    package func bernstein(pairs: Int, gain: Double) -> RangeAdaptiveBernstein {
        var state = Self.bernstein
        var sums = RangeAdaptiveBernstein.Sums(betCount: Self.betCount)
        sums.count = pairs
        sums.gain = gain
        for bet in 0..<Self.betCount {
            let shadow = FixedPoint.value(ofLossSum: totals.numbers[Self.costs + bet])
            let champion = FixedPoint.value(
                ofLossSum: totals.numbers[Self.costs + Self.betCount + bet]
            )
            sums.costsForShadow[bet] = shadow
            sums.costsForChampion[bet] = champion
            sums.evidenceForShadow[bet] = state.bets[bet] * gain - shadow
            sums.evidenceForChampion[bet] = -state.bets[bet] * gain - champion
        }
        try? state.merge(sums)
        return state
    }

    private static let bernstein = RangeAdaptiveBernstein(betCount: betCount)
}
