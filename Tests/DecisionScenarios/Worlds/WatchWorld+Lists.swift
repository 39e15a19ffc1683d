import Foundation
import Statistics

extension WatchWorld {
    /// A year after the baseline in which nothing happens to the model.
    package static func quiet(rowsPerDay rows: Int) -> [WatchWorld] {
        let days = rows == 1 ? 1_305 : 425
        let swings: [(String, Swing)] = [
            ("stationary", .none), ("week ±0.3", .week(0.3)), ("year ±0.4", .year(0.4)),
            ("year ±0.8", .year(0.8)), ("year ±0.4 from its high", .year(-0.4)),
            ("day shocks AR 0.5 sd 0.3", .shocks(correlation: 0.5, deviation: 0.3)),
        ]
        return [("0.28", Population.common), ("0.05", .rare)].flatMap { rate, population in
            swings.map { name, swing in
                .population(
                    "base rate \(rate), \(name)",
                    population,
                    rowsPerDay: rows,
                    days: days,
                    swing: swing
                )
            }
                + (rows < 20
                    ? []
                    : [
                        .population(
                            "base rate \(rate), 20 rows an entity",
                            population,
                            rowsPerDay: rows,
                            days: days,
                            rowsPerEntity: 20
                        )
                    ])
        }
    }

    /// The Brier score rises with a day, soon after the baseline or long after it.
    package static func rising(rowsPerDay rows: Int) -> [WatchWorld] {
        let days = rows == 1 ? [580, 1_800] : rows < 1_000 ? [180, 540] : [180]
        let later = [1: 1_500, 20: 700, 200: 365][rows] ?? 200
        return [0.2, 0.5, 1].flatMap { rise in
            days.map { day in
                .population(
                    "+\(Int(100 * rise)) % on day \(day)",
                    rowsPerDay: rows,
                    days: day + later,
                    change: day,
                    rise: rise
                )
            }
        }
    }

    /// The Brier score rises with day 180 and is back thirty days later, or stays.
    package static func passing(rowsPerDay rows: Int) -> [WatchWorld] {
        [0.5, 1].flatMap { rise in
            [(" for 30 days", 210), (" for 90 days", 270), (", and stays", nil)].map { name, end in
                .population(
                    "+\(Int(100 * rise)) %\(name)",
                    rowsPerDay: rows,
                    days: 640,
                    change: 180,
                    until: end,
                    rise: rise
                )
            }
        }
    }

    /// A model without any error, of which a share of the answers is wrong from day 180 on.
    package static func perfect(rowsPerDay rows: Int) -> [WatchWorld] {
        [0.01, 0.02, 0.05].map { share in
            WatchWorld("no error before, \(Int(100 * share)) % wrong", change: 180) { generator in
                (0..<580).map { day in
                    (0..<rows).map { _ in
                        let isPositive = generator.nextUniform() < 0.3
                        let isWrong = day >= 180 && generator.nextUniform() < share
                        return Rows(
                            score: isPositive != isWrong ? 1 : 0,
                            label: isPositive ? 1 : 0,
                            count: 1
                        )
                    }
                }
            }
        }
    }

    /// Worlds in which the cases become others, and the model is as good as before.
    package static func otherCases(rowsPerDay rows: Int) -> [WatchWorld] {
        @Sendable func day(_ rate: Double, _ distance: Double) -> Day {
            Day(rate: rate, distance: distance, rows: rows)
        }
        let jumps = [(0.2, 0.05), (0.5, 0.05), (0.5, 0.1), (0.1, 0.01), (0.05, 0.2), (0.1, 0.5)]
        return [1.5, 3].flatMap { distance in
            jumps.map { before, after in
                .jump(
                    "d′ \(distance), base rate \(before) to \(after)",
                    from: day(before, distance),
                    to: day(after, distance),
                    days: 1_000
                )
            }
        } + [
            season("d′ 3, year ±0.8 round 0.1 from its high", rate: 0.1, distance: 3, rows: rows),
            season("d′ 1.5, year ±0.8 round 0.2", rate: 0.2, distance: 1.5, rows: rows),
            drift("d′ 3, base rate 0.5 to 0.05 in 60 days", rows: rows),
            discriminant("wrong labels 0 to 5 % in two years", days: 730) { number, _ in
                var day = day(0.2, 1.5)
                day.wrongLabels = 0.05 * Double(number) / 730
                return day
            },
            discriminant("retrained monthly, d′ 1.6 down to 1.4 in between", days: 700) {
                number,
                _ in
                day(0.2, 1.6 - 0.2 * Double(number % 30) / 30)
            },
            growing("traffic 20 to 2,000 a day, day shocks AR 0.3 sd 0.6"),
            .mix("easy and hard, hard 0.4 to 0.6", hard: 0.4...0.6, rows: rows),
            .mix("easy and hard, hard 0.3 to 0.7", hard: 0.3...0.7, rows: rows),
            .mix(
                "the same, a slice of each",
                hard: 0.3...0.7,
                rows: rows,
                hasSlices: true
            ),
        ]
    }

