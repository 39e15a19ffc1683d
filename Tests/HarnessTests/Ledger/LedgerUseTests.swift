import Contract
import DecisionScenarios
import Evaluation
import Harness
import Store
import Statistics
import TestSupport
import Testing

/// What an answer has used stays, what comes later is said, and nobody gets a free look.
@Suite(.temporaryDatabase, .hangLimit)
struct LedgerUseTests {
    /// A live task with the whole history loaded, but for what `isLate` says.
    private func laboratory(
        _ history: FileHistory,
        named name: Name = "order",
        without isLate: @escaping (String) -> Bool = { _ in false }
    ) async throws -> (Laboratory, TestClock) {
        let (laboratory, clock) = try await Laboratory.of(history, named: name)
        for isLabels in [false, true] {
            try await laboratory.load(
                history.file(isLabels: isLabels, days: 0..<FileHistory.dayCount) { !isLate($0) }
            )
        }
        try await laboratory.goLive()
        return (laboratory, clock)
    }

    private static func isPositive(_ row: String) -> Bool { row.hasSuffix(",1") }

    /// One label in `share` that is positive.
    private static func isLate(oneIn share: Int) -> (String) -> Bool {
        { row in isPositive(row) && row.utf8.reduce(0) { 31 &* $0 &+ Int($1) } % share == 0 }
    }

    @Test func `labels that come in time after a look are counted, said, and no silent verdict`()
        async throws
    {
        let history = FileHistory(seed: 1)
        let isLate = Self.isLate(oneIn: 4)
        let (looked, lookedClock) = try await laboratory(history, without: isLate)
        let (once, onceClock) = try await laboratory(history, named: "once", without: isLate)
        _ = try await LedgerAnswers(looked, asOf: nil)
        let file = history.file(isLabels: true, days: 0..<FileHistory.dayCount, where: isLate)
        let report = try await looked.load(file)
        #expect(report.counts.afterUse > 30)
        #expect(try await once.load(file).counts.afterUse == 0)
        for clock in [lookedClock, onceClock] { clock.step(seconds: 90_000) }

        let whole = try await LedgerAnswers(once, asOf: nil)
        #expect(whole.ledger.lateRows == 0)
        let part = try await LedgerAnswers(looked, asOf: nil)
        #expect(part.ledger.lateRows == report.counts.afterUse)
        #expect(part.recommendation.verdict == .insufficientEvidence)
        #expect(part.comparison.verdict == .undecided && part.comparison.sequence.decidedAt == nil)
        #expect(!part.isSilentlyOther(than: whole))
        #expect(
            part.recommendation.reasons.contains { $0.contains("after an answer had used") }
        )

