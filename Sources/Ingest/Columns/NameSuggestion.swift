import Evaluation

/// Guesses which column of a file is meant.
enum NameSuggestion {
    /// The name that most likely stands for `wanted`, or nil where none is likely.
    static func match(for column: Name, among names: [Name]) -> Name? {
        let wanted = column.text
        let known = synonyms[wanted] ?? []
        for synonym in [wanted] + known {
            if let name = names.first(where: { normalized($0.text) == synonym }) { return name }
        }
        if wanted.hasPrefix("p_") {
            let className = String(wanted.dropFirst(2))
            let forms = [className, "prob_", "proba_", "score_", "probability_"].map {
                $0 == className ? className : $0 + className
            }
            if let name = names.first(where: { forms.contains($0.text) }) { return name }
        }
        let tolerance = max(1, wanted.count / 4)
        return names.map { (name: $0, distance: distance(wanted, normalized($0.text))) }
            .filter { $0.distance <= tolerance }
            .min { $0.distance < $1.distance }?.name
    }

    private static func normalized(_ name: String) -> String {
        String(name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }

    /// The number of insertions, deletions and substitutions between two names.
    private static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.prefix(100))
        let right = Array(right.prefix(100))
        var row = Array(0...right.count)
        for (i, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substitution = diagonal + (character == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }

    private static let synonyms: [String: [String]] = [
        "prediction_id": [
            "predictionid", "id", "key", "uuid", "request_id", "event_id", "inference_id",
            "transaction_id", "sample_id", "row_id",
        ],
        "predicted_at": [
            "prediction_time", "predicted_time", "scored_at", "event_time", "timestamp", "time",
            "ts", "created_at", "datetime",
        ],
        "observed_at": [
            "label_time", "labelled_at", "labeled_at", "observed_time", "event_time", "occurred_at",
            "timestamp", "time", "ts", "datetime",
        ],
        "known_at": ["recorded_at", "loaded_at", "ingested_at", "arrived_at"],
        "model": ["model_name", "model_id", "variant"],
        "version": ["model_version", "model_ver", "revision"],
        "score": [
            "probability", "prob", "proba", "prediction", "pred", "predicted", "y_pred", "y_score",
            "y_prob", "p", "p_1",
        ],
        "value": [
            "prediction", "predicted", "pred", "y_pred", "forecast", "estimate", "expected",
            "score",
        ],
        "label": [
            "y", "y_true", "target", "actual", "outcome", "truth", "ground_truth", "class",
            "observed",
        ],
        "source": ["label_source", "origin"],
        "entity": ["entity_id", "user_id", "customer_id"],
        "latency_ms": ["latency"],
        "weight": ["sample_weight"],
    ]
}
