import Contract
import Evaluation
import Foundation

/// The names of the members are a contract.
extension ComparisonResult {
    var json: JSONValue {
        [
            "task": .string(report.task.name),
            "champion": .string(report.champion),
            "as_of": .string(report.asOf.iso8601),
            "metric": .string(report.metric),
            "margin": JSONValue(report.margin),
            "comparisons": .array(report.comparisons.map(json)),
        ]
    }

    private func json(_ comparison: Comparison) -> JSONValue {
        let sequence = comparison.sequence
        let tests = comparison.tests
        return [
            "shadow": .string(comparison.shadow),
            "pairs": JSONValue(comparison.pairs),
            "unpaired": [
                "champion_only": JSONValue(comparison.championOnly),
                "shadow_only": JSONValue(comparison.shadowOnly),
                "unlabelled": JSONValue(comparison.unlabelledPairs),
            ],
            "metrics": .object(
                comparison.metrics.map { JSONValue.Member(name: $0.name, value: json($0)) }
            ),
            "sequence": self.json(sequence),
            "tests": [
                "mcnemar": [
                    "mid_p": JSONValue(tests.mcNemarMidP),
                    "champion_right_only": JSONValue(tests.championRightOnly),
                    "shadow_right_only": JSONValue(tests.shadowRightOnly),
                ],
                "delong": JSONValue.object([
                    JSONValue.Member(name: "z", value: JSONValue(tests.deLongZ)),
                    JSONValue.Member(name: "p", value: JSONValue(tests.deLongP)),
                ]).adding(reason: deLongReason(comparison)),
            ],
            "slices": .array(
                comparison.slices.map { slice in
                    JSONValue.object([
                        JSONValue.Member(name: "key", value: .string(slice.key)),
                        JSONValue.Member(name: "value", value: .string(slice.value)),
                        JSONValue.Member(name: "pairs", value: JSONValue(slice.pairs)),
                        JSONValue.Member(
                            name: "metrics",
                            value: .object([
                                JSONValue.Member(name: slice.metric.name, value: json(slice.metric))
                            ])
                        ),
                    ])
                }
            ),
            "verdict": .string(comparison.verdict.rawValue),
            "reasons": .strings(comparison.reasons),
            "more_pairs_needed": comparison.morePairsNeeded.map {
                ["median": JSONValue($0.median), "p80": JSONValue($0.p80)]
            } ?? [
                "median": .null, "p80": .null,
                "reason": .string("needs matured cohorts with labelled pairs"),
            ],
        ]
    }

    private func deLongReason(_ comparison: Comparison) -> String? {
        guard comparison.tests.deLongP == nil else { return nil }
        return report.task.kind == .binary
            ? "taken from rows, with --exact, and only where both classes occur"
            : "for binary tasks"
    }

    private func json(_ metric: ComparedMetric) -> JSONValue {
        let json: JSONValue = [
            "champion": JSONValue(metric.champion), "shadow": JSONValue(metric.shadow),
            "gain": JSONValue(metric.gain), "low": JSONValue(metric.low),
            "high": JSONValue(metric.high),
        ]
        return json.adding(reason: metric.reason)
    }

    private func json(_ sequence: ComparisonSequence) -> JSONValue {
        let json: JSONValue = [
            "mean": JSONValue(sequence.mean), "low": JSONValue(sequence.low),
            "high": JSONValue(sequence.high),
            "e_value": JSONValue(sequence.logEValue.map { exp($0) }),
            "log_e_value": JSONValue(sequence.logEValue),
            "cohorts": JSONValue(sequence.cohorts),
            "cohorts_without_labels": JSONValue(sequence.cohortsWithoutLabels),
            "burn_in": JSONValue(sequence.burnIn), "alpha": JSONValue(sequence.alpha),
        ]
        return json.adding(
            reason: sequence.low == nil
                ? "\(sequence.cohorts) of \(sequence.burnIn) matured cohorts" : nil
        )
    }

    var csv: CSVTable {
        var csv = CSVTable([
            "champion", "shadow", "slice", "metric", "pairs", "champion_value", "shadow_value",
            "gain", "low", "high", "verdict", "reason",
        ])
        for comparison in report.comparisons {
            func add(_ metric: ComparedMetric, slice: String?, pairs: Int) {
                csv.rows.append([
                    .string(report.champion), .string(comparison.shadow), JSONValue(slice),
                    .string(metric.name), JSONValue(pairs), JSONValue(metric.champion),
                    JSONValue(metric.shadow), JSONValue(metric.gain), JSONValue(metric.low),
                    JSONValue(metric.high), .string(comparison.verdict.rawValue),
                    JSONValue(metric.reason),
                ])
            }
            for metric in comparison.metrics { add(metric, slice: nil, pairs: comparison.pairs) }
            for slice in comparison.slices {
                add(slice.metric, slice: "\(slice.key)=\(slice.value)", pairs: slice.pairs)
            }
        }
        return csv
    }
}
