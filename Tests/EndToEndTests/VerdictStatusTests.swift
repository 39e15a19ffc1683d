import EmbeddedPostgres
import TestSupport
import Testing

/// `--exit-code`: what a scheduler is told.
@Suite(.temporaryDatabase, .hangLimit)
struct VerdictStatusTests {
    private func status(_ program: Program, _ arguments: String...) async throws -> Int32 {
        let outcome = try await program.run(arguments + ["--task", "story", "--exit-code"])
        #expect(outcome.errors == "")
        return outcome.status
    }

    @Test func `compare is 0 for a better shadow, and 20 as long as that is open`() async throws {
        let program = try Program()
        try await SyntheticHistory.betterShadow.upload(to: program)
        #expect(try await status(program, "compare") == 0)
        #expect(try await status(program, "compare", "--as-of", "2013-01-15") == 20)
        #expect(try await status(program, "compare", "--minimum-gain", "0.2") == 10)
        let json = try await program.json("compare", "--task", "story")
        let comparison = try #require((json["comparisons"] as? [[String: Any]])?.first)
        #expect(comparison["verdict"] as? String == "promote")
        #expect(comparison["decided_at"] is String)
    }

    @Test func `compare is 10 for a worse shadow`() async throws {
        let program = try Program()
        try await SyntheticHistory.worseShadow.upload(to: program)
        #expect(try await status(program, "compare") == 10)
        #expect(try await program.run("compare", "--task", "story").status == 0)
    }

    @Test func `compare is 20 for equal models, and 0 if a little worse is good enough`()
        async throws
    {
        let program = try Program()
        try await SyntheticHistory.equalModels.upload(to: program)
        #expect(try await status(program, "compare") == 20)
        #expect(try await status(program, "compare", "--margin", "0.02") == 0)
    }

    @Test func `recommend is 0 for a champion that keeps to its baseline, and 20 without one`()
        async throws
    {
        let program = try Program()
        try await SyntheticHistory.equalModels.upload(to: program)
        #expect(try await status(program, "recommend") == 0)
        #expect(try await status(program, "recommend", "--as-of", "2013-01-20") == 20)
        // The whole story is its baseline, so nothing is left to judge.
        try await program.output("task", "set", "story", "--baseline", "first:120d")
        #expect(try await status(program, "recommend") == 20)
    }

    @Test func `recommend is 10 where the scores mean nothing any more`() async throws {
        let program = try Program()
        try await SyntheticHistory.lostDiscrimination.upload(to: program)
        #expect(try await status(program, "recommend") == 10)
        #expect(try await status(program, "recommend", "--as-of", "2013-02-25") == 0)
        let json = try await program.json("recommend", "--task", "story")
        let change = try #require(json["change_point"] as? String)
        #expect(
            (SyntheticHistory.instant(day: 57)...SyntheticHistory.instant(day: 63)).contains(change)
        )
        let window = try #require(json["training_window"] as? [String: String])
        #expect(window["from"] == change)
        #expect(window["to"] == SyntheticHistory.instant(day: 120))
    }

    @Test func `recommend is 11 where the scores are off and in the right order`() async throws {
        let program = try Program()
        try await SyntheticHistory.lostCalibration.upload(to: program)
        #expect(try await status(program, "recommend") == 11)
        let said = try await program.run("recommend", "--task", "story").output
        #expect(said.contains("gnomon recalibrate --task story --export map.json"), "\(said)")
    }

    @Test
    func `recommend is 12 for a shadow that is surely and much better, and 0 without shadows`()
        async throws
    {
        let program = try Program()
        try await SyntheticHistory.betterShadow.upload(to: program)
        #expect(try await status(program, "recommend") == 12)
        #expect(try await status(program, "recommend", "--without-shadows") == 0)
    }

    @Test func `recommend is 12 for a better shadow while an alarm stands`() async throws {
        let program = try Program()
        var history = SyntheticHistory.lostDiscrimination
        history.models.append(("shadow", { $0.day < 60 ? $0.said : 0.5 }))
        try await history.upload(to: program)
        #expect(try await status(program, "recommend") == 12)
        #expect(try await status(program, "recommend", "--without-shadows") == 10)
    }
}
