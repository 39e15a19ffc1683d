import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

/// The same question as of the same instant has the same bytes for an answer (rule T7).
@Suite(.temporaryDatabase, .hangLimit)
struct RepeatedQuestionTests {
    private static let questions = [
        ["compare"], ["compare", "--exact"], ["compare", "--metric", "roc_auc"],
        ["compare", "--shadow", "shadow", "--margin", "0.01"], ["recommend"],
        ["recommend", "--without-shadows", "--confirm", "2/3"],
    ]

    private func answer(_ program: Program, _ question: [String]) async throws -> String {
        let outcome = try await program.run(
            question + ["--task", "story", "--format", "json"]
        )
        // A warning would be on standard error: that another answer was given before.
        #expect(outcome.status == 0 && outcome.errors == "", "\(question): \(outcome.errors)")
        return outcome.output
    }

    /// Corrections of old labels, labels that were missing, and late predictions.
    ///
    /// - Parameter newcomer: A model that is new.
    private func changeThePast(
        _ program: Program,
        _ rows: [SyntheticHistory.Row],
        newcomer: String? = nil
    ) async throws {
        var labels = "prediction_id,observed_at,label\n"
        for row in rows where row.day % 3 == 0 {
            labels += "\(row.id),2014-01-01T00:00:00Z,\(row.label == 1 ? 0 : 1)\n"
        }
        try await program.upload("labels", "story", "corrections.csv", labels, isHistory: false)
        var predictions = "prediction_id,predicted_at,model,version,score\n"
        for row in rows.prefix(400) {
            predictions += "late-\(row.id),\(row.predictedAt),champion,v1,0.9\n"
            predictions += "late-\(row.id),\(row.predictedAt),shadow,v2,0.1\n"
            if let newcomer {
                predictions += "\(row.id),\(row.predictedAt),\(newcomer),v1,0.5\n"
            }
        }
        try await program.upload(
            "predictions",
            "story",
            "late.csv",
            predictions,
            isHistory: false
        )
    }

    private static var history: SyntheticHistory {
        var history = SyntheticHistory.lostDiscrimination
        history.sliceKey = "half"
        history.models.append(("shadow", { ($0.said + 0.5) / 2 }))
        return history
    }

    @Test func `T7 as of a past day the answer is the same after corrections and late labels`()
        async throws
    {
        let program = try Program()
        let rows = try await Self.history.upload(to: program, labelled: { $0.day % 7 != 5 })
        let questions = Self.questions.flatMap { question in
            ["2013-02-20", "2013-03-20", "2013-04-15"].map { question + ["--as-of", $0] }
        }
        var answers: [String] = []
        for question in questions { answers.append(try await answer(program, question)) }
        try await changeThePast(program, rows)
        for (question, before) in zip(questions, answers) {
            #expect(try await answer(program, question) == before, "\(question)")
        }
    }

    @Test
    func `T7 an answer of today is repeated by its own as_of, whatever came and was set since`()
        async throws
    {
        let program = try Program()
        let rows = try await Self.history.upload(to: program, labelled: { $0.day % 7 != 5 })
        var asked: [(question: [String], answer: String)] = []
        for question in Self.questions {
            let answer = try await answer(program, question)
            let json = try JSONSerialization.jsonObject(with: Data(answer.utf8))
            let asOf = try #require((json as? [String: Any])?["as_of"] as? String)
            let again = question + ["--as-of", asOf]
            #expect(try await self.answer(program, again) == answer, "\(again)")
            asked.append((again, answer))
        }
        try await changeThePast(program, rows, newcomer: "newcomer")
        try await program.output(
            "task",
            "set",
            "story",
            "--tolerance",
            "50%",
            "--horizon",
            "5d",
            "--no-label-means",
            "negative"
        )
        try await program.output("model", "role", "--task", "story", "shadow", "retired")
        try await program.output("model", "role", "--task", "story", "newcomer", "champion")
        for (question, before) in asked {
            #expect(try await answer(program, question) == before, "\(question)")
        }
    }
}
