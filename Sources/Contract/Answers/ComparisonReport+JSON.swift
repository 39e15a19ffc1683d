package import Evaluation
import Foundation

/// The names of the members are a contract.
extension ComparisonReport {
    package var json: JSONValue {
        let json: JSONValue = [
            "task": .name(task.name),
            "champion": .name(champion),
            "champion_assumed_since": JSONValue(championAssumedSince?.iso8601),
            "as_of": .string(asOf.iso8601),
            "metric": .string(metric.name),
            "margin": JSONValue(options.margin),
            "minimum_gain": JSONValue(options.minimumGain),
            "comparisons": .array(comparisons.map(json)),
        ]
        return json.adding(contradictions).adding(forgotten: forgotten).adding(replay, of: task)
    }

    private func json(_ comparison: Comparison) -> JSONValue {
        [
            "shadow": .name(comparison.shadow),
            "pairs": JSONValue(comparison.pairs),
            "unpaired": [
                "champion_only": JSONValue(comparison.championOnly),
                "shadow_only": JSONValue(comparison.shadowOnly),
                "unlabelled": JSONValue(comparison.unlabelledPairs),
            ],
            "metrics": .object(
                comparison.metrics.map { JSONValue.Member(name: $0.name, value: json($0)) }
            ),
            "sequence": json(comparison.sequence),
            "check": json(comparison.check),
            "tests": tests(comparison),
            "recent": recent(comparison),
            "slices": .array(comparison.slices.map(json)),
            "health": json(comparison.health),
            "guardrails": json(comparison.guardrails),
            "verdict": .string(comparison.verdict.rawValue),
            "decided_at": JSONValue(comparison.sequence.decidedAt?.iso8601),
            "first_decision": json(comparison.sequence.firstDecision),
            "reasons": .strings(comparison.reasons),
            "more_pairs_needed": morePairs(comparison),
        ]
    }

    private func tests(_ comparison: Comparison) -> JSONValue {
        let tests = comparison.tests
        let rows = JSONValue.string("one look, rows as units")
        let everyLook = JSONValue.string("at every look, rows as units")
        let mcNemar: JSONValue = [
            "mid_p": JSONValue(tests.mcNemarMidP),
            "champion_right_only": JSONValue(tests.championRightOnly),
            "shadow_right_only": JSONValue(tests.shadowRightOnly),
            "note": rows,
        ]
        let deLong: JSONValue = [
            "z": JSONValue(tests.deLongZ), "p": JSONValue(tests.deLongP), "note": rows,
        ]
        let rowT: JSONValue = ["t": JSONValue(tests.rowT), "note": rows]
        let dayT: JSONValue = [
            "t": JSONValue(tests.dayT), "note": .string("one look, days as units"),
        ]
        let anytimeMcNemar: JSONValue = [
            "log_e_value": JSONValue(tests.anytimeMcNemarLogE), "note": everyLook,
        ]
        let rangeAdaptive: JSONValue = [
            "log_e_value": JSONValue(tests.rowBernsteinLogE), "note": everyLook,
        ]
        let ofPairs = "for binary tasks, with labelled pairs"
        let ofGains = "needs labelled pairs with different gains, of a metric that each row has"
        return [
            "mcnemar": mcNemar.adding(reason: tests.mcNemarMidP == nil ? ofPairs : nil),
            "delong": deLong.adding(reason: deLongReason(comparison)),
            "row_t": rowT.adding(reason: tests.rowT == nil ? ofGains : nil),
            "day_t": dayT.adding(reason: tests.dayT == nil ? ofGains : nil),
            "anytime_mcnemar": anytimeMcNemar.adding(
                reason: tests.anytimeMcNemarLogE == nil ? ofPairs : nil
            ),
            "range_adaptive_rows": rangeAdaptive.adding(
                reason: tests.rowBernsteinLogE == nil
                    ? "for the Brier score, with labelled pairs" : nil
            ),
        ]
    }

    private func json(_ check: ComparisonCheck?) -> JSONValue {
        guard let check else {
            return [
                "method": .string("range_adaptive_bernstein"), "unit": .string("day"),
                "mean": .null, "low": .null, "high": .null, "log_e_value": .null,
                "log_threshold": .null,
                "reason": .string("needs as many days as the sequence, and a gain of known range"),
            ]
        }
        let json: JSONValue = [
            "method": .string("range_adaptive_bernstein"), "unit": .string("day"),
            "mean": JSONValue(check.mean), "low": JSONValue(check.low),
            "high": JSONValue(check.high), "log_e_value": JSONValue(check.logEValue),
            "log_threshold": JSONValue(check.logThreshold),
        ]
        return json.adding(
            reason: check.low == nil
                ? "a day could gain more than the first days could, so the mean has no interval"
                : nil
        )
    }

