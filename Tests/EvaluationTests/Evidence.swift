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

    /// A day on which all 20 rows have about a loss: half of them more, half of them less, of both classes.
    static func day(
        _ number: Int,
        age: Int64,
        loss: Double,
        rows: Int = 20,
        versions: [Int32: Int]? = nil
    ) -> EvidenceDay {
        let shares = versions ?? [1: rows]
        let cells = shares.mapValues { cell(loss: loss, rows: $0) }
        return EvidenceDay(
            start: instant(number),
            end: instant(number + 1),
            knownAt: instant(number + 1 + Int(age)),
            cell: cells.values.reduce(CohortCell(kind: .binary)) { $0.adding($1) },
            cells: cells
        )
    }

    private static func cell(loss: Double, rows: Int) -> CohortCell {
        var cell = CohortCell(kind: .binary)
        for row in 0..<rows {
            let loss = loss * (row % 2 == 0 ? 0.5 : 1.5)
            let isPositive = row % 4 < 2
            let distance = loss.squareRoot()
            cell.add(loss: loss, grid: .uniform)
            cell.add(score: isPositive ? 1 - distance : distance, isPositive: isPositive)
        }
        return cell
    }

    /// Days at each age with the loss that a day has.
    static func days(
        _ range: Range<Int>,
        ages: [Int64] = [21],
        versions: (Int) -> [Int32: Int] = { _ in [1: 20] },
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
            alarm: alarm.map { [$0.at, $0.change.start, $0.confirmedAt] },
            epoch: epoch,
            evidence: tracks.map(\.deciding.logEvidence),
            bounds: tracks.map(\.deciding.bound),
            baselineDays: tracks.map(\.baselineDays),
            blocks: tracks.map(\.blocks.closed),
            matured: matured
        )
    }

    struct State: Equatable {
        var alarm: [Instant?]?
        var epoch: Epoch
        var evidence: [Double?]
        var bounds: [Double?]
        var baselineDays: [Int]
        var blocks: [[EvidenceDay]]
        var matured: [EvidenceDay]
    }
}
