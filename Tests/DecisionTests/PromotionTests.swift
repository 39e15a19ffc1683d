import DecisionScenarios
import Evaluation
import Testing

/// A promotion holds where the shadow is better now, and nowhere else.
struct PromotionTests {
    private func story(
        _ name: String,
        in worlds: [PromotionWorld],
        horizonDays: Int,
        seed: UInt64 = 1
    ) throws -> PromotionRun.Story {
        var world = try #require(worlds.first { $0.name == name })
        world.days = 240
        return try PromotionRun(world, seed: seed).story(horizonDays: horizonDays)
    }

    @Test(arguments: [
        ("loses its features", 60, PromotionVeto.Kind.scoresMoved, 10),
        ("loses its features", 0, .scoresMoved, 10),
        ("becomes a copy", 60, .nearlyTheSame, 14),
        ("becomes a copy", 0, .nearlyTheSame, 14),
        ("the champion is trained anew, as good", 60, .nearlyTheSame, 30),
        ("answers half of the requests", 60, .fewPairs, 4),
        ("as much worse as it was better", 0, .gainFell, 45),
        ("the truth changes, scores do not", 7, .gainFell, 40),
    ])
    func `a shadow that is not better any more is not promoted for long`(
        name: String,
        horizonDays: Int,
        veto: PromotionVeto.Kind,
        days: Int
    ) throws {
        let story = try story(
            "\(name), gain 10 %",
            in: PromotionWorld.breaking(rowsPerDay: 30),
            horizonDays: horizonDays
        )
        #expect(story.promoted.contains(149))
        let first = try #require((150..<240).first { !story.promoted.contains($0) })
        #expect(first - 150 <= days, "\(first - 150) days")
        #expect(story.sequence.contains(first))
        #expect(story.vetoes[veto] != nil, "\(story.vetoes)")
        // What one veto says is over when the next one says it; a champion that is as good lies at the limit, and harms nobody.
        if !name.hasPrefix("the champion") {
            #expect(story.promoted.count { $0 >= 150 } <= days + 5)
        }
        // Vetoes come and go; they do not come before.
        #expect(story.sequence.filter { $0 < 150 }.isSubset(of: story.promoted))
    }

    @Test(arguments: [7, 60])
    func `a shadow that loses its features beside a champion that errs much is not promoted again`(
        horizonDays: Int
    ) throws {
        let story = try story(
            "loses its features and its level, gain 20 %",
            in: PromotionWorld.breaking(rowsPerDay: 30),
            horizonDays: horizonDays
        )
        #expect(story.promoted.contains(149))
        #expect(story.promoted.filter { $0 >= 150 }.isSubset(of: Set(150..<160)))
        #expect(story.vetoes[.scoresFlattened] != nil, "\(story.vetoes)")
    }

    @Test(arguments: [
        "nothing happens, gain 10 %", "both are trained anew, further apart, gain 10 %",
        "the champion breaks, gain 5 %", "traffic falls to 5 rows, gain 10 %",
        "the gain shrinks from 10 to 6 %, gain 10 %", "the cases become alike, gain 10 %",
    ])
    func `a shadow that is still better stays promoted`(name: String) throws {
        let worlds = PromotionWorld.lasting(rowsPerDay: 30)
        let story = try story(name, in: worlds, horizonDays: 60)
        #expect(!story.sequence.isEmpty)
        #expect(story.promoted == story.sequence, "\(story.vetoes)")
    }
}