    private func json(_ decision: ComparisonDecision?) -> JSONValue {
        guard let decision else { return .null }
        return [
            "verdict": .string(decision.verdict.rawValue),
            "from": .string(decision.from.iso8601), "until": JSONValue(decision.until?.iso8601),
        ]
    }

    private func recent(_ comparison: Comparison) -> JSONValue {
        guard let recent = comparison.recent else { return .null }
        return [
            "from": .string(recent.from.iso8601), "to": .string(recent.to.iso8601),
            "pairs": JSONValue(recent.pairs), "gain": JSONValue(recent.gain),
            "low": JSONValue(recent.low), "high": JSONValue(recent.high),
        ]
    }

    private func json(_ slice: SliceComparison) -> JSONValue {
        [
            "key": .name(slice.slice.key), "value": .name(slice.slice.value),
            "pairs": JSONValue(slice.pairs),
            "metrics": .object([
                JSONValue.Member(name: slice.metric.name, value: json(slice.metric))
            ]),
            "sequence": [
                "low": JSONValue(slice.low), "high": JSONValue(slice.high),
                "cohorts": JSONValue(slice.cohorts), "alpha": JSONValue(slice.alpha),
            ],
            "finding": .string(slice.finding.rawValue),
        ]
    }

    private func json(_ health: ShadowHealth) -> JSONValue {
        [
            "pair_rate": JSONValue(health.pairRate),
            "disagreement_rate": JSONValue(health.disagreementRate),
            "score_distance": JSONValue(health.scoreDistance),
            "last_seen": JSONValue(health.lastSeen?.iso8601),
            "silent_since": JSONValue(health.silentSince?.iso8601),
            "problems": .strings(health.problems),
        ]
    }

    private func json(_ guardrails: ServiceGuardrails?) -> JSONValue {
        guard let guardrails else { return .null }
        return [
            "from": .string(guardrails.from.iso8601), "to": .string(guardrails.to.iso8601),
            "champion": json(guardrails.champion), "shadow": json(guardrails.shadow),
        ]
    }

    private func json(_ level: ServiceLevel) -> JSONValue {
        [
            "predictions": JSONValue(level.predictions),
            "failure_rate": JSONValue(level.failureRate),
            "failure_reason": JSONValue(level.failureReason),
            "mean_latency_ms": JSONValue(level.meanLatency),
            "p95_latency_ms": JSONValue(level.p95Latency),
            "latency_reason": JSONValue(level.latencyReason),
        ]
    }

    private func morePairs(_ comparison: Comparison) -> JSONValue {
        guard let more = comparison.morePairsNeeded else {
            return [
                "median": .null, "p80": .null,
                "reason": .string("needs matured days with labelled pairs"),
            ]
        }
        return [
            "median": JSONValue(more.median), "p80": JSONValue(more.p80),
            "median_days": JSONValue(more.medianDays), "p80_days": JSONValue(more.p80Days),
            "gain": JSONValue(more.gain),
        ]
    }

    private func deLongReason(_ comparison: Comparison) -> String? {
        guard comparison.tests.deLongP == nil else { return nil }
        return task.kind.has(.areas)
            ? "taken from rows, with --exact, and only where both classes occur"
            : "for binary tasks"
    }

    private func json(_ metric: ComparedMetric) -> JSONValue {
        let json: JSONValue = [
            "champion": JSONValue(metric.champion), "shadow": JSONValue(metric.shadow),
            "gain": JSONValue(metric.gain), "low": JSONValue(metric.low),
            "high": JSONValue(metric.high),
        ]
        return json.adding(reason: metric.reason?.rawValue)
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
            "family": JSONValue(sequence.family), "discovery": .bool(sequence.isDiscovery),
            "overdispersion": JSONValue(sequence.overdispersion),
            "effective_pairs": JSONValue(sequence.effectivePairs),
            "unit": .string(sequence.unit.rawValue), "groups": JSONValue(sequence.groups),
            "effective_groups": JSONValue(sequence.effectiveGroups),
        ]
        return json.adding(reason: sequence.gap?.reason)
    }
}
