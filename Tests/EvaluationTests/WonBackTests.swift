@testable import Evaluation
import Statistics
import Testing

struct WonBackTests {
    private static func sums(
        _ blocks: Int,
        share: Double,
        excess: Double,
        seed: UInt64 = 1
    ) -> WonBack {
        var generator = SeededGenerator(seed: seed)
        return (0..<blocks).reduce(into: WonBack()) { sums, _ in
            let own = 20 * (excess + 0.02 * generator.nextNormal())
            sums.add(
                rows: 20,
                gain: share * own + 0.1 * generator.nextNormal(),
                excess: own
            )
        }
    }

    @Test func `the interval holds the shares that are on neither side of 0`() throws {
        let sums = Self.sums(120, share: 0.6, excess: 0.1)
        let interval = try #require(sums.interval)
        let share = try #require(sums.share)
        #expect(interval.low < share && share < interval.high)
        #expect(interval.high - interval.low < 0.2 && interval.low < 0.6 && interval.high > 0.6)
        // By the sequence itself, at both ends and beyond.
        for (inside, outside) in [
            (interval.low, interval.low - 1e-3), (interval.high, interval.high + 1e-3),
        ] {
            #expect(sums.sequence(inside)?.interval?.contains(0) == true)
            #expect(sums.sequence(outside)?.interval?.contains(0) == false)
        }
    }

    @Test func `nothing is ruled out while there may be no excess`() {
        #expect(Self.sums(120, share: 0.6, excess: 0).interval == nil)
        #expect(Self.sums(WonBack.leastBlocks - 1, share: 0.6, excess: 0.1).interval == nil)
        #expect(WonBack().share == nil && WonBack().interval == nil)
        #expect(Self.sums(30, share: 0.5, excess: -0.1).share == nil)
    }

    @Test func `only the newest blocks count`() throws {
        var sums = Self.sums(1_000, share: 0, excess: 0.1)
        for _ in 0..<VirtualGains.horizon { sums.add(rows: 10, gain: 1, excess: 1) }
        #expect(sums.blocks == VirtualGains.horizon && sums.share == 1)
    }
}
