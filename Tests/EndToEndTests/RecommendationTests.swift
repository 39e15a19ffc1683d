import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

/// Recommendations that are kept, walked through and acknowledged.
@Suite(.temporaryDatabase, .hangLimit)
struct RecommendationTests {
    private func history(_ program: Program, _ options: String...) async throws -> [[String: Any]] {
        let outcome = try await program.run(
            ["recommend", "--task", "story", "--history", "--format", "json"] + options
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        return try #require((json as? [String: Any])?["recommendations"] as? [[String: Any]])
    }

    private func answer(_ program: Program, _ options: String...) async throws -> String {
        let outcome = try await program.run(
            ["recommend", "--task", "story", "--format", "json"] + options
        )
        #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
        return outcome.output
    }

    @Test func `what was answered is kept as it was given, and shown with what happened after`()
        async throws
    {
        let program = try Program()
        try await SyntheticHistory.lostDiscrimination.upload(to: program)
        #expect(try await history(program).isEmpty)
        let early = try await answer(program, "--as-of", "2013-02-25")
        let late = try await answer(program)
        // Asked in whatever form, an answer is one answer.
        _ = try await program.output("recommend", "--task", "story", "--as-of", "2013-02-25")
        let entries = try await history(program)
        #expect(entries.map { $0["verdict"] as? String } == ["retrain", "keep"])
        #expect(entries.map { $0["replay"] as? Bool } == [false, true])
        #expect(entries.map { ($0["answer"] as? String).map { $0 + "\n" } } == [late, early])
        let after = try #require(entries[1]["after"] as? [String: Any])
        #expect(after["labelled"] as? Int == 28 * 40)
        let loss = try #require(after["loss"] as? Double)
        #expect((0.2...0.45).contains(loss))
        let inputs = try #require(entries[0]["inputs"] as? String)
        let read = try JSONSerialization.jsonObject(with: Data(inputs.utf8))
        let ledger = try #require((read as? [String: Any])?["ledger"] as? [String: Any])
        #expect(ledger["cohorts"] as? Int == 120)
        #expect(try await history(program, "--limit", "1").count == 1)
    }

    @Test func `an alarm can be acknowledged, and only an alarm`() async throws {
        let program = try Program()
        try await SyntheticHistory.lostDiscrimination.upload(to: program)
        let without = SyntheticHistory(task: "quiet")
        try await without.upload(to: program)
        let refused = try await program.run(
            "recommend",
            "--task",
            "quiet",
            "--acknowledge",
            "why not"
        )
        #expect(refused.status == 1)
        #expect(refused.errors.contains("There is no alarm about champion to acknowledge."))

        let before = try await program.json("recommend", "--task", "story")
        #expect(before["verdict"] as? String == "retrain")
        let note = "Retrained from \"May\" on; ∑ = 1."
        let acknowledged = try await program.json(
            "recommend",
            "--task",
            "story",
            "--acknowledge",
            note
        )
        #expect(acknowledged["note"] as? String == note)
        #expect(acknowledged["new_baseline"] as? Bool == false)
        let accepted = try #require(acknowledged["accepted"] as? [String: Any])
        #expect(accepted["since"] as? String == before["change_point"] as? String)
        let risk = try #require(accepted["risk"] as? Double)
        #expect(try risk > #require(accepted["baseline"] as? Double))
        let instant = try #require(acknowledged["acknowledged_at"] as? String)
        let after = try await program.json("recommend", "--task", "story")
        let epoch = try #require(after["epoch"] as? [String: Any])
        #expect(epoch["cause"] as? String == "acknowledged")
        #expect(epoch["at"] as? String == instant)
        #expect(after["change_point"] is NSNull)
        // As of the moment before, the alarm stands.
        let asOf = try #require(before["as_of"] as? String)
        let again = try await program.json("recommend", "--task", "story", "--as-of", asOf)
        #expect(again["verdict"] as? String == "retrain")
        #expect(
            try await program.run("recommend", "--task", "story", "--acknowledge", "twice").status
                == 1
        )
        let entries = try await history(program)
        #expect(
            (entries.last?["after"] as? [String: Any])?["acknowledged_at"] as? String == instant
        )
    }

    @Test func `a new baseline can be asked for without an alarm`() async throws {
        let program = try Program()
        try await SyntheticHistory().upload(to: program)
        let json = try await program.json(
            "recommend",
            "--task",
            "story",
            "--acknowledge",
            "the world has changed",
            "--new-baseline"
        )
        #expect(json["new_baseline"] as? Bool == true && json["accepted"] is NSNull)
        let after = try await program.json("recommend", "--task", "story")
        #expect(after["verdict"] as? String == "insufficient_evidence")
    }

    @Test func `a walk tells each change of verdict, as the question of that day does`()
        async throws
    {
        let program = try Program()
        try await SyntheticHistory.lostDiscrimination.upload(to: program)
        let walk = try await program.json(
            "recommend",
            "--task",
            "story",
            "--walk",
            "2013-01-10..2013-04-10"
        )
        let steps = try #require(walk["steps"] as? [[String: Any]])
        #expect(steps.reduce(0) { $0 + ($1["days"] as? Int ?? 0) } == 90)
        let recommendations = try steps.map {
            try #require($0["recommendation"] as? [String: NSObject])
        }
        #expect(
            recommendations.map { $0["verdict"] as? String }
                == ["insufficient_evidence", "keep", "retrain"]
        )
        for walked in recommendations {
            let asOf = try #require(walked["as_of"] as? String)
            let asked = try await program.json("recommend", "--task", "story", "--as-of", asOf)
            for name in ["verdict", "summary", "since", "change_point", "training_window", "epoch"]
            {
                #expect(asked[name] as? NSObject == walked[name], "\(name) as of \(asOf)")
            }
        }
        // A walk asks nothing that anybody acts on, so it is not kept.
        #expect(try await history(program).count == recommendations.count)
    }

    @Test func `confirmation and cool-down wait longer`() async throws {
        let program = try Program()
        try await SyntheticHistory.lostDiscrimination.upload(to: program)
        let at = try await program.json("recommend", "--task", "story")["since"] as? String
        let confirmed =
            try await program.json("recommend", "--task", "story", "--confirm", "3/3")["since"]
            as? String
        #expect(try #require(confirmed) > #require(at))
    }
}
