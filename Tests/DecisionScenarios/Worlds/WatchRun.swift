import Evaluation
import Foundation
import Statistics

/// What the watch says in one run of a world, and what the rules of before would have.
package struct WatchRun: Sendable {
    /// The day with which an alarm was raised, confirmed or not; `nil` where none was.
    package var raised: Int?
    /// The day since which it counted.
    package var confirmed: Int?
    /// The day with which recalibrating would surely pay, where no alarm counted before.
    package var pays: Int?
    /// The day with which the risk was surely back.
    package var recovered: Int?
    /// The day of the alarm against a fixed baseline of the risk itself.
    package var fixedBaseline: Int?
    /// The day on which somebody who knew the risk before and the best bet would have found the change.
    package var bestBet: Int?

    private static let second: Int64 = 86_400
    /// The days of the first baseline.
    private static let baselineDays = 60

    package init(_ world: WatchWorld, seed: UInt64) {
        var task = PredictionTask(id: 1, name: "world", kind: world.kind, horizonSeconds: 0)
        task.baseline = .first(cohorts: Self.baselineDays)
        let rows = Self.rows(world, seed: seed)
        let days = rows.enumerated().map { Self.day($0, $1, task) }
        var inputs = RetrainingMonitor.Inputs(task: task)
        inputs.days = [(0, days)]
        if world.hasSlices { inputs.slices = Self.slices(rows) }
        var monitor = RetrainingMonitor(inputs)
        for day in days {
            monitor.advance(to: day.knownAt)
            let number = Int(day.start.secondsRoundedDown / Self.second)
            if raised == nil, monitor.isRaised { raised = number }
            if confirmed == nil, monitor.alarmedAt != nil { confirmed = number }
            if pays == nil, confirmed == nil, monitor.recalibrationPays { pays = number }
            if confirmed != nil, recovered == nil, monitor.alarmedAt == nil { recovered = number }
        }
        fixedBaseline = world.kind == .binary ? Self.fixedBaseline(days) : nil
        bestBet = world.change.flatMap { change in
            // Chosen on another run, or it would know the luck of this one.
            let bet = Bet.best(
                Self.rows(world, seed: seed + Self.otherSeeds),
                change: change,
                of: task
            )
            let first = max(0, change - Self.baselineDays)
            return bet.find(rows[first...])
        }
    }

    private static let otherSeeds: UInt64 = 1 << 32

    private static func slices(_ rows: [[WatchWorld.Rows]]) -> [Int32: Slice] {
        let numbers = Set(rows.joined().compactMap(\.slice))
        return Dictionary(
            uniqueKeysWithValues: numbers.map { ($0, Slice(key: "part", value: Name("\($0)"))) }
        )
    }

    private static func rows(_ world: WatchWorld, seed: UInt64) -> [[WatchWorld.Rows]] {
        var generator = SeededGenerator(seed: seed)
        return world.days(&generator)
    }

    private static func day(
        _ number: Int,
        _ rows: [WatchWorld.Rows],
        _ task: PredictionTask
    ) -> EvidenceDay {
        var cell = CohortCell(kind: task.kind)
        for rows in rows { cell.add(rows, task) }
        cell.labels.compact()
        cell.addSlices(rows, task)
        let start = Instant(seconds: Int64(number) * second)
        let end = start.advanced(bySeconds: second)
        return EvidenceDay(start: start, end: end, knownAt: end, cell: cell, cells: [1: cell])
    }

    /// The rules of before: the risk itself, against the mean of sixty days.
    private static func fixedBaseline(_ days: [EvidenceDay]) -> Int? {
        let blocks = EvidenceBlocks(days).closed
        let baseline = blocks.prefix { $0.start.secondsRoundedDown < Int64(baselineDays) * second }
        guard baseline.count >= 30,
            let moments = try? CohortMoments(
                counts: baseline.map { Double($0.cell.labelled) },
                sums: baseline.map(\.cell.lossSum),
                sumsOfSquares: baseline.map(\.cell.squaredLossSum)
            ), let risk = BaselineRisk(moments),
            var detector = try? ShiryaevRobertsDetector(
                riskBound: risk.riskBound,
                overdispersion: risk.overdispersion.tempering,
                horizon: 365,
                alpha: 0.04
            )
        else { return nil }
        for block in blocks.dropFirst(baseline.count) {
            let weights = block.cell.losses.denseValues.map { Double($0) / CohortCell.weightUnits }
            try? detector.add(gridWeights: weights)
        }
        return detector.alarmIndex.map { number(blocks[baseline.count + $0]) }
    }

    private static func number(_ block: EvidenceDay) -> Int {
        Int(block.end.secondsRoundedDown / second) - 1
    }
}

extension CohortCell {
    /// Rows of one score and label.
    fileprivate mutating func add(_ rows: WatchWorld.Rows, _ task: PredictionTask) {
        let loss = task.cohortLoss(rows.score, label: rows.label)
        let grid = LossGrid(kind: task.kind)
        guard task.kind.has(.calibration) else {
            for _ in 0..<rows.count {
                add(loss: loss, grid: grid)
                labels.add(label: rows.label, loss: loss)
            }
            return
        }
        var one = CohortCell(kind: task.kind)
        one.add(loss: loss, grid: grid)
        one.add(score: rows.score, isPositive: rows.label == 1)
        let count = Int64(rows.count)
        for index in totals.numbers.indices {
            totals.numbers[index] += Int128(count) * one.totals.numbers[index]
        }
        for (slot, value) in one.losses.entries { losses.add(count * value, at: slot) }
        for (slot, value) in one.scores.entries { scores.add(count * value, at: slot) }
    }

    fileprivate mutating func addSlices(_ rows: [WatchWorld.Rows], _ task: PredictionTask) {
        let bySlice = Dictionary(grouping: rows.filter { $0.slice != nil }) { $0.slice ?? 0 }
        slices = bySlice.mapValues { rows in
            SliceEvidence(
                rows.flatMap { row in
                    Array(
                        repeating: SliceEvidence.Row(
                            score: row.score,
                            outcome: row.label,
                            loss: task.cohortLoss(row.score, label: row.label)
                        ),
                        count: row.count
                    )
                },
                areClasses: task.kind.has(.areas)
            )
        }
    }
}
