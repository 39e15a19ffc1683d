@testable import Evaluation
import Statistics

/// Days of evidence made by hand.
enum Evidence {
    static func instant(_ day: Int) -> Instant { Instant(seconds: Int64(day) * 86_400) }

    static func task(
        horizonDays: Int64 = 21,
        baseline: Int = 30,
        kind: TaskKind = .binary
    ) -> PredictionTask {
        PredictionTask(
            id: 1,
            name: "t",
            kind: kind,
            horizonSeconds: horizonDays * 86_400,
            baseline: .first(cohorts: baseline)
        )
    }

    /// A day on which all 20 rows have about a loss: half of them more, half of them less.
    static func day(
        _ number: Int,
        age: Int64,
        loss: Double,
        rows: Int = 20,
        versions: Set<Int32> = [1]
    ) -> EvidenceDay {
        var cell = CohortCell(kind: .binary)
        let grid = LossGrid.uniform
        for row in 0..<rows {
            cell.add(loss: loss * (row % 2 == 0 ? 0.5 : 1.5), grid: grid)
        }
        return EvidenceDay(
            start: instant(number),
            end: instant(number + 1),
            knownAt: instant(number + 1 + Int(age)),
            cell: cell,
            versions: versions
        )
    }

    /// Days at each age with the loss that a day has.
    static func days(
        _ range: Range<Int>,
        ages: [Int64] = [21],
        versions: (Int) -> Set<Int32> = { _ in [1] },
        loss: (_ day: Int, _ age: Int64) -> Double
    ) -> [(age: Int64, days: [EvidenceDay])] {
        ages.map { age in
            (
                age * 86_400,
                range.map { day($0, age: age, loss: loss($0, age), versions: versions($0)) }
            )
        }
    }

    static func monitor(
        _ days: [(age: Int64, days: [EvidenceDay])],
        task: PredictionTask = Evidence.task(),
        options: RetrainingOptions = RetrainingOptions(),
        championSince: Int? = nil,
        acknowledgements: [(day: Int, renewsBaseline: Bool)] = []
    ) -> RetrainingMonitor {
        var inputs = RetrainingMonitor.Inputs(task: task)
        inputs.options = options
        inputs.days = days
        inputs.championSince = championSince.map(instant)
        inputs.acknowledgements = acknowledgements.map {
            Acknowledgement(
                instant: instant($0.day),
                model: "m",
                renewsBaseline: $0.renewsBaseline,
                note: ""
            )
        }
        return RetrainingMonitor(inputs)
    }
}

extension RetrainingMonitor {
    /// The monitor after it went on to the start of a day.
    func after(_ day: Int) -> RetrainingMonitor {
        var monitor = self
        monitor.advance(to: Evidence.instant(day))
        return monitor
    }

    /// Everything that a recommendation reads off.
    var state: State {
        State(
            alarm: alarm,
            epoch: epoch,
            evidence: tracks.map(\.logEvidence),
            baselines: tracks.map { $0.watch?.risk },
            baselineDays: tracks.map(\.baselineDays),
            monitored: tracks.map(\.monitored.closed),
            matured: matured
        )
    }

    struct State: Equatable {
        var alarm: Alarm?
        var epoch: Epoch
        var evidence: [Double?]
        var baselines: [BaselineRisk?]
        var baselineDays: [Int]
        var monitored: [[EvidenceDay]]
        var matured: [EvidenceDay]
    }
}
