package import Evaluation

extension ShadowHealth: Shaped {
    package static let shape = Shape<ShadowHealth>.object(
        "What can be said of the shadow without labels.",
        [
            .member(
                "pair_rate",
                .orNull(.share),
                "Share of the champion's requests of the last \(RecentDays.count) days that the shadow scored too; null "
                    + "without any."
            ) { $0.pairRate },
            .member(
                "disagreement_rate",
                .orNull(.share),
                "Share of the pairs of the last \(RecentDays.count) days with different decisions; null for regression and "
                    + "without pairs."
            ) { $0.disagreementRate },
            .member(
                "score_distance",
                .orNull(.share),
                "Largest distance of the distribution functions of the scores; null for regression and without scores."
            ) { $0.scoreDistance },
            .member(
                "last_seen",
                .orNull(.instant),
                "End of the last time bucket in which the shadow scored anything."
            ) { $0.lastSeen },
            .member(
                "silent_since",
                .orNull(.instant),
                "Start of the first time bucket since then in which only the champion did; null while the shadow "
                    + "answers."
            ) { $0.silentSince },
            .member("problems", .list(of: .text), "What is out of order, in sentences.") {
                $0.problems
            },
        ]
    ).named("health")

}

extension ServiceGuardrails: Shaped {
    package static let shape = Shape<ServiceGuardrails>.object([
        .member("from", .instant) { $0.from },
        .member("to", .instant) { $0.to },
        .member("champion", ServiceLevel.shape) { $0.champion },
        .member("shadow", ServiceLevel.shape) { $0.shadow },
    ]).named("guardrails")
}

extension ServiceLevel: Shaped {
    package static let shape = Shape<ServiceLevel>.object([
        .member("predictions", .count) { $0.predictions },
        .member(
            "failure_rate",
            .orNull(.share),
            "The share whose status is none of ok, success and 200; null with failure_reason."
        ) { $0.failureRate },
        .member("failure_reason", .orNull(.text)) { $0.failureReason },
        .member("mean_latency_ms", .orNull(.size)) { $0.meanLatency },
        .member("p95_latency_ms", .orNull(.size)) { $0.p95Latency },
        .member("latency_reason", .orNull(.text)) { $0.latencyReason },
    ]).named("service_level")
}
