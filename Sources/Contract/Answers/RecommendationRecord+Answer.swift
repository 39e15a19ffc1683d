package import Evaluation

extension RecommendationRecord {
    /// The record of an answer, whose JSON is `answer`, byte for byte.
    package init(_ given: RecommendationAnswer, query: RecommendationQuery, answer: String) {
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
            verdict: recommendation.verdict,
            options: options.inline,
            inputs: inputs.text,
            answer: answer
        )
    }
}

extension JSONValue {
    fileprivate init(_ numbers: [Int]) {
        self = .array(numbers.map { JSONValue($0) })
    }
}
