@testable import Evaluation
import Statistics
import Testing

struct WonBackCoverageTests {
    /// Somebody who looks after every block, and a share that is what it is.
    @Test func `the true share is seldom ever ruled out`() {
        let runs = 200
        let ruledOut = (1...runs).count { seed in
            var generator = SeededGenerator(seed: UInt64(seed))
            var sums = WonBack()
            return (0..<250).contains { _ in
                let excess = 0.08 + 0.1 * generator.nextNormal()
                let gain = 0.6 * excess + 0.05 * generator.nextNormal()
                sums.add(rows: 20, gain: 20 * gain, excess: 20 * excess)
                return sums.sequence(0.6)?.interval.map { !$0.contains(0) } ?? false
            }
        }
        // Five in a hundred are allowed; twenty of 200 are four standard errors above that.
        #expect(ruledOut <= 20, "\(ruledOut) of \(runs)")
    }
}
