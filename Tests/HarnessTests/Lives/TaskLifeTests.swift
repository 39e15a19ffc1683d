import Foundation
import TestSupport
import Testing

/// Random lives of tasks: every answer is the same for ever, and what a plain second implementation gives.
@Suite(.temporaryDatabase, .hangLimit)
struct TaskLifeTests {
    /// `GNOMON_LIVES` is the number of lives, `GNOMON_FIRST_LIFE` the first one's.
    private static let lives: Range<Int> = {
        let first = setting("GNOMON_FIRST_LIFE") ?? 0
        return first..<first + max(setting("GNOMON_LIVES") ?? 100, 0)
    }()
    /// `GNOMON_LIFE_QUESTIONS` is the number of questions that are asked as of each instant of a life.
    private static let questions = setting("GNOMON_LIFE_QUESTIONS") ?? 3

    private static func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }

    @Test(arguments: lives)
    func `T1 to T10: a random life gives the numbers of the plain truth, for ever`(life: Int)
        async throws
    {
        var player = try await LifePlayer(
            TaskLife(seed: UInt64(life)),
            questions: Self.questions
        )
        let played = try await player.play()
        #expect(played.failures == [])
        #expect(played.numbers > 0, "nothing was compared")
    }
}
