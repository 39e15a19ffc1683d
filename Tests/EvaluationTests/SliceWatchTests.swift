@testable import Evaluation
import Statistics
import Testing

/// The watch slice by slice: ten sites of 20 rows a day, of which one may break.
struct SliceWatchTests {
    private static let sites: Int32 = 10
    private static let slices = Dictionary(
        uniqueKeysWithValues: (1...sites).map { ($0, Slice(key: "site", value: Name("s\($0)"))) }
    )

    /// Scores know the outcome, but for those of a broken site.
    private func days(
        _ range: Range<Int>,
        seed: UInt64 = 1,
        kind: TaskKind = .binary,
        isBroken: (_ day: Int, _ site: Int32) -> Bool
    ) -> [EvidenceDay] {
        var generator = SeededGenerator(seed: seed)
        let task = Evidence.task(kind: kind)
        return range.map { day in
            var cell = CohortCell(kind: kind)
            for site in 1...Self.sites {
                let rows = (0..<20).map { _ in
                    row(task, isBroken(day, site), &generator)
                }
                for row in rows {
                    cell.add(loss: row.loss, grid: LossGrid(kind: kind))
                    if kind == .binary {
                        cell.add(score: row.score, isPositive: row.outcome == 1)
                    } else {
                        cell.labels.add(label: row.outcome, loss: row.loss)
                    }
                }
                cell.slices[site] = SliceEvidence(rows, areClasses: kind == .binary)
            }
            cell.labels.compact()
            return EvidenceDay(
                start: Evidence.instant(day),
                end: Evidence.instant(day + 1),
                knownAt: Evidence.instant(day + 22),
                cell: cell,
                cells: [1: cell]
            )
        }
    }

    private func row(
        _ task: PredictionTask,
        _ isBroken: Bool,
        _ generator: inout SeededGenerator
    ) -> SliceEvidence.Row {
        let known = generator.nextNormal()
        let seen = isBroken ? generator.nextNormal() : known
        if task.kind == .regression {
            let label = 100 + 10 * known
            let score = 100 + 10 * seen + 2 * generator.nextNormal()
            return SliceEvidence.Row(score: score, outcome: label, loss: abs(score - label))
        }
        func share(_ value: Double) -> Double { min(0.95, max(0.05, 0.3 + 0.2 * value)) }
        let isPositive = generator.nextUniform() < share(known)
        let score = share(seen)
        return SliceEvidence.Row(
            score: score,
            outcome: isPositive ? 1 : 0,
            loss: BinaryLosses.brier(score, isPositive: isPositive)
        )
    }

    private func inputs(
        _ days: [EvidenceDay],
        kind: TaskKind = .binary,
        slices: [Int32: Slice] = slices
    ) -> RetrainingMonitor.Inputs {
        let task = Evidence.task(kind: kind)
        var inputs = RetrainingMonitor.Inputs(task: task)
        inputs.days = [(task.horizonSeconds, days)]
        inputs.slices = slices
        return inputs
    }

    private func monitor(_ inputs: RetrainingMonitor.Inputs, after day: Int) -> RetrainingMonitor {
        var monitor = RetrainingMonitor(inputs)
        monitor.advance(to: Evidence.instant(day))
        return monitor
    }

