import Evaluation
import Foundation
import Statistics
import Testing

struct GainEvidenceTests {
    private typealias Row = (first: Double, second: Double, isPositive: Bool)

    /// Rows with ties within and between the models and the classes.
    private func rows(_ count: Int, seed: UInt64) -> [Row] {
        var generator = SeededGenerator(seed: seed)
        func score() -> Double { Double(Int.random(in: 0...8, using: &generator)) / 8 }
        return (0..<count).map { _ in (score(), score(), generator.nextUniform() < 0.4) }
    }

    private func evidence(_ rows: [Row]) -> GainEvidence {
        var evidence = GainEvidence()
        for row in rows {
            evidence.addBinary(
                first: row.first,
                second: row.second,
                isPositive: row.isPositive,
                threshold: 0.5
            )
        }
        evidence.addRanks(rows)
        return evidence
    }

    @Test(arguments: UInt64(1)...5)
    func `seen from the other side every gain has the other sign`(seed: UInt64) throws {
        let rows = rows(60, seed: seed)
        let forwards = evidence(rows)
        let backwards = evidence(rows.map { ($0.second, $0.first, $0.isPositive) })
        #expect(forwards != backwards)
        #expect(forwards.oriented(championIsFirst: false) == backwards)
        #expect(forwards.oriented(championIsFirst: true) == forwards)
        #expect(
            forwards.oriented(championIsFirst: false).oriented(championIsFirst: false) == forwards
        )
        for loss in [PairedLoss.brier, .logLoss, .decision] {
            let one = try #require(forwards.range(loss))
            let two = try #require(backwards.range(loss))
            #expect(one.low == -two.high && one.high == -two.low)
        }
        let gain = rows.reduce(0.0) { sum, row in
            let outcome = row.isPositive ? 1.0 : 0
            return sum + pow(row.first - outcome, 2) - pow(row.second - outcome, 2)
        }
        let one = forwards.bernstein(pairs: rows.count, gain: gain)
        let two = backwards.bernstein(pairs: rows.count, gain: -gain)
        #expect(one.logEvidenceForShadow == two.logEvidenceForChampion)
        #expect(one.logEvidenceForChampion == two.logEvidenceForShadow)
    }

    @Test(arguments: UInt64(1)...5)
    func `ranks are what comparing every positive with every negative counts`(seed: UInt64) {
        let rows = rows(50, seed: seed)
        var (pairs, first, second) = (0.0, 0.0, 0.0)
        for positive in rows where positive.isPositive {
            for negative in rows where !negative.isPositive {
                pairs += 1
                first += order(positive.first, negative.first)
                second += order(positive.second, negative.second)
            }
        }
        let evidence = evidence(rows)
        #expect(evidence.comparablePairs == pairs)
        #expect(evidence.championOrdered == first)
        #expect(evidence.shadowOrdered == second)
        // A day with one class has nothing to rank.
        #expect(self.evidence(rows.filter(\.isPositive)).comparablePairs == 0)
    }

    private func order(_ positive: Double, _ negative: Double) -> Double {
        positive > negative ? 1 : positive == negative ? 0.5 : 0
    }

    @Test(arguments: UInt64(1)...5)
    func `RA-EB from stored sums is that of the rows`(seed: UInt64) {
        let rows = rows(80, seed: seed)
        var state = RangeAdaptiveBernstein(betCount: GainEvidence.betCount)
        var gain = 0.0
        for row in rows {
            let range = GainRange.brier(
                champion: row.first,
                shadow: row.second,
                outcome: row.isPositive
            )
            state.add(range)
            gain += range.gain
        }
        let stored = evidence(rows).bernstein(pairs: rows.count, gain: gain)
        #expect(abs(stored.logEvidenceForShadow - state.logEvidenceForShadow) < 1e-9)
        #expect(abs(stored.logEvidenceForChampion - state.logEvidenceForChampion) < 1e-9)
        #expect(stored.count == state.count)
    }

    @Test func `the range of a loss holds the gain of every label`() throws {
        let rows = rows(40, seed: 9)
        for flipped in [false, true] {
            let labelled = rows.map { ($0.first, $0.second, $0.isPositive != flipped) }
            let evidence = evidence(labelled)
            for loss in [PairedLoss.brier, .logLoss, .decision] {
                let range = try #require(evidence.range(loss))
                // The same whatever the labels are: it is known before them.
                #expect(range == (try #require(self.evidence(rows).range(loss))))
            }
            let brier = try #require(evidence.range(.brier))
            let gain = labelled.reduce(0.0) { sum, row in
                let outcome = row.2 ? 1.0 : 0
                return sum + pow(row.0 - outcome, 2) - pow(row.1 - outcome, 2)
            }
            #expect(brier.low <= gain && gain <= brier.high)
        }
        #expect(evidence(rows).range(.squaredError) == nil)
    }
}
