import Evaluation
import Foundation
import TestSupport
import Testing

/// Random lives of tasks: every answer is the same for ever, and what a plain second implementation gives.
///
/// Without a limit of time: it would begin for all of them with the first.
@Suite(.temporaryDatabase)
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
        let played = TaskLife(seed: UInt64(life))
        var player = try await LifePlayer(played, questions: Self.questions)
        let (failures, numbers) = try await player.play()
        #expect(failures == [])
        // The plain truth lets go of nothing, so it is asked only until rows are let go of.
        #expect(numbers > 20 || played.task.retentionSeconds != nil, "too little was compared")
    }
}
