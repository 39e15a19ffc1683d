package import Evaluation

/// What a year of daily looks finds where there is nothing to find.
package struct QuietYear: Sendable {
    /// Whether the models were ever found to differ, in either direction, by metric.
    package var decided: [ComparisonMetric: Bool] = [:]
    /// The first alarm, in days since the start.
    package var alarm: Double?
    package var naive: NaiveTests

    package init(_ scenario: Scenario, seed: UInt64, _ buckets: TimeBuckets) {
        let stream = SimulatedStream(scenario, seed: seed)
        let cohorts = stream.cohorts(buckets)
        let days = stream.gainDays(cohorts, buckets)
        for metric in [ComparisonMetric.loss(.brier), .loss(.decision), .ranking] {
            decided[metric] =
                GainPath(
                    days,
                    metric: metric,
                    options: ComparisonOptions(),
                    alpha: ComparisonFamily.alpha
                ).everDecided
        }
        var monitor = RetrainingMonitor(stream.watch(cohorts, buckets))
        // To the day on which the last cohort has matured.
        alarm = monitor.firstDay(
            within: scenario.days + Scenario.horizonDays,
            where: RetrainingMonitor.hasAlarm
        )
        naive = NaiveTests(stream)
    }
}
