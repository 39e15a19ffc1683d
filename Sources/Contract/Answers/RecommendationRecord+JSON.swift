package import Evaluation
package import Harness
import Store

extension RecommendationRecord {
    /// * `answer`: The JSON that is given.
    init(_ given: Recommend.Answer, query: RecommendationQuery, answer: String) {
        let recommendation = given.recommendation
        let options: JSONValue = [
            "model": JSONValue(query.model),
            "confirm": JSONValue([query.options.confirmation.hits, query.options.confirmation.of]),
            "cool_down_seconds": JSONValue(query.options.coolDownSeconds),
            "shadows": .bool(query.hasShadows),
        ]
        let inputs: JSONValue = [
            "program": .string(Program.version),
            "settings": recommendation.task.json,
            "options": options,
            "ledger": [
                "cohorts": JSONValue(given.ledger.cohorts),
                "sha256": .string(given.ledger.digest),
            ],
            "epoch": recommendation.epoch.json,
        ]
        self.init(
            asOf: recommendation.asOf,
            isReplay: recommendation.replay != nil,
            model: recommendation.model,
            verdict: recommendation.verdict.rawValue,
            options: options.inline,
            inputs: inputs.text,
            answer: answer
        )
    }
}

extension KeepRecommendation {
    /// Keeps an answer as it is given in JSON.
    ///
    /// - Returns: When the same question was answered in other bytes, if it was.
    package func run(
        _ answer: Recommend.Answer,
        query: RecommendationQuery
    ) async throws -> Instant? {
        try await run(
            RecommendationRecord(answer, query: query, answer: answer.recommendation.json.text)
        )
    }
}

extension JSONValue {
    fileprivate init(_ numbers: [Int]) {
        self = .array(numbers.map { JSONValue($0) })
    }
}
