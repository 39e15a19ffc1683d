package import Evaluation
import Statistics

/// How soon a change is found, in days since the change; below 0 for an alarm before it.
package struct Detection: Sendable {
    /// By cohorts of the full age alone.
    package var mature: Double?
    /// By cohorts of 3 and 7 days, which raise a suspicion.
    package var young: Double?
    /// By cohorts of the full age, with evidence that is not tempered: what tempering costs.
    package var untempered: Double?
    /// The Brier score after the change less that before it.
    package var rise: Double

    package init(_ scenario: Scenario, seed: UInt64, _ buckets: TimeBuckets) {
        let stream = SimulatedStream(scenario, seed: seed)
        let cohorts = stream.cohorts(buckets)
        let change = scenario.change?.day ?? 0
        func delay(_ holds: (RetrainingMonitor) -> Bool) -> Double? {
            var monitor = RetrainingMonitor(stream.watch(cohorts, buckets))
            return monitor.firstDay(within: scenario.days, where: holds)
                .map { $0 - Double(change) }
        }
        mature = delay(RetrainingMonitor.hasAlarm)
        young = delay { $0.isSuspected }
        untempered = Self.untempered(stream.watch(cohorts, buckets)).map {
            Double($0 - change)
        }
        rise = Self.brier(stream.days[change...]) - Self.brier(stream.days[..<change])
    }

    /// The day on which a detector with φ = 1 alarms.
    private static func untempered(_ inputs: RetrainingMonitor.Inputs) -> Int? {
        let cells = inputs.days.last?.days.map(\.cell) ?? []
        let baseline = cells.prefix(60)
        guard
            let moments = try? CohortMoments(
                counts: baseline.map { Double($0.labelled) },
                sums: baseline.map(\.lossSum),
                sumsOfSquares: baseline.map(\.squaredLossSum)
            ), let risk = BaselineRisk(moments),
            var detector = try? ShiryaevRobertsDetector(riskBound: risk.riskBound)
        else { return nil }
        for cell in cells.dropFirst(baseline.count) {
            let weights = cell.losses.denseValues.map { Double($0) / CohortCell.weightUnits }
            try? detector.add(gridWeights: weights)
        }
        return detector.alarmIndex.map { baseline.count + $0 + 1 + Scenario.horizonDays }
    }

    private static func brier(_ days: ArraySlice<[SimulatedStream.Row]>) -> Double {
        let losses = days.joined().map { row in
            let error = row.champion - (row.isPositive ? 1 : 0)
            return error * error
        }
        return losses.reduce(0, +) / Double(losses.count)
    }

    /// The median over runs, where a run without an alarm counts as longer than all others.
    package static func median(_ delays: [Double?]) -> Double? {
        guard !delays.isEmpty else { return nil }
        let sorted = delays.map { $0 ?? .infinity }.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