        let restated = try await RestateLedger(pool: looked.pool, task: looked.task)
            .run(note: "the positives of two days ago")
        #expect(restated.lateRows == report.counts.afterUse && restated.restatements == 1)
        let after = try await LedgerAnswers(looked, asOf: nil)
        #expect(after.digest == whole.digest && !after.ledger.isLoading)
        #expect(after.comparison.sequence.mean == whole.comparison.sequence.mean)
        #expect(after.comparison.sequence.alpha == whole.comparison.sequence.alpha / 2)
        await #expect(throws: HarnessError.self) {
            try await RestateLedger(pool: looked.pool, task: looked.task).run(note: "again")
        }
    }

    @Test func `a file a day of two withheld gives no look at what helps`() async throws {
        let history = FileHistory(seed: 2)
        let (laboratory, clock) = try await Laboratory.of(history)
        try await laboratory.goLive()
        try await laboratory.load(history.file(isLabels: false, days: 0..<FileHistory.dayCount))
        for day in 0..<FileHistory.dayCount {
            try await laboratory.load(history.file(isLabels: true, days: day..<day + 1))
            guard day % 8 == 7 else { continue }
            clock.step(seconds: 23 * 3_600)
            let look = try await LedgerAnswers(laboratory, asOf: nil)
            #expect(look.ledger.isLoading)
            #expect(look.recommendation.verdict == .insufficientEvidence)
            #expect(look.comparison.verdict == .undecided && look.comparison.sequence.mean == nil)
            #expect(look.comparison.path.isEmpty)
        }
        // Nothing was used, so that all of it counts.
        clock.step(seconds: 90_000)
        let answer = try await LedgerAnswers(laboratory, asOf: nil)
        #expect(!answer.ledger.isLoading && answer.ledger.lateRows == 0)
        #expect(answer.comparison.sequence.cohorts == FileHistory.dayCount)
    }

    @Test func `an alarm cannot be uploaded away, nor restated away`() async throws {
        let history = FileHistory(seed: 4, requests: 40, breaks: 44)
        let isLate: (String) -> Bool = { row in
            // Labels of a model that is right again, by chance, and known in time.
            row.utf8.reduce(0) { 31 &* $0 &+ Int($1) } % 3 == 0
        }
        let (laboratory, clock) = try await laboratory(history) { row in
            row.split(separator: ",").count == 4 && isLate(row)
        }
        let before = try await LedgerAnswers(laboratory, asOf: nil)
        #expect(before.recommendation.hasAlarm, "\(before.recommendation.reasons)")
        try await laboratory.load(
            history.file(isLabels: true, days: 0..<FileHistory.dayCount, where: isLate)
        )
        clock.step(seconds: 90_000)
        let late = try await LedgerAnswers(laboratory, asOf: nil)
        #expect(try #require(late.ledger.lateShare) > 0.05)
        #expect(late.recommendation.hasAlarm)
        #expect(
            [.retrain, .recalibrate].contains(late.recommendation.verdict),
            "\(late.recommendation.verdict)"
        )
        _ = try await RestateLedger(pool: laboratory.pool, task: laboratory.task).run(note: "late")
        #expect(try await LedgerAnswers(laboratory, asOf: nil).recommendation.hasAlarm)
        let earlier = try await LedgerAnswers(laboratory, asOf: before.recommendation.asOf)
        #expect(earlier.isDecided(as: before))
    }

    @Test func `asked twice as of an instant, with a file in between, the answer is one`()
        async throws
    {
        let history = FileHistory(seed: 5)
        let isLate = Self.isLate(oneIn: 3)
        let (laboratory, clock) = try await laboratory(history, without: isLate)
        clock.step(seconds: 3_600)
        let then = try await laboratory.view(nil).present
        clock.step(seconds: 90_000)
        let first = try await LedgerAnswers(laboratory, asOf: then)
        let file = history.file(isLabels: true, days: 0..<FileHistory.dayCount, where: isLate)
        #expect(try await laboratory.load(file).counts.afterUse > 0)
        #expect(try await LedgerAnswers(laboratory, asOf: then).isDecided(as: first))
        clock.step(seconds: 90_000)
        #expect(try await LedgerAnswers(laboratory, asOf: then).isDecided(as: first))
        #expect(try await LedgerAnswers(laboratory, asOf: nil).ledger.lateRows > 0)
    }

    @Test func `history that is asked about while it comes is whole in the end`() async throws {
        let history = FileHistory(seed: 6)
        let (laboratory, _) = try await Laboratory.of(history)
        var generator = SeededGenerator(seed: 6)
        for file in history.files(using: &generator).reversed() {
            try await laboratory.load(file)
            let answer = try? await LedgerAnswers(laboratory, asOf: nil)
            #expect(answer?.ledger.isLoading != true)
        }
        let (whole, _) = try await Laboratory.of(history, named: "whole")
        for file in history.whole { try await whole.load(file) }
        let (one, other) = (
            try await LedgerAnswers(laboratory, asOf: nil),
            try await LedgerAnswers(whole, asOf: nil)
        )
        #expect(one.digest == other.digest && one.isAsIf(other))
        #expect(one.ledger.liveSince == nil && one.ledger.liveCohorts == 0)
        #expect(one.recommendation.reasons.contains { $0.contains("nobody can vouch") })
    }

    @Test func `a wrong file that was used is late evidence when it is taken back`() async throws {
        let history = FileHistory(seed: 7)
        let isWrong = Self.isLate(oneIn: 2)
        let (laboratory, clock) = try await laboratory(history, without: isWrong)
        let wrong = try await laboratory.load(
            history.file(isLabels: true, days: 0..<FileHistory.dayCount, where: isWrong)
        )
        clock.step(seconds: 90_000)
        let used = try await LedgerAnswers(laboratory, asOf: nil)
        _ = try await WithdrawUploads(pool: laboratory.pool, task: laboratory.task)
            .run(uploadID: try #require(wrong.uploadID), note: "positives of another task")
        let after = try await LedgerAnswers(laboratory, asOf: nil)
        #expect(after.digest == used.digest && after.ledger.lateRows > 0)
        #expect(after.recommendation.verdict == .insufficientEvidence)
        _ = try await RestateLedger(pool: laboratory.pool, task: laboratory.task)
            .run(note: "a wrong file")
        let restated = try await LedgerAnswers(laboratory, asOf: nil)
        #expect(restated.digest != used.digest && restated.ledger.lateRows == 0)
        #expect(
            try await LedgerAnswers(laboratory, asOf: used.recommendation.asOf).isDecided(as: used)
        )
    }

    @Test func `another horizon begins evidence anew, at its price`() async throws {
        let history = FileHistory(seed: 8)
        var (laboratory, _) = try await laboratory(history)
        let before = try await LedgerAnswers(laboratory, asOf: nil)
        laboratory.task = try await ChangeTask(pool: laboratory.pool, name: laboratory.task.name)
            .run { $0.horizonSeconds = 5 * 86_400 }
        let after = try await LedgerAnswers(laboratory, asOf: nil)
        #expect(after.ledger.restatements.count == 1)
        #expect(after.comparison.sequence.alpha == before.comparison.sequence.alpha / 2)
    }

    @Test func `entries of an earlier horizon follow rows too, for who asks about then`()
        async throws
    {
        let history = FileHistory(seed: 9)
        let isLate = Self.isLate(oneIn: 3)
        func digest(_ name: Name, freezesFirst: Bool) async throws -> String {
            let (laboratory, clock) = try await Laboratory.of(history, named: name)
            try await laboratory.load(history.whole[0])
            try await laboratory.load(
                history.file(isLabels: true, days: 0..<FileHistory.dayCount) { !isLate($0) }
            )
            if freezesFirst {
                _ = try await MatureCohorts(pool: laboratory.pool, task: laboratory.task).run()
            }
            clock.step(seconds: 60)
            let then = try await laboratory.view(nil).present
            clock.step(seconds: 60)
            let changed = try await ChangeTask(pool: laboratory.pool, name: name)
                .run { $0.horizonSeconds = 5 * 86_400 }
            var later = laboratory
            later.task = changed
            try await later.load(
                history.file(isLabels: true, days: 0..<FileHistory.dayCount, where: isLate)
            )
            return try await LedgerAnswers(later, asOf: then).digest
        }
        #expect(
            try await digest("frozen", freezesFirst: true)
                == digest("unfrozen", freezesFirst: false)
        )
    }
}
