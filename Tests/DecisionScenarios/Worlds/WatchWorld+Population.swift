import Foundation
import Statistics

extension WatchWorld {
    /// Twenty kinds of cases, equally frequent, of which a calibrated model knows the probability.
    package struct Population: Sendable {
        package var probabilities: [Double]

        /// The log odds are normal: about an intercept, with a standard deviation.
        package init(intercept: Double, deviation: Double = 1.3, kinds: Int = 20) {
            probabilities = (0..<kinds).map { kind in
                let share = (Double(kind) + 0.5) / Double(kinds)
                let normal = Normal.quantile(share) ?? 0
                return WatchWorld.sigmoid(intercept + deviation * normal)
            }
        }

        /// The base rate is 0.28.
        package static let common = Population(intercept: -1.2)
        /// The base rate is 0.05.
        package static let rare = Population(intercept: -3.9)

        private func mean(_ value: (Double) -> Double) -> Double {
            probabilities.reduce(0) { $0 + value($1) } / Double(probabilities.count)
        }

        /// What is true after the scores have lost so much of what they knew that the Brier score rises by a share.
        ///
        /// The truth of each kind moves towards the base rate, and beyond it if need be.
        func truth(rise: Double) -> [Double] {
            let base = mean { $0 }
            let risk = mean { $0 * (1 - $0) }
            func moved(_ p: Double, _ share: Double) -> Double {
                (1 - share) * p + share * base
            }
            func excess(_ share: Double) -> Double {
                let now = mean { p in
                    let truth = moved(p, share)
                    return truth * (1 - p) * (1 - p) + (1 - truth) * p * p
                }
                return now - (1 + rise) * risk
            }
            var (low, high) = (0.0, 6.0)
            for _ in 0..<60 {
                let middle = (low + high) / 2
                if excess(middle) < 0 { low = middle } else { high = middle }
            }
            return probabilities.map { min(0.999, max(0.001, moved($0, low))) }
        }
    }

    /// A calibrated model, whose scores know nothing of a swing, and lose skill with a day.
    ///
    /// `rise` is the share by which the Brier score rises then, `until` the day with which it is as before.
    package static func population(
        _ name: String,
        _ population: Population = .common,
        rowsPerDay: Int,
        days: Int,
        swing: Swing = .none,
        rowsPerEntity: Int = 1,
        change: Int? = nil,
        until end: Int? = nil,
        rise: Double = 0
    ) -> WatchWorld {
        let after = population.truth(rise: rise)
        return WatchWorld(name, change: change, end: end) { generator in
            let swings = swing.path(days, &generator)
            let scores = population.probabilities
            return (0..<days).map { day in
                let truth =
                    (change ?? days)..<(end ?? max(days, change ?? days)) ~= day ? after : scores
                let draws = max(1, rowsPerDay / rowsPerEntity)
                var counts = [[Int]](repeating: [0, 0], count: scores.count)
                for draw in 0..<draws {
                    let kind =
                        draws % scores.count == 0
                        ? draw % scores.count : Int(generator.next() % UInt64(scores.count))
                    let probability = sigmoid(logit(truth[kind]) + swings[day])
                    counts[kind][generator.nextUniform() < probability ? 1 : 0] += rowsPerEntity
                }
                return counts.enumerated().flatMap { kind, counts in
                    [false, true].compactMap { isPositive in
                        let count = counts[isPositive ? 1 : 0]
                        return count > 0
                            ? Rows(score: scores[kind], label: isPositive ? 1 : 0, count: count)
                            : nil
                    }
                }
            }
        }
    }
}
