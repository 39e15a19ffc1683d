@testable import Evaluation
import Statistics
import Testing

struct RecalibratedShadowTests {
    /// Days whose probabilities are too low, with labels that are known after a delay.
    private func blocks(
        _ count: Int,
        delay: Int,
        changing: Int? = nil,
        seed: UInt64 = 3
    ) -> [EvidenceDay] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { day in
            var cell = CohortCell(kind: .binary)
            let grid = LossGrid.uniform
            for _ in 0..<40 {
                let score = generator.nextUniform()
                var isPositive = generator.nextUniform() < score.squareRoot()
                if day == changing { isPositive.toggle() }
                let loss = (score - (isPositive ? 1 : 0)) * (score - (isPositive ? 1 : 0))
                cell.add(loss: loss, grid: grid)
                cell.add(score: score, isPositive: isPositive)
            }
            return EvidenceDay(
                start: Evidence.instant(day),
                end: Evidence.instant(day + 1),
                knownAt: Evidence.instant(day + 1 + delay),
                cell: cell
            )
        }
    }

    private func shadow(_ blocks: [EvidenceDay]) -> RecalibratedShadow {
        blocks.reduce(into: RecalibratedShadow(tolerance: .relative(0.1))) { $0.add($1) }
    }

    @Test(arguments: [0, 1, 10])
    func `a map knows only days that had matured when the day began`(delay: Int) throws {
        let shadow = self.shadow(blocks(60, delay: delay))
        for (index, day) in shadow.days.enumerated() {
            let newest = index - 1 - delay
            #expect(day.fittedUpTo == (newest >= 0 ? Evidence.instant(newest) : nil))
            if newest < 0 { #expect(abs(day.gain) < 1e-12) }
        }
        // Other labels of a day change no map before they are known, and the maps after.
        let changed = self.shadow(blocks(60, delay: delay, changing: 30))
        for index in shadow.days.indices where index != 30 {
            let isEqual = shadow.days[index].recalibrated == changed.days[index].recalibrated
            let isInformed = index > 30 + delay && index <= 30 + delay + RecalibratedShadow.window
            #expect(isEqual == !isInformed, "day \(index)")
        }
    }

    @Test func `recalibration wins where the probabilities are off`() throws {
        let shadow = self.shadow(blocks(100, delay: 5))
        let gain = try #require(shadow.gains.gain?.interval)
        #expect(gain.low > 0)
    }

    @Test func `the champion's loss is that of its rows up to the width of the bins`() {
        // A row moves by less than 1/600, and its loss by twice that at most.
        for (day, block) in zip(shadow(blocks(20, delay: 3)).days, blocks(20, delay: 3)) {
            #expect(abs(day.champion - block.cell.lossSum) <= 40 * 2.0 / 600)
        }
    }
}
