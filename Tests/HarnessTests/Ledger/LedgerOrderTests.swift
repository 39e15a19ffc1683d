import DecisionScenarios
import Evaluation
import Foundation
import Harness
import Statistics
import TestSupport
import Testing

/// Whatever the order, the timing and the batches in which a history comes, it is decided upon alike.
@Suite(.temporaryDatabase)
struct LedgerOrderTests {
    /// `GNOMON_ORDERS` is the number of histories.
    private static let histories: Range<UInt64> = {
        let count = ProcessInfo.processInfo.environment["GNOMON_ORDERS"].flatMap(UInt64.init) ?? 16
        return 0..<count
    }()

    private static let days = [48, 62, 75, FileHistory.dayCount + 3].map(FileHistory.day)

    private static func answers(_ laboratory: Laboratory) async throws -> [LedgerAnswers] {
        var answers: [LedgerAnswers] = []
        for day in days { answers.append(try await LedgerAnswers(laboratory, asOf: day)) }
        return answers
    }

    /// A history in files, in some order, with what happens in between.
    private struct Way {
        var files: [FileHistory.File]
        /// Whether the service freezes what is due in between.
        var ticks: Bool
        /// Whether somebody asks in between.
        var asks: Bool
        /// Two send at once.
        var senders: Int
        /// Before which file the first live row comes; `nil` for after all of them.
        var goesLiveBefore: Int?

        init(_ history: FileHistory, using generator: inout SeededGenerator) {
            files = history.files(using: &generator)
            if Bool.random(using: &generator) { files.shuffle(using: &generator) }
            ticks = Bool.random(using: &generator)
            asks = Bool.random(using: &generator)
            senders = Int.random(in: 1...2, using: &generator)
            if Bool.random(using: &generator) {
                goesLiveBefore = files.indices.randomElement(using: &generator)
            }
        }

        func run(_ laboratory: Laboratory, using generator: inout SeededGenerator) async throws {
            for (place, file) in files.enumerated() {
                if place == goesLiveBefore { try await laboratory.goLive() }
                if senders == 2, place.isMultiple(of: 2), place + 1 < files.count,
                    place + 1 != goesLiveBefore
                {
                    let next = files[place + 1]
                    async let other = laboratory.load(next)
                    try await laboratory.load(file)
                    _ = try await other
                } else if senders == 1 || place.isMultiple(of: 2) || place == goesLiveBefore {
                    try await laboratory.load(file)
                }
                if ticks, Int.random(in: 0..<3, using: &generator) == 0 {
                    _ = try await MatureCohorts(pool: laboratory.pool, task: laboratory.task).run()
                }
                if asks, Int.random(in: 0..<6, using: &generator) == 0 {
                    let day =
                        Bool.random(using: &generator)
                        ? LedgerOrderTests.days.randomElement(using: &generator) : nil
                    _ = try? await LedgerAnswers(laboratory, asOf: day)
                }
            }
            if goesLiveBefore == nil { try await laboratory.goLive() }
        }
    }

    @Test(arguments: histories)
    func `a history is decided upon alike, whatever way it comes`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: 7_000 + seed)
        let history = FileHistory(seed: seed, breaks: seed.isMultiple(of: 2) ? 50 : nil)
        let (reference, _) = try await Laboratory.of(history)
        for file in history.whole { try await reference.load(file) }
        try await reference.goLive()
        let expected = try await Self.answers(reference)

        for number in 0..<2 {
            let way = Way(history, using: &generator)
            let (laboratory, clock) = try await Laboratory.of(history, named: Name("way-\(number)"))
            try await way.run(laboratory, using: &generator)
            clock.step(seconds: 90_000)
            let found = try await Self.answers(laboratory)
            let isLate = found.contains { $0.ledger.lateRows > 0 }
            for (one, other) in zip(found, expected) {
                if isLate {
                    #expect(!one.isSilentlyOther(than: other), "\(way)")
                } else {
                    #expect(one.digest == other.digest, "\(way)")
                    #expect(one.isAsIf(other), "\(way)")
                }
            }
            guard isLate else { continue }
            _ = try await RestateLedger(pool: laboratory.pool, task: laboratory.task)
                .run(note: "files came late")
            let restated = try await Self.answers(laboratory)
            #expect(restated.map(\.digest) == expected.map(\.digest), "\(way)")
            #expect(restated.allSatisfy { $0.ledger.lateRows == 0 })
        }
    }
}
