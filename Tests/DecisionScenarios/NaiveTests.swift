import Foundation
import Statistics

/// What people look at who test every day as if it were the only day; each finds at 5 %, or does not.
package struct NaiveTests: Sendable {
    /// t of the paired gain over all rows whose label is known.
    package private(set) var pairedT = false
    /// McNemar's mid-p over all rows whose label is known.
    package private(set) var mcNemar = false
    /// One-sided t of the champion's risk over the labels of the last seven days, against the baseline's mean.
    package private(set) var arrivals = false
    /// The same, against the baseline's mean and 10 %.
    package private(set) var arrivalsTolerant = false
    /// One-sided t over the labels known so far of the last seven days of requests, against the baseline's mean.
    package private(set) var events = false
    package private(set) var eventsTolerant = false

    private struct Sums {
        var n = 0.0
        var sum = 0.0
        var squares = 0.0

        mutating func add(_ value: Double) {
            n += 1
            sum += value
            squares += value * value
        }

        mutating func add(_ other: Sums) {
            n += other.n
            sum += other.sum
            squares += other.squares
        }

        /// t of the mean's distance from a value; `nil` for few rows.
        func t(from value: Double) -> Double? {
            guard n >= 30 else { return nil }
            let mean = sum / n
            let variance = (squares - sum * mean) / (n - 1)
            return variance > 0 ? (mean - value) / (variance / n).squareRoot() : nil
        }
    }

    /// Labels by the day of the request and the day of their arrival.
    private struct Arrivals {
        var gains: [Sums]
        var championOnly: [Int]
        var shadowOnly: [Int]
        /// The champion's losses by age in days.
        var losses: [[Sums]]
    }

    private static let baselineDays = 60
    private static let window = 7

    package init(_ stream: SimulatedStream) {
        let count = stream.scenario.days
        let ages = Scenario.horizonDays + 2
        var arrived = Arrivals(
            gains: Array(repeating: Sums(), count: count),
            championOnly: Array(repeating: 0, count: count),
            shadowOnly: Array(repeating: 0, count: count),
            losses: Array(repeating: Array(repeating: Sums(), count: ages), count: count)
        )
        for (day, rows) in stream.days.enumerated() {
            for row in rows {
                // A timer turns silence into negatives when the day is past the horizon.
                let timer = Double(day + 1 + Scenario.horizonDays)
                let time = row.delay.map { row.time + $0 } ?? timer
                Self.add(row, day, Int(time), &arrived)
            }
        }
        compare(arrived)
        watch(arrived)
    }

    private static func add(
        _ row: SimulatedStream.Row,
        _ day: Int,
        _ arrival: Int,
        _ arrived: inout Arrivals
    ) {
        let outcome = row.isPositive ? 1.0 : 0.0
        let champion = (row.champion - outcome) * (row.champion - outcome)
        let shadow = (row.shadow - outcome) * (row.shadow - outcome)
        let age = arrival - day
        guard arrival < arrived.gains.count, age < arrived.losses[day].count else { return }
        arrived.losses[day][age].add(champion)
        arrived.gains[arrival].add(champion - shadow)
        let championIsRight = (row.champion >= 0.5) == row.isPositive
        let shadowIsRight = (row.shadow >= 0.5) == row.isPositive
        if championIsRight, !shadowIsRight { arrived.championOnly[arrival] += 1 }
        if shadowIsRight, !championIsRight { arrived.shadowOnly[arrival] += 1 }
    }

    private mutating func compare(_ arrived: Arrivals) {
        var gains = Sums()
        var (championOnly, shadowOnly) = (0, 0)
        for day in arrived.gains.indices {
            gains.add(arrived.gains[day])
            championOnly += arrived.championOnly[day]
            shadowOnly += arrived.shadowOnly[day]
            if let t = gains.t(from: 0), abs(t) > 1.96 { pairedT = true }
            let test = McNemar(championOnly: championOnly, shadowOnly: shadowOnly)
            if test.midPValue < 0.05 { mcNemar = true }
        }
    }

    /// From the day on which the baseline's labels are all known.
    private mutating func watch(_ arrived: Arrivals) {
        var baseline = Sums()
        for day in 0..<Self.baselineDays { for sums in arrived.losses[day] { baseline.add(sums) } }
        let mean = baseline.sum / baseline.n
        let first = Self.baselineDays + Scenario.horizonDays
        for day in first..<arrived.gains.count {
            var byArrival = Sums()
            var byEvent = Sums()
            for event in max(0, day - arrived.losses[day].count - Self.window)...day {
                for (age, sums) in arrived.losses[event].enumerated() where event + age <= day {
                    if event + age > day - Self.window { byArrival.add(sums) }
                    if event > day - Self.window { byEvent.add(sums) }
                }
            }
            func finds(_ sums: Sums, _ bound: Double) -> Bool {
                sums.t(from: bound).map { $0 > 1.645 } ?? false
            }
            if finds(byArrival, mean) { arrivals = true }
            if finds(byArrival, 1.1 * mean) { arrivalsTolerant = true }
            if finds(byEvent, mean) { events = true }
            if finds(byEvent, 1.1 * mean) { eventsTolerant = true }
        }
    }
}
