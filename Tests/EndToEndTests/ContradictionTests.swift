import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

/// A wrong file and the right one, on the command line.
@Suite(.temporaryDatabase, .hangLimit)
struct ContradictionTests {
    private static let requests = 2_000

    private func predictions(isWrong: Bool) -> String {
        (0..<Self.requests).reduce("prediction_id,predicted_at,model,score\n") { text, number in
            let score = 100 + number % 300
            return text
                + "id-\(number),2024-01-0\(1 + number % 9)T00:00:00Z,m,0.\(isWrong ? 1_000 - score : score)\n"
        }
    }

    private func labels(isWrong: Bool) -> String {
        (0..<Self.requests).reduce("prediction_id,observed_at,label\n") { text, number in
            text + "id-\(number),2024-01-10T00:00:00Z,\((number + (isWrong ? 1 : 0)) % 2)\n"
        }
    }

    /// A text without its line breaks.
    private func joined(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test func `an upload that contradicts ends with what takes it back, and answers say so`()
        async throws
    {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        var numbers: [String: Int] = [:]
        var before = ""
        for kind in ["predictions", "labels"] {
            func file(_ isWrong: Bool) throws -> String {
                try program.file(
                    "\(kind)-\(isWrong).csv",
                    kind == "labels" ? labels(isWrong: isWrong) : predictions(isWrong: isWrong)
                )
            }
            let wrong = try await program.json(kind, "upload", "--task", "t", file(true))
            #expect((wrong["contradicts"] as? [Any])?.isEmpty == true)
            let first = try #require(wrong["upload"] as? Int)
            if before.isEmpty {
                let status = try await program.json("labels", "status", "--task", "t")
                before = try #require(status["as_of"] as? String)
            }
            // Warned, and done all the same.
            let text = joined(try await program.output(kind, "upload", "--task", "t", file(false)))
            let second = first + 1
            let rule =
                kind == "labels"
                ? "Of labels of one source and time the one that was told last is current."
                : "Of each the earliest prediction stands, then the one that was told first."
            #expect(
                text.contains("Warning: 2,000 of 2,000 rows contradict upload \(first). \(rule)")
            )
            #expect(
                text.hasSuffix(
                    "If upload \(first) is the wrong one, take it back: "
                        + #"gnomon uploads withdraw \#(first) --task t --note "wrong file" "#
                        + "If this one is: "
                        + #"gnomon uploads withdraw \#(second) --task t --note "wrong file""#
                ),
                "\(text)"
            )
            numbers[kind] = first
        }
        let (scores, values) = (numbers["predictions"] ?? 0, numbers["labels"] ?? 0)
        let note =
            "Told in several ways: 2,000 requests with several scores, 2,000 requests with several labels of "
            + "the same time; upload \(scores + 1) contradicts upload \(scores) in 2,000 rows, upload "
            + "\(values + 1) contradicts upload \(values) in 2,000 rows. Take a wrong upload back: "
            + "gnomon uploads withdraw ID --task t --note TEXT"
        for question in [["report"], ["compare"], ["recommend"], ["labels", "status"]] {
            let now = try await program.run(question + ["--task", "t"])
            #expect(joined(now.output).contains(note), "\(question): \(now.output)")
            let then = try await program.run(question + ["--task", "t", "--as-of", before])
            #expect(!then.output.contains("several ways"), "\(question)")
            let json = try await program.run(question + ["--task", "t", "--format", "json"])
            let answer = try #require(
                try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            )
            let told = try #require(answer["contradictions"] as? [String: Any])
            #expect(told["scores"] as? Int == 2_000 && told["labels"] as? Int == 2_000)
            #expect(told["more_uploads"] as? Int == 0)
            #expect(
                told["uploads"] as? [[String: Int]] == [
                    ["upload": scores + 1, "against": scores, "rows": 2_000],
                    ["upload": values + 1, "against": values, "rows": 2_000],
                ]
            )
            let schema = question.joined(separator: "-")
            guard JSONSchemas.canValidate else { continue }
            let document = JSONSchemas.Document(schema: schema, text: json.output)
            #expect(try await JSONSchemas.faults([document], of: program) == "")
        }
    }

    @Test func `several uploads and the upload itself are named, the most rows first`() async throws
    {
        let program = try Program()
        try await program.output("task", "create", "t", "--kind", "binary")
        func upload(_ name: String, _ rows: [(id: Int, score: String)]) async throws -> String {
            let text = rows.reduce("prediction_id,predicted_at,model,score\n") {
                $0 + "id-\($1.id),2024-01-01T00:00:00Z,m,\($1.score)\n"
            }
            let path = try program.file(name, text)
            return joined(try await program.output("predictions", "upload", "--task", "t", path))
        }
        for (name, ids) in [("a", 0..<1), ("b", 1..<4), ("c", 4..<6), ("d", 6..<7)] {
            let text = try await upload("\(name).csv", ids.map { ($0, "0.5") })
            #expect(!text.contains("Warning"))
        }
        let text = try await upload(
            "e.csv",
            (0..<7).map { ($0, "0.6") } + (7..<11).flatMap { [($0, "0.6"), ($0, "0.7")] }
        )
        #expect(
            text.contains(
                "Warning: 11 of 15 rows contradict other rows of this upload (4), upload 2 (3), upload 3 (2) "
                    + "and 2 more."
            ),
            "\(text)"
        )
        #expect(text.contains("If upload 2 is the wrong one, take it back:"))
    }
}
