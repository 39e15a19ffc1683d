import Statistics
import Testing

/// In how many blocks a watch finds a rise, and in how many it says it would.
struct WatchPowerTests {
    /// A stream of scores that are right, of which a share of the labels is turned round from a block on.
    private struct Stream {
        var generator: SeededGenerator
        let rows: Int
        let turned: Double

        mutating func block(isBroken: Bool) throws -> RelativeRiskBlock {
            var scores: [Double] = []
            var outcomes: [Bool] = []
            for _ in 0..<rows {
                let score = Double.random(in: 0.02...0.98, using: &generator)
                var outcome = Double.random(in: 0..<1, using: &generator) < score
                if isBroken, Double.random(in: 0..<1, using: &generator) < turned {
                    outcome.toggle()
                }
                scores.append(score)
                outcomes.append(outcome)
            }
            return try RelativeRiskBlock(probabilities: scores, outcomes: outcomes, reference: 0.5)
        }
    }

    /// The Brier score of right scores is E[p(1 − p)] = 0.173; a label that is turned round costs E[(2p − 1)²] = 0.307.
    @Test(arguments: [20, 200])
    func `a rise by a half is found in about as many blocks as is said`(rows: Int) throws {
        var delays: [Double] = []
        var said: [Double] = []
        for seed in 0..<25 {
            var stream = Stream(
                generator: SeededGenerator(seed: UInt64(1_000 + seed)),
                rows: rows,
                turned: 0.5 * 0.173 / 0.307
            )
            var watch = RelativeRiskWatch()
            for _ in 0..<150 { watch.add(try stream.block(isBroken: false)) }
            try #require(watch.standing == nil)
            said.append(try #require(watch.blocksToFind(rise: 0.5)))
            var delay = 0.0
            while watch.standing == nil, delay < 300 {
                watch.add(try stream.block(isBroken: true))
                delay += 1
            }
            delays.append(delay)
        }
        let (median, promise) = (delays.sorted()[12], said.sorted()[12])
        #expect(median < 2 * promise + 1 && median > promise / 2 - 1, "\(median), said \(promise)")
    }

    @Test func `what the bound allows is never found, and an alarm says nothing of it`() throws {
        var stream = Stream(generator: SeededGenerator(seed: 7), rows: 20, turned: 0.5)
        var watch = RelativeRiskWatch()
        #expect(watch.blocksToFind(rise: 0.5) == nil)
        for _ in 0..<60 { watch.add(try stream.block(isBroken: false)) }
        #expect(watch.blocksToFind(rise: 0.05) == nil)
        let (half, twice) = (
            try #require(watch.blocksToFind(rise: 0.5)), try #require(watch.blocksToFind(rise: 1))
        )
        #expect(twice < half)
        for _ in 0..<60 { watch.add(try stream.block(isBroken: true)) }
        #expect(watch.standing != nil && watch.blocksToFind(rise: 0.5) == nil)
    }
}
