@testable import Evaluation
import Statistics
import Testing

struct HolmStepsTests {
    @Test(arguments: UInt64(1)...50)
    func `what decides is what Holm's procedure rejects`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 0...8, using: &generator)
        // A sequence decides at every level at or above its p-value.
        let pValues = (0..<count).map { _ in 0.1 * generator.nextUniform() }
        let steps = HolmSteps(count, alpha: 0.05) { pValues[$0] <= $1 }
        let adjusted = try PValueAdjustment.holm.adjust(pValues)
        #expect(steps.levels.count == count)
        for index in 0..<count {
            #expect((pValues[index] <= steps.levels[index]) == (adjusted[index] <= 0.05))
            #expect(steps.levels[index] >= 0.05 / Double(count))
            #expect(steps.levels[index] <= 0.05)
        }
    }

    @Test func `one alone has the whole level, and what decides leaves its share`() {
        #expect(HolmSteps(1, alpha: 0.05) { _, _ in false }.levels == [0.05])
        let steps = HolmSteps(2, alpha: 0.04) { index, _ in index == 0 }
        #expect(steps.levels == [0.02, 0.04])
    }
}
