import Foundation
import TestSupport
import Testing

/// Random lives of tasks: every answer is the same for ever, and what a plain second implementation gives.
@Suite(.temporaryDatabase, .timeLimit(.minutes(60)))
struct TaskLifeTests {
    /// `GNOMON_LIVES` raises or lowers the number of lives (a life takes seconds), `GNOMON_FIRST_LIFE` names the first.
    static let lives: Range<Int> = {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["GNOMON_FIRST_LIFE"].flatMap(Int.init) ?? 0
        let count = environment["GNOMON_LIVES"].flatMap(Int.init) ?? 10
        return first..<first + max(count, 0)
    }()

    @Test func `T1 to T10: random lives give the numbers of the plain truth, for ever`()
        async throws
    {
        var numbers = 0
        for seed in Self.lives {
            var player = try await LifePlayer(TaskLife(seed: UInt64(seed)))
            let played = try await player.play()
            numbers += played.numbers
            #expect(played.failures == [], "life \(seed)")
        }
        #expect(numbers > 100 * Self.lives.count, "too little was compared")
    }
}
