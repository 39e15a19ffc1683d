import Evaluation
import Foundation
import Statistics

extension WatchWorld {
    /// How far a regression model's forecasts lie off.
    package enum Errors: String, Sendable, CaseIterable {
        case normal = "normal errors"
        /// Lognormal, the standard deviation of the logarithm ½, 1 and 1½.
        case light = "lognormal errors ½"
        case heavy = "lognormal errors 1"
        case heaviest = "lognormal errors 1½"

        /// An error whose mean size is about one half.
        fileprivate func draw(_ generator: inout SeededGenerator) -> Double {
            let normal = generator.nextNormal()
            guard let deviation else { return 0.6 * normal }
            let size = 0.5 * exp(deviation * normal - deviation * deviation / 2)
            return generator.nextUniform() < 0.5 ? -size : size
        }

        private var deviation: Double? {
            switch self {
            case .normal: nil
            case .light: 0.5
            case .heavy: 1
            case .heaviest: 1.5
            }
        }
    }

    /// What the cases of a day are like for a regression model: label = level + case + shock + error.
    package struct NumberDay: Sendable {
        package var rows: Int
        /// The model knows it.
        package var level = 0.0
        /// How far the cases lie apart, which the model knows.
        package var spread = 1.0
        /// What errors are times of.
        package var errors = 1.0
        /// The model does not know it.
        package var shock = 0.0
        /// Whether the model knows nothing but the level.
        package var isConstant = false

        package init(rows: Int) {
            self.rows = rows
        }
    }

    private static func numbers(
        _ name: String,
        _ errors: Errors,
        days: Int,
        change: Int? = nil,
        swing: Swing = .none,
        _ day: @escaping @Sendable (Int, Double) -> NumberDay
    ) -> WatchWorld {
        WatchWorld("\(errors.rawValue), \(name)", kind: .regression, change: change) { generator in
            swing.path(days, &generator).enumerated().map { number, swing in
                let day = day(number, swing)
                return (0..<day.rows).map { _ in
                    let known = day.spread * generator.nextNormal()
                    let error = day.errors * errors.draw(&generator)
                    return Rows(
                        score: day.level + (day.isConstant ? 0 : known),
                        label: day.level + known + day.shock + error,
                        count: 1
                    )
                }
            }
        }
    }

    /// Two years in which a regression model does as well as before.
    package static func quietNumbers(rowsPerDay rows: Int) -> [WatchWorld] {
        let plain = NumberDay(rows: rows)
        return Errors.allCases.flatMap { errors in
            [
                numbers("stationary", errors, days: 730) { _, _ in plain },
                numbers("level, year ±1", errors, days: 730, swing: .year(1)) { _, swing in
                    var day = plain
                    day.level = swing
                    return day
                },
                numbers("all larger, year ±0.4", errors, days: 730, swing: .year(0.4)) { _, swing in
                    var day = plain
                    (day.spread, day.errors) = (1 + swing, 1 + swing)
                    return day
                },
                numbers("errors alone larger, year ±0.2", errors, days: 730, swing: .year(0.2)) {
                    _,
                    swing in
                    var day = plain
                    day.errors = 1 + swing
                    return day
                },
                numbers("cases half as far apart", errors, days: 730) { number, _ in
                    var day = plain
                    if number >= 300 { day.spread = 0.5 }
                    return day
                },
                numbers("level 0 to 2", errors, days: 730) { number, _ in
                    var day = plain
                    if number >= 300 { day.level = 2 }
                    return day
                },
                numbers(
                    "day shocks AR 0.5 sd 0.15",
                    errors,
                    days: 730,
                    swing: .shocks(correlation: 0.5, deviation: 0.15)
                ) { _, swing in
                    var day = plain
                    day.shock = swing
                    return day
                },
                numbers("traffic growing tenfold", errors, days: 730) { number, _ in
                    NumberDay(rows: Int(Double(rows) * pow(10, Double(number) / 730)))
                },
            ]
        }
    }

    /// A regression model's errors grow with a day, or it loses what it knew.
    package static func worseNumbers(rowsPerDay rows: Int) -> [WatchWorld] {
        let plain = NumberDay(rows: rows)
        func worse(
            _ name: String,
            _ errors: Errors,
            on change: Int,
            _ after: NumberDay
        ) -> WatchWorld {
            numbers("\(name) on day \(change)", errors, days: change + 400, change: change) {
                number,
                _ in
                number < change ? plain : after
            }
        }
        return Errors.allCases.flatMap { errors in
            [1.2, 1.5, 2].flatMap { times in
                var after = plain
                after.errors = times
                return [180, 540].map {
                    worse("+\(Int((100 * (times - 1)).rounded())) %", errors, on: $0, after)
                }
            }
                + [180].map {
                    var after = plain
                    after.isConstant = true
                    return worse("all skill lost", errors, on: $0, after)
                }
        }
    }
}
