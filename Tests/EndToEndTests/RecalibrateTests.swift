import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct RecalibrateTests {
    /// What users do with the file: r of a score p.
    private func map(_ file: [String: Any]) throws -> (Double) -> Double {
        let map = try #require(file["map"] as? [String: Any])
        if map["kind"] as? String == "platt" {
            let intercept = try #require(map["intercept"] as? Double)
            let slope = try #require(map["slope"] as? Double)
            return { score in
                let p = min(max(score, 1e-6), 1 - 1e-6)
                return 1 / (1 + exp(-(intercept + slope * log(p / (1 - p)))))
            }
        }
        let scores = try #require(map["scores"] as? [Double])
        let values = try #require(map["values"] as? [Double])
        return { p in
            guard let above = scores.firstIndex(where: { $0 >= p }) else { return values.last ?? p }
            guard above > 0, scores[above] > p else { return values[above] }
            let share = (p - scores[above - 1]) / (scores[above] - scores[above - 1])
            return values[above - 1] + share * (values[above] - values[above - 1])
        }
    }

    @Test(arguments: ["platt", "isotonic"])
    func `the exported map, applied to the scores, has the Brier score that is stated`(
        method: String
    )
        async throws
    {
        let program = try Program()
        let rows = try await SyntheticHistory.lostCalibration.upload(to: program)
        let path = "\(program.folder)/map.json"
        let answer = try await program.output(
            "recalibrate",
            "--task",
            "story",
            "--method",
            method,
            "--export",
            path,
            "--format",
            "json"
        )
        #expect(try String(contentsOfFile: path, encoding: .utf8) == answer)
        let json = try JSONSerialization.jsonObject(with: Data(answer.utf8))
        let file = try #require(json as? [String: Any])
        let validation = try #require(file["validation"] as? [String: Any])
        let period = try #require(validation["period"] as? [String: Any])
        let from = try #require(period["from"] as? String)
        let to = try #require(period["to"] as? String)
        let later = rows.filter { $0.predictedAt >= from && $0.predictedAt < to }
        #expect(later.count == period["rows"] as? Int)

        let map = try map(file)
        func brier(_ map: (Double) -> Double) -> Double {
            later.reduce(0) { $0 + pow(map($1.scores[0]) - $1.label, 2) } / Double(later.count)
        }
        let metrics = try #require(validation["metrics"] as? [String: [String: Any]])
        let stated = try #require(metrics["brier_score"])
        #expect(abs(try #require(stated["before"] as? Double) - brier { $0 }) < 1e-9)
        #expect(abs(try #require(stated["after"] as? Double) - brier(map)) < 1e-9)
        let low = try #require(stated["low"] as? Double)
        #expect(low > 0)
    }

    @Test func `days to fit on can be chosen, and later ones validate`() async throws {
        let program = try Program()
        try await SyntheticHistory.lostCalibration.upload(to: program)
        let json = try await program.json(
            "recalibrate",
            "--task",
            "story",
            "--from",
            "2013-03-02",
            "--to",
            "2013-03-12"
        )
        let fit = try #require(json["fit"] as? [String: Any])
        #expect(fit["from"] as? String == SyntheticHistory.instant(day: 60))
        #expect(fit["to"] as? String == SyntheticHistory.instant(day: 70))
        #expect(fit["rows"] as? Int == 400)
        let nothing = try await program.run(
            "recalibrate",
            "--task",
            "story",
            "--from",
            "2012-01-01",
            "--to",
            "2012-02-01"
        )
        #expect(nothing.status == 66)
        #expect(nothing.errors.contains("has no matured days with labels to fit on"))
    }
}
