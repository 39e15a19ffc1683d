import Foundation

package import Evaluation

extension ComparisonSequence: Shaped {
    package static let shape = Shape<ComparisonSequence>.object(
        "The confidence sequence that the verdict rests on: valid at every look.",
        rules: JSONValue.reason(where: "low"),
        [
            .member(
                "mean",
                .orNull(.number),
                "Mean gain over the matured days. Positive when the shadow is better, in the unit of the metric."
            ) { $0.mean },
            .member(
                "low",
                .orNull(.number),
                "Lower end of the confidence sequence of the mean gain; null before burn_in days."
            ) { $0.low },
            .member("high", .orNull(.number), "Upper end of the confidence sequence.") { $0.high },
            .member(
                "e_value",
                .orNull(.size),
                "Evidence that the models differ; null before burn_in days and where it is too large for a number."
            ) { $0.logEValue.map { exp($0) } },
            .member(
                "log_e_value",
                .orNull(.number),
                "Its natural logarithm; −ln(alpha) is enough to decide."
            ) { $0.logEValue },
            .member("cohorts", .count, "Matured days with labelled pairs.") { $0.cohorts },
            .member(
                "cohorts_without_labels",
                .count,
                "Matured days with pairs of which no label was known by the horizon."
            ) { $0.cohortsWithoutLabels },
            .member("burn_in", .count, "Days that a verdict takes at least.") { $0.burnIn },
            .member(
                "alpha",
                .level,
                "Error probability of this sequence: 0.05, or what Holm's steps leave to it."
            ) { $0.alpha },
            .member("family", .count, "Shadows that share the error probability.") { $0.family },
            .member(
                "discovery",
                .flag,
                "Whether e-BH counts the shadow as better at a false discovery rate of 5 %."
            ) { $0.isDiscovery },
            .member(
                "overdispersion",
                .orNull(.number),
                "How many times more the units scatter than independent rows would; null where squares are not kept "
                    + "or fewer than two days matured."
            ) { $0.overdispersion },
            .member(
                "effective_pairs",
                .orNull(.size),
                "Independent pairs that the matured pairs are worth; null with overdispersion."
            ) { $0.effectivePairs },
            .member("unit", .choice, "What is taken as independent.") { $0.unit },
            .member(
                "groups",
                .orNull(.count),
                "Groups of entities with matured pairs; null for days."
            ) { $0.groups },
            .member(
                "effective_groups",
                .orNull(.size),
                "Groups of equal size that they are worth; null for days."
            ) { $0.effectiveGroups },
            .member(
                "recurrence",
                .orNull(.size),
                "On how many days an entity comes back, from the counts of groups; from 1.5 on entities are the unit "
                    + "unless the task says otherwise. Null where no request names one."
            ) { $0.recurrence },
            .member(
                "design_effect",
                .orNull(.size),
                "How many times the variance between days entities make it; null where no request names one."
            ) { $0.designEffect },
            .reason { $0.gap?.reason },
        ]
    ).named("sequence")
}

extension ComparisonCheck {
    static let shape = Shape<ComparisonCheck?>.object(
        "A second opinion without asymptotics; never changes the verdict.",
        rules: JSONValue.reason(where: "low"),
        [
            .member("method", .constant("range_adaptive_bernstein")) { _ in },
            .member("unit", .constant(EvidenceUnit.day.rawValue)) { _ in },
            .member(
                "mean",
                .orNull(.number),
                "Mean over days of the gain of a day; each day counts alike. Positive when the shadow is better, in "
                    + "the unit of the metric."
            ) { $0?.mean },
            .member(
                "low",
                .orNull(.number),
                "Lower end of the non-asymptotic confidence sequence."
            ) { $0?.low },
            .member("high", .orNull(.number), "Upper end.") { $0?.high },
            .member(
                "log_e_value",
                .orNull(.number),
                "Natural logarithm of its evidence in the better direction."
            ) { $0?.logEValue },
            .member(
                "log_threshold",
                .orNull(.number),
                "What log_e_value must reach, ln(2/alpha)."
            ) { $0?.logThreshold },
            .reason { check in
                guard let check else {
                    return "needs as many days as the sequence, and a gain of known range"
                }
                return check.low == nil
                    ? "a day could gain more than the first days could, so the mean has no interval"
                    : nil
            },
        ]
    ).named("check")
}
