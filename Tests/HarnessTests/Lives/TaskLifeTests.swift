import Foundation
import TestSupport
import Testing

/// Random lives of tasks: every answer is the same for ever, and what a plain second implementation gives.
@Suite(.temporaryDatabase, .timeLimit(.minutes(60)))
struct TaskLifeTests {
    /// `GNOMON_LIVES` is the number of lives, `GNOMON_FIRST_LIFE` the first one's.
    private static let lives: Range<Int> = {
        let first = setting("GNOMON_FIRST_LIFE") ?? 0
        return first..<first + max(setting("GNOMON_LIVES") ?? 100, 0)
    }()
    /// `GNOMON_LIFE_QUESTIONS` is the number of questions that are asked as of each instant of a life.
    private static let questions = setting("GNOMON_LIFE_QUESTIONS") ?? 3
    private static let livesAtOnce = 4

    private static func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }

    @Test func `T1 to T10: random lives give the numbers of the plain truth, for ever`()
        async throws
    {
        var numbers = 0
        try await withThrowingTaskGroup(of: Int.self) { group in
            for (place, seed) in Self.lives.enumerated() {
                if place >= Self.livesAtOnce { numbers += try await group.next() ?? 0 }
                group.addTask { try await Self.play(seed) }
            }
            for try await count in group { numbers += count }
        }
        #expect(numbers > 20 * Self.lives.count, "too little was compared")
    }

    /// - Returns: How many numbers were compared.
    private static func play(_ seed: Int) async throws -> Int {
        var player = try await LifePlayer(TaskLife(seed: UInt64(seed)), questions: questions)
        let played = try await player.play()
        #expect(played.failures == [], "life \(seed)")
        return played.numbers
    }
}
