/// The worlds that a promotion is tried in.
extension PromotionWorld {
    /// Standard deviations of the noise in the log odds of both, for gains of about 3, 5, 10 and 20 % of the Brier score.
    private static let noises: [Int: (champion: Double, shadow: Double)] = [
        3: (0.55, 0.357), 5: (0.66, 0.38), 10: (0.88, 0.34), 20: (1.3, 0.25),
        0: (0.5, 0.5),
    ]
    private static let breakDay = 150

    private static func own(_ x: Double) -> Double { intercept + slope * x }

    private static func noisy(_ gain: Int) -> Scores {
        let noise = noises[gain] ?? (0.5, 0.5)
        return Scores(
            champion: { x, n, _ in own(x) + noise.champion * n },
            shadow: { x, n, _, _ in own(x) + noise.shadow * n }
        )
    }

    private static func world(
        _ name: String,
        gain: Int,
        rows: Int,
        _ change: (inout PromotionWorld) -> Void = { _ in }
    ) -> PromotionWorld {
        var world = PromotionWorld(name: "\(name), gain \(gain) %", scores: noisy(gain))
        world.rowsPerDay = { _ in rows }
        change(&world)
        return world
    }

    /// Another log odds of the shadow since the change.
    private static func broken(
        _ name: String,
        gain: Int,
        rows: Int,
        _ after:
            @escaping @Sendable (_ x: Double, _ noise: Double, _ champion: Double) -> Double
    ) -> PromotionWorld {
        world(name, gain: gain, rows: rows) { world in
            let before = world.scores.shadow
            world.change = breakDay
            world.scores.shadow = { x, noise, isChanged, champion in
                isChanged
                    ? after(x, noise, champion) : before(x, noise, isChanged, champion)
            }
        }
    }

    /// Worlds in which what was better is not any more.
    package static func breaking(rowsPerDay rows: Int) -> [PromotionWorld] {
        [5, 10].flatMap { gain -> [PromotionWorld] in
            let noise = noises[gain] ?? (0.5, 0.5)
            let mirrored =
                (2 * noise.champion * noise.champion - noise.shadow * noise.shadow).squareRoot()
            return [
                broken("loses its features", gain: gain, rows: rows) { x, n, _ in
                    -1.0 + 0.1 * x + 0.4 * n
                },
                broken("as much worse as it was better", gain: gain, rows: rows) { x, n, _ in
                    own(x) + mirrored * n
                },
                broken("the gain goes to 0", gain: gain, rows: rows) { x, n, _ in
                    own(x) + noise.champion * n
                },
                broken("becomes a copy", gain: gain, rows: rows) { _, _, champion in champion },
                world("the truth changes, scores do not", gain: gain, rows: rows) { world in
                    world.change = breakDay
                    world.scores = Scores(
                        champion: { x, n, _ in own(x) + 0.3 * n },
                        shadow: { x, n, _, _ in own(x) + 0.3 * n }
                    )
                    let weight = gain == 5 ? 0.47 : 0.7
                    world.second = (weight, -0.15 * weight)
                },
                world("the champion is trained anew, as good", gain: gain, rows: rows) { world in
                    world.change = breakDay
                    world.hasNewVersions.champion = true
                    world.scores.champion = { x, n, isChanged in
                        own(x) + (isChanged ? noise.shadow : noise.champion) * n
                    }
                },
                world("answers half of the requests", gain: gain, rows: rows) { world in
                    world.change = breakDay
                    world.answered = 0.5
                },
            ]
        } + [
            broken("loses its features and its level", gain: 20, rows: rows) { _, n, _ in
                -0.2 + 0.3 * n
            }
        ]
    }

    /// Worlds in which what was better is as much better as it was.
    package static func lasting(rowsPerDay rows: Int) -> [PromotionWorld] {
        var worlds = [3, 5, 10].map { world("nothing happens", gain: $0, rows: rows) }
        worlds += [3, 5].flatMap { gain in
            [0.4, 0.8].map { size in
                world("season ±\(size) that the shadow knows, shocks", gain: gain, rows: rows) {
                    $0.season = size
                    $0.shock = 0.3
                }
            }
        }
        worlds += [
            world("the champion breaks", gain: 5, rows: rows) { world in
                world.change = breakDay
                world.scores.champion = { x, n, isChanged in
                    isChanged ? -1.0 + 0.1 * x + 0.4 * n : own(x) + 0.66 * n
                }
            },
            world("the population moves by 1", gain: 5, rows: rows) { world in
                world.change = breakDay
                world.shift = 1
            },
            world("the cases become alike", gain: 10, rows: rows) { world in
                world.change = breakDay
                world.spread = 0.3
            },
            world("both are trained anew, as before", gain: 5, rows: rows) { world in
                world.change = breakDay
                world.hasNewVersions = (true, true)
            },
            world("both are trained anew, further apart", gain: 10, rows: rows) { world in
                world.change = breakDay
                world.hasNewVersions = (true, true)
                world.scores = Scores(
                    champion: { x, n, isChanged in own(x) + (isChanged ? 1.15 : 0.88) * n },
                    shadow: { x, n, isChanged, _ in own(x) + (isChanged ? 0.6 : 0.34) * n }
                )
            },
            world("the gain shrinks from 10 to 6 %", gain: 10, rows: rows) { world in
                world.change = breakDay
                world.scores.champion = { x, n, isChanged in own(x) + (isChanged ? 0.7 : 0.88) * n }
            },
            world("traffic falls to 5 rows", gain: 10, rows: rows) { world in
                world.rowsPerDay = { $0 < breakDay ? rows : 5 }
            },
            world("traffic grows to ten times", gain: 5, rows: rows) { world in
                world.rowsPerDay = { $0 < breakDay ? rows : min(10 * rows, 600) }
            },
        ]
        return worlds
    }
}
