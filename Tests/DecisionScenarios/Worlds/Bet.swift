import Evaluation
import Foundation
import Statistics

/// A bet λ on the risk itself, against a bound 10 % above that of all days before a change.
struct Bet {
    private let bound: Double
    private let size: Double
    private let task: PredictionTask

    /// The best one for the days after the change: 1/λ is the bound at least, which no loss from 0 on can ruin.
    static func best(
        _ days: [[WatchWorld.Rows]],
        change: Int,
        of task: PredictionTask
    ) -> Bet {
        let before = days[..<change].joined()
        let rows = before.reduce(0) { $0 + $1.count }
        let loss = before.reduce(0.0) {
            $0 + Double($1.count) * task.cohortLoss($1.score, label: $1.label)
        }
        let bound = 1.1 * loss / Double(max(1, rows))
        let after = Array(days[change...].joined())
        let bets = (1...40).map {
            Bet(bound: bound, size: 0.95 / bound * Double($0) / 40, task: task)
        }
        return bets.map { (bet: $0, log: $0.log(after)) }.max { $0.log < $1.log }?.bet
            ?? Bet(bound: bound, size: 0, task: task)
    }

    private func log(_ rows: [WatchWorld.Rows]) -> Double {
        rows.reduce(0) { sum, rows in
            let loss = task.cohortLoss(rows.score, label: rows.label)
            return sum + Double(rows.count) * log1p(size * (loss - bound))
        }
    }

    /// The day with which it raises an alarm; `nil` where it never does.
    func find(_ days: ArraySlice<[WatchWorld.Rows]>) -> Int? {
        var wealth = -Double.infinity
        for (number, rows) in zip(days.indices, days) where !rows.isEmpty {
            wealth =
                (wealth > 0 ? wealth + log1p(exp(-wealth)) : log1p(exp(wealth))) + log(rows)
            if wealth >= RelativeRiskWatch().logThreshold { return number }
        }
        return nil
    }
}
