import Contract
import ArgumentParser
import Evaluation
import Harness
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
            "program": .string(Gnomon.configuration.version),
            "settings": TaskResult(task: recommendation.task).json,
            "options": options,
            "ledger": [
                "cohorts": JSONValue(given.ledger.cohorts),
                "sha256": .string(given.ledger.digest),
            ],
            "epoch": recommendation.epoch.json,
        ]
        self.init(
            asOf: recommendation.asOf,
            isReplay: query.asOf != nil,
            model: recommendation.model,
            verdict: recommendation.verdict.rawValue,
            options: options.inline,
            inputs: inputs.text,
            answer: answer
        )
    }
}

extension RetrainingMonitor.Epoch {
    var json: JSONValue {
        [
            "cause": .string(cause.rawValue), "from": JSONValue(from?.iso8601),
            "at": JSONValue(at?.iso8601),
        ]
    }
}

extension JSONValue {
    fileprivate init(_ numbers: [Int]) {
        self = .array(numbers.map { JSONValue($0) })
    }
}
