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
        let days = Self.days(world, seed: seed)
        var task = PredictionTask(id: 1, name: "world", kind: .binary, horizonSeconds: 0)
        task.baseline = .first(cohorts: Self.baselineDays)
        var inputs = RetrainingMonitor.Inputs(task: task)
        inputs.days = [(0, days)]
        var monitor = RetrainingMonitor(inputs)
        for day in days {
            monitor.advance(to: day.knownAt)
            let number = Int(day.start.secondsRoundedDown / Self.second)
            if raised == nil, monitor.isRaised { raised = number }
            if confirmed == nil, monitor.alarmedAt != nil { confirmed = number }
            if pays == nil, confirmed == nil, monitor.recalibrationPays { pays = number }
            if confirmed != nil, recovered == nil, monitor.alarmedAt == nil { recovered = number }
        }
        fixedBaseline = Self.fixedBaseline(days)
        bestBet = world.change.flatMap { change in
            // Chosen on another run, or it would know the luck of this one.
            let bet = Self.bestBet(Self.days(world, seed: seed + Self.otherSeeds), change: change)
            return Self.found(days, change: change, by: bet)
        }
    }

    private static let otherSeeds: UInt64 = 1 << 32

    private static func days(_ world: WatchWorld, seed: UInt64) -> [EvidenceDay] {
        var generator = SeededGenerator(seed: seed)
        return world.days(&generator).enumerated().map { day($0, $1) }
    }

    private static func day(_ number: Int, _ rows: [WatchWorld.Rows]) -> EvidenceDay {
        var cell = CohortCell(kind: .binary)
        for rows in rows { cell.add(rows) }
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

    /// A bet λ on the risk itself, against a bound 10 % above that of all days before the change.
    private struct Bet {
        let bound: Double
        let size: Double

        func log(_ cell: CohortCell) -> Double {
            let points = LossGrid.uniform.points
            return cell.losses.entries.reduce(0) { sum, entry in
                let weight = Double(entry.value) / CohortCell.weightUnits
                return sum + weight * log1p(size * (points[entry.slot] - bound))
            }
        }
    }

    /// The best one for the days after the change.
    private static func bestBet(_ days: [EvidenceDay], change: Int) -> Bet {
        let before = days[..<change]
        let rows = before.reduce(0) { $0 + $1.cell.labelled }
        let bound = 1.1 * before.reduce(0) { $0 + $1.cell.lossSum } / Double(max(1, rows))
        var all = CohortCell(kind: .binary)
        for day in days[change...] { all.add(day.cell) }
        let bets = (1...40).map { Bet(bound: bound, size: 0.95 / bound * Double($0) / 40) }
        return bets.max { $0.log(all) < $1.log(all) } ?? Bet(bound: bound, size: 0)
    }

    private static func found(_ days: [EvidenceDay], change: Int, by bet: Bet) -> Int? {
        var wealth = -Double.infinity
        for day in days[max(0, change - baselineDays)...] where day.cell.labelled > 0 {
            wealth =
                (wealth > 0 ? wealth + log1p(exp(-wealth)) : log1p(exp(wealth)))
                + bet.log(day.cell)
            if wealth >= RelativeRiskWatch().logThreshold { return number(day) }
        }
        return nil
    }
}

extension CohortCell {
    /// Rows of one score and class.
    fileprivate mutating func add(_ rows: WatchWorld.Rows) {
        let distance = (rows.isPositive ? 1 : 0) - rows.score
        var one = CohortCell(kind: .binary)
        one.add(loss: distance * distance, grid: .uniform)
        one.add(score: rows.score, isPositive: rows.isPositive)
        let count = Int64(rows.count)
        for index in totals.numbers.indices {
            totals.numbers[index] += Int128(count) * one.totals.numbers[index]
        }
        for (slot, value) in one.losses.entries { losses.add(count * value, at: slot) }
        for (slot, value) in one.scores.entries { scores.add(count * value, at: slot) }
    }
}
