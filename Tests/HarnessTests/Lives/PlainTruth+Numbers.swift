import Foundation

/// The numbers of a report, of the labels and of a comparison.
extension PlainTruth {
    /// A row of a report: a standing prediction and its outcome.
    struct Row {
        var prediction: Prediction
        var outcome: Outcome

        /// The label, also where silence implies it.
        var label: Double? {
            switch outcome {
            case .known(let value): value
            case .implied: 0
            case .pending, .overdue: nil
            }
        }
    }

    /// All standing predictions of a model, or of those in a country.
    func rows(of model: [UInt8], country: [UInt8]? = nil, asOf instant: Int64) -> [Row] {
        ids(asOf: instant).flatMap { id in
            standing(id, asOf: instant)
                .filter { $0.model == model && (country == nil || $0.country == country) }
                .map { prediction in
                    let outcome = outcome(id, at: prediction.predictedAt, asOf: instant)
                    return Row(prediction: prediction, outcome: outcome)
                }
        }
    }

    /// What a window of a report says of its rows, by the names of its members.
    func numbers(_ rows: [Row]) -> [String: Double?] {
        var numbers: [String: Double?] = [:]
        func count(_ isCounted: (Row) -> Bool) -> Double { Double(rows.count(where: isCounted)) }
        numbers["predictions"] = Double(rows.count)
        numbers["labelled"] = count { $0.label != nil }
        numbers["implied"] = count { $0.outcome == .implied }
        numbers["pending"] = count { $0.outcome == .pending }
        numbers["overdue"] = count { $0.outcome == .overdue }
        let pairs = rows.compactMap { row in row.label.map { (row.prediction.score, $0) } }
        return numbers.merging(metrics(pairs)) { $1 }
    }

    private func metrics(_ pairs: [(score: Double, label: Double)]) -> [String: Double?] {
        func mean(_ value: ((score: Double, label: Double)) -> Double) -> Double? {
            pairs.isEmpty ? nil : pairs.map(value).reduce(0, +) / Double(pairs.count)
        }
        switch kind {
        case .binary:
            return [
                "brier_score": mean { ($0.score - $0.label) * ($0.score - $0.label) },
                "log_loss": mean { pair in
                    let likelihood = pair.label == 1 ? pair.score : 1 - pair.score
                    return -log(min(max(likelihood, 1e-15), 1 - 1e-15))
                },
                "accuracy": mean { ($0.score >= 0.5) == ($0.label == 1) ? 1 : 0 },
                "mean_score": mean(\.score),
                "base_rate": mean(\.label),
                "roc_auc": areaUnderCurve(pairs),
            ]
        case .regression:
            return [
                "mae": mean { abs($0.score - $0.label) },
                "rmse": mean { ($0.score - $0.label) * ($0.score - $0.label) }?.squareRoot(),
                "mean_error": mean { $0.score - $0.label },
                "mean_prediction": mean(\.score),
                "mean_label": mean(\.label),
                "r2": determination(pairs),
                "median_ae": median(pairs.map { abs($0.score - $0.label) }),
            ]
        }
    }

    /// The share of pairs of a positive and a negative that are in order; a tie is half.
    private func areaUnderCurve(_ pairs: [(score: Double, label: Double)]) -> Double? {
        let positives = pairs.filter { $0.label == 1 }.map(\.score)
        let negatives = pairs.filter { $0.label != 1 }.map(\.score)
        guard !positives.isEmpty, !negatives.isEmpty else { return nil }
        var inOrder = 0.0
        for positive in positives {
            for negative in negatives {
                inOrder += positive > negative ? 1 : positive == negative ? 0.5 : 0
            }
        }
        return inOrder / Double(positives.count * negatives.count)
    }

    private func determination(_ pairs: [(score: Double, label: Double)]) -> Double? {
        let mean = pairs.map(\.label).reduce(0, +) / Double(pairs.count)
        let spread = pairs.map { ($0.label - mean) * ($0.label - mean) }.reduce(0, +)
        guard pairs.count > 1, spread > 0 else { return nil }
        let errors = pairs.map { ($0.score - $0.label) * ($0.score - $0.label) }.reduce(0, +)
        return 1 - errors / spread
    }

    private func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    // MARK: - Labels

    /// What `labels status` counts, by ids.
    func labelCounts(asOf instant: Int64) -> [String: Double] {
        var counts: [String: Double] = [
            "predictions": 0, "labelled": 0, "pending": 0, "overdue": 0, "corrected": 0,
            "withdrawn": 0, "label_before_prediction": 0,
        ]
        let told = Set(labels.filter { $0.counts(asOf: instant) }.map(\.id))
        counts["orphans"] = Double(told.subtracting(ids(asOf: instant)).count)
        for id in ids(asOf: instant) {
            guard let first = standing(id, asOf: instant).map(\.predictedAt).min() else { continue }
            counts["predictions"]? += 1
            let tellings = tellings(id, asOf: instant)
            guard let label = label(id, asOf: instant), label.value != nil else {
                if !tellings.isEmpty { counts["withdrawn"]? += 1 }
                let isDue = maturity(first, settings(asOf: instant)) <= instant
                counts[isDue ? "overdue" : "pending"]? += 1
                continue
            }
            counts["labelled"]? += 1
            if tellings.count > 1 { counts["corrected"]? += 1 }
            if label.observedAt < first { counts["label_before_prediction"]? += 1 }
        }
        return counts
    }

    // MARK: - Comparison

    /// A comparison of two models on the requests that both scored (rule T10).
    func comparison(
        champion: [UInt8],
        shadow: [UInt8],
        asOf instant: Int64
    ) -> [String: Double?] {
        var (ours, theirs): ([(Double, Double)], [(Double, Double)]) = ([], [])
        var counts = (both: 0, champion: 0, shadow: 0, unlabelled: 0)
        for id in ids(asOf: instant) {
            let standing = standing(id, asOf: instant)
            let one = standing.first { $0.model == champion }
            let other = standing.first { $0.model == shadow }
            if one != nil { counts.champion += 1 }
            if other != nil { counts.shadow += 1 }
            guard let one, let other else { continue }
            counts.both += 1
            // A pair belongs to the time of its earlier prediction.
            let anchor = min(one.predictedAt, other.predictedAt)
            let row = Row(prediction: one, outcome: outcome(id, at: anchor, asOf: instant))
            guard let label = row.label else {
                counts.unlabelled += 1
                continue
            }
            ours.append((one.score, label))
            theirs.append((other.score, label))
        }
        let name = kind == .binary ? "brier_score" : "mae"
        let (mine, yours) = (metrics(ours)[name] ?? nil, metrics(theirs)[name] ?? nil)
        return [
            "pairs": Double(ours.count), "unlabelled": Double(counts.unlabelled),
            "champion_only": Double(counts.champion - counts.both),
            "shadow_only": Double(counts.shadow - counts.both),
            "champion": mine, "shadow": yours,
        ]
    }
}