    @Test(arguments: [TaskKind.binary, .regression])
    func `a slice that breaks is named, where the whole hardly moves`(kind: TaskKind) throws {
        let days = days(0..<300, kind: kind) { day, site in day >= 150 && site == 3 }
        let inputs = inputs(days, kind: kind)
        #expect(monitor(inputs, after: 170).alarmedAt == nil)
        let after = monitor(inputs, after: 321)
        let alarm = try #require(after.slices.alarms.first)
        #expect(alarm.slice == Slice(key: "site", value: "s3"))
        let confirmed = try #require(alarm.confirmedAt)
        #expect(confirmed > Evidence.instant(171))
        #expect(alarm.change >= Evidence.instant(140) && alarm.change <= Evidence.instant(160))
        #expect(alarm.recentRisk > alarm.bound && alarm.bound > alarm.baselineRisk)
        #expect(after.slices.alarms.count == 1)
        #expect(after.slices.tracks.allSatisfy { $0.watch.isWatching })
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `slices to which nothing happens are quiet`(seed: UInt64) {
        let days = days(0..<400, seed: seed) { _, _ in false }
        #expect(monitor(inputs(days), after: 500).slices.alarms.isEmpty)
    }

    @Test func `a recommendation says where, until somebody takes it as dealt with`() throws {
        let days = days(0..<300) { day, site in day >= 150 && site == 3 }
        var inputs = inputs(days)
        func recommendation() -> Recommendation {
            var builder = RecommendationBuilder(
                RecommendationBuilder.Inputs(monitor: inputs, model: "veteran")
            )
            return builder.recommendation(asOf: Evidence.instant(321))
        }
        let alarmed = recommendation()
        #expect(alarmed.verdict == .retrain && alarmed.hasAlarm)
        #expect(alarmed.summary.contains("where site is s3"))
        #expect(alarmed.changePoint == alarmed.slices.first?.change)
        #expect(alarmed.since == alarmed.slices.first?.confirmedAt)
        #expect(alarmed.trainingWindow?.lowerBound == alarmed.changePoint)
        #expect(alarmed.reasons.first?.hasPrefix("Where site is s3 the risk") == true)
        let accepted = try #require(AcceptedRisk(alarmed))
        #expect(accepted.loss.contains("where site is s3"))
        inputs.acknowledgements = [
            Acknowledgement(
                instant: Evidence.instant(320),
                model: "veteran",
                renewsBaseline: true,
                note: "the site was rebuilt"
            )
        ]
        let dealtWith = recommendation()
        #expect(dealtWith.verdict == .keep && dealtWith.slices.isEmpty)
        #expect(dealtWith.epoch.cause == .acknowledged && dealtWith.epoch.from == nil)
    }

    @Test func `an alarm that was dealt with is no evidence for an alarm of another slice`() throws
    {
        let days = days(0..<300) { day, site in day >= 150 && site == 3 }
        var inputs = inputs(days)
        let before = monitor(inputs, after: 320)
        #expect(before.slices.alarms.count == 1)
        inputs.acknowledgements = [
            Acknowledgement(
                instant: Evidence.instant(320),
                model: "veteran",
                renewsBaseline: false,
                note: ""
            )
        ]
        let after = monitor(inputs, after: 320)
        let track = try #require(after.slices.tracks.first { $0.slice.value == "s3" })
        #expect(after.slices.alarms.isEmpty && track.isWatched)
        #expect(track.watch.logEvidence == nil)
    }

    @Test func `where the whole has become worse too, the first sentence says where most surely`() {
        let days = days(0..<300) { day, site in day >= 150 && site <= 4 }
        var builder = RecommendationBuilder(
            RecommendationBuilder.Inputs(monitor: inputs(days), model: "veteran")
        )
        let alarmed = builder.recommendation(asOf: Evidence.instant(321))
        #expect(alarmed.verdict == .retrain)
        #expect(alarmed.summary.contains("allows, above all where site is s"))
        #expect(alarmed.sliceAlarm == nil && alarmed.slices.count >= 3)
    }

    @Test func `an alarm of a slice ends by itself when the slice is surely back`() {
        let days = days(0..<500) { day, site in 150..<200 ~= day && site == 3 }
        let inputs = inputs(days)
        #expect(monitor(inputs, after: 222).slices.alarms.count == 1)
        #expect(monitor(inputs, after: 521).slices.alarms.isEmpty)
    }

    @Test func `a mix of easy and hard cases that moves is none of the model's fault`() {
        // Half of the sites are easy; from day 150 on most rows come from the hard ones.
        var generator = SeededGenerator(seed: 9)
        let task = Evidence.task()
        let days = (0..<400).map { day in
            var cell = CohortCell(kind: .binary)
            for (site, isHard) in [(Int32(1), false), (2, true)] {
                let isLate = day >= 150
                let rows = (0..<(isHard == isLate ? 160 : 40)).map { _ in
                    let known = generator.nextNormal()
                    let share = 0.5 + (isHard ? 0.08 : 0.4) * (known > 0 ? 1 : -1)
                    let isPositive = generator.nextUniform() < share
                    let loss = BinaryLosses.brier(share, isPositive: isPositive)
                    return SliceEvidence.Row(
                        score: share,
                        outcome: isPositive ? 1 : 0,
                        loss: loss
                    )
                }
                for row in rows {
                    cell.add(loss: row.loss, grid: .uniform)
                    cell.add(score: row.score, isPositive: row.outcome == 1)
                }
                cell.slices[site] = SliceEvidence(rows, areClasses: true)
            }
            return EvidenceDay(
                start: Evidence.instant(day),
                end: Evidence.instant(day + 1),
                knownAt: Evidence.instant(day + 1).advanced(bySeconds: task.horizonSeconds),
                cell: cell,
                cells: [1: cell]
            )
        }
        let slices = Self.slices.filter { $0.key <= 2 }
        let told = monitor(inputs(days, slices: slices), after: 420)
        #expect(told.isRaised && told.alarmedAt == nil)
        #expect(told.slices.alarms.isEmpty)
        #expect(monitor(inputs(days, slices: [:]), after: 420).alarmedAt != nil)
    }

    @Test func `evidence of slices has the same bytes in whatever order rows come`() throws {
        var generator = SeededGenerator(seed: 2)
        let rows = (0..<100).map { _ in row(Evidence.task(), false, &generator) }
        var cell = CohortCell(kind: .binary)
        cell.slices = [
            7: SliceEvidence(rows, areClasses: true),
            2: SliceEvidence(rows.reversed(), areClasses: true),
        ]
        #expect(cell.slices[7] == cell.slices[2])
        #expect(try SliceEvidence.slices(cell.sliceBytes) == cell.slices)
        #expect(CohortCell(kind: .binary).sliceBytes.isEmpty)
        #expect(throws: CellCodingError.self) {
            try SliceEvidence.slices(Array(cell.sliceBytes.dropLast()))
        }
    }
}