    /// Worlds in which the model loses what it knew.
    package static func lostSkill(rowsPerDay rows: Int) -> [WatchWorld] {
        @Sendable func day(_ rate: Double, _ distance: Double) -> Day {
            Day(rate: rate, distance: distance, rows: rows)
        }
        func sliced(_ rate: Double, _ slices: Int32) -> Day {
            var day = day(rate, 1.5)
            day.slices = slices
            return day
        }
        func lost(_ name: String, _ before: Day, _ change: (inout Day) -> Void) -> WatchWorld {
            var after = before
            change(&after)
            return .jump(name, from: before, to: after, isChange: true)
        }
        return [
            lost("all skill lost, scores are the new base rate 0.05 to 0.3", day(0.05, 1.5)) {
                $0.rate = 0.3
                $0.isConstant = true
            },
            lost("all skill lost, scrambled, base rate 0.05 to 0.3", day(0.05, 1.5)) {
                $0.rate = 0.3
                $0.broken = 1
            },
            lost("all skill lost, scrambled, base rate 0.2 to 0.5", day(0.2, 1.5)) {
                $0.rate = 0.5
                $0.broken = 1
            },
            lost("half of the traffic broken, base rate 0.2", day(0.2, 1.5)) { $0.broken = 0.5 },
            lost("half of the traffic broken, base rate 0.05", day(0.05, 1.5)) { $0.broken = 0.5 },
            lost("a tenth of the traffic broken, base rate 0.2", day(0.2, 1.5)) { $0.broken = 0.1 },
            lost("a tenth of the traffic broken, one of ten slices, base rate 0.2", sliced(0.2, 10))
            {
                $0.isFirstBroken = true
            },
            lost("half of the traffic broken, one of two slices, base rate 0.05", sliced(0.05, 2)) {
                $0.isFirstBroken = true
            },
            lost("d′ 1.5 to 0.8, base rate 0.2", day(0.2, 1.5)) { $0.distance = 0.8 },
            lost("d′ 3 to 1.5, base rate 0.2", day(0.2, 3)) { $0.distance = 1.5 },
            lost("all skill lost, base rate 0.01", day(0.01, 1.5)) { $0.broken = 1 },
            discriminant("d′ 2 to 0 over a year, base rate 0.01", days: 1_000, change: 200) {
                number,
                _ in
                day(0.01, 2 * min(1, max(0, 1 - Double(number - 200) / 365)))
            },
            lost("odds threefold, base rate 0.2", day(0.2, 1.5)) { $0.shift = 1.0986 },
            lost("odds threefold, base rate 0.05", day(0.05, 1.5)) { $0.shift = 1.0986 },
        ]
    }

    private static func season(
        _ name: String,
        rate: Double,
        distance: Double,
        rows: Int
    ) -> WatchWorld {
        let swing = Swing.year(distance > 2 ? -0.8 : 0.8)
        return WatchWorld(name) { generator in
            let path = swing.path(700, &generator)
            let world = discriminant(name, days: 700) { number, _ in
                Day(rate: sigmoid(logit(rate) + path[number]), distance: distance, rows: rows)
            }
            return world.days(&generator)
        }
    }

    private static func drift(_ name: String, rows: Int) -> WatchWorld {
        discriminant(name, days: 1_000) { number, _ in
            let share = min(1, max(0, Double(number - 200) / 60))
            return Day(rate: sigmoid(-3 * share), distance: 3, rows: rows)
        }
    }

    private static func growing(_ name: String) -> WatchWorld {
        let swing = Swing.shocks(correlation: 0.3, deviation: 0.6)
        return WatchWorld(name) { generator in
            let path = swing.path(425, &generator)
            let world = discriminant(name, days: 425) { number, _ in
                let rows = 20 * pow(100, Double(number) / 425)
                var day = Day(rate: 0.28, distance: 1.5, rows: Int(rows))
                day.shift = path[number]
                return day
            }
            return world.days(&generator)
        }
    }
}
