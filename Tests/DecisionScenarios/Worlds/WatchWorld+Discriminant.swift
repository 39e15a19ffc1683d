import Foundation
package import Statistics

extension WatchWorld {
    /// What the cases of a day are like for a model that sees x ~ N(d′·y, 1) and is calibrated.
    package struct Day: Sendable {
        /// The base rate.
        package var rate: Double
        /// d′, by which the classes lie apart.
        package var distance: Double
        package var rows: Int
        /// The share of rows whose score has nothing to do with them: it is that of another row.
        package var broken = 0.0
        /// The slices of equal size that the rows belong to at random; the first is the broken one where rows of others are not.
        package var slices: Int32 = 0
        /// Whether a row is broken where it is of the first slice, and there alone.
        package var isFirstBroken = false
        /// Whether the model knows nothing but the base rate.
        package var isConstant = false
        /// The share of labels that are wrong.
        package var wrongLabels = 0.0
        /// What the log odds of the truth are above those that the model knows of.
        package var shift = 0.0

        package init(rate: Double, distance: Double, rows: Int) {
            self.rate = rate
            self.distance = distance
            self.rows = rows
        }
    }

    /// A model that is calibrated on each day, but for what a day says.
    package static func discriminant(
        _ name: String,
        days: Int,
        change: Int? = nil,
        hasSlices: Bool = false,
        _ day: @escaping @Sendable (Int, inout SeededGenerator) -> Day
    ) -> WatchWorld {
        WatchWorld(name, change: change, hasSlices: hasSlices) { generator in
            (0..<days).map { number in
                let day = day(number, &generator)
                return (0..<day.rows).map { _ in row(day, &generator) }
            }
        }
    }

    private static func row(_ day: Day, _ generator: inout SeededGenerator) -> Rows {
        let rate = sigmoid(logit(day.rate) + day.shift)
        let isPositive = generator.nextUniform() < rate
        let slice = day.slices > 0 ? Int32(generator.next() % UInt64(day.slices)) + 1 : nil
        let isBroken =
            day.isFirstBroken
            ? slice == 1 : day.broken > 0 && generator.nextUniform() < day.broken
        let seen = isBroken ? generator.nextUniform() < rate : isPositive
        let x = (seen ? day.distance : 0) + generator.nextNormal()
        let evidence = day.isConstant ? 0 : day.distance * (x - day.distance / 2)
        let isWrong = day.wrongLabels > 0 && generator.nextUniform() < day.wrongLabels
        return Rows(
            score: sigmoid(logit(day.rate) + evidence),
            label: isPositive != isWrong ? 1 : 0,
            count: 1,
            slice: slice
        )
    }

    /// Day by day the same, from a day on another.
    package static func jump(
        _ name: String,
        from first: Day,
        to second: Day,
        on day: Int = 200,
        days: Int = 700,
        isChange: Bool = false
    ) -> WatchWorld {
        discriminant(
            name,
            days: days,
            change: isChange ? day : nil,
            hasSlices: first.slices > 0
        ) { number, _ in
            number < day ? first : second
        }
    }

    /// Easy and hard cases, of which the share of the hard ones swings over the year.
    package static func mix(
        _ name: String,
        hard: ClosedRange<Double>,
        rows: Int,
        days: Int = 700,
        hasSlices: Bool = false
    ) -> WatchWorld {
        WatchWorld(name, hasSlices: hasSlices) { generator in
            (0..<days).map { number in
                let swing = (1 - cos(2 * .pi * Double(number) / 365)) / 2
                let share = hard.lowerBound + swing * (hard.upperBound - hard.lowerBound)
                return (0..<rows).map { _ in
                    let isHard = generator.nextUniform() < share
                    let day = Day(rate: 0.2, distance: isHard ? 0.8 : 2.5, rows: 1)
                    var rows = row(day, &generator)
                    rows.slice = isHard ? 1 : 2
                    return rows
                }
            }
        }
    }
}
