import DecisionScenarios
import Evaluation
import Foundation

/// The watch in worlds where it must be quiet, and in worlds where it must find what happens, beside the rules of before.
struct WatchTable {
    let runs: Int

    func print() async {
        for rows in [1, 20, 200, 5_000] {
            await quiet(
                "\(rows) rows a day, nothing happens",
                WatchWorld.quiet(rowsPerDay: rows),
                rows
            )
            await found(
                "\(rows) rows a day, the score rises",
                WatchWorld.rising(rowsPerDay: rows),
                rows
            )
        }
        for rows in [20, 200] {
            await quiet(
                "\(rows) rows a day, the cases become others",
                WatchWorld.otherCases(rowsPerDay: rows),
                rows
            )
            await found(
                "\(rows) rows a day, the model loses skill",
                WatchWorld.lostSkill(rowsPerDay: rows),
                rows
            )
        }
    }

    /// Alarms that end, and baselines without any error.
    func printLife() async {
        for rows in [20, 200] {
            Swift.print("\n\(rows) rows a day, a rise that passes: from its end to the recovery")
            printHead(["world", "alarm", "days", "90 %", "recovered before the end"])
            for world in WatchWorld.passing(rowsPerDay: rows) {
                await passing(world)
            }
            await found(
                "\(rows) rows a day, a model that had made no error",
                WatchWorld.perfect(rowsPerDay: rows),
                rows
            )
        }
    }

    private func passing(_ world: WatchWorld) async {
        let found = await outcomes(runs) { WatchRun(world, seed: $0) }
        let end = world.end ?? .max
        let delays = found.filter { $0.confirmed != nil }.map { run in
            run.recovered.flatMap { $0 >= end ? Double($0 - end + 1) : nil }
        }
        let known = delays.compactMap { $0 }.sorted()
        let late = Int(0.9 * Double(delays.count))
        printRow([
            world.name,
            "\(Share(found.count { $0.confirmed != nil }, of: found.count))",
            Detection.median(delays).map { $0.isFinite ? "\($0)" : "–" } ?? "–",
            late < known.count ? "\(known[late])" : "–",
            "\(Share(found.count { $0.recovered.map { $0 < end } ?? false }, of: found.count))",
        ])
    }

    /// The same of regression models.
    func printNumbers() async {
        for rows in [20, 200] {
            await quiet(
                "Labels that are numbers, \(rows) rows a day, the model does as well as before",
                WatchWorld.quietNumbers(rowsPerDay: rows),
                rows
            )
            await found(
                "Labels that are numbers, \(rows) rows a day, the errors grow",
                WatchWorld.worseNumbers(rowsPerDay: rows),
                rows
            )
        }
    }

    /// The most rows take the fewest runs.
    private func runs(_ rows: Int) -> Int { rows >= 1_000 ? max(1, runs / 5) : runs }

    private func quiet(_ title: String, _ worlds: [WatchWorld], _ rows: Int) async {
        let worlds = worlds.filter { isWanted($0.name) }
        guard !worlds.isEmpty else { return }
        Swift.print("\n\(title): an alarm")
        // Scores that are no probabilities cannot be corrected, and the rules of before were about probabilities.
        let hasScores = worlds.allSatisfy { $0.kind == .binary }
        printHead(
            ["world", "that counts", "raised, and not confirmed"]
                + (hasScores ? ["recalibrating pays", "by the rules of before"] : [])
        )
        for world in worlds {
            let found = await outcomes(runs(rows)) { WatchRun(world, seed: $0) }
            func share(_ holds: (WatchRun) -> Bool) -> String {
                "\(Share(found.count(where: holds), of: found.count))"
            }
            printRow(
                [
                    world.name,
                    share { $0.confirmed != nil },
                    share { $0.raised != nil && $0.confirmed == nil },
                ]
                    + (hasScores
                        ? [share { $0.pays != nil }, share { $0.fixedBaseline != nil }] : [])
            )
        }
    }

    private func found(_ title: String, _ worlds: [WatchWorld], _ rows: Int) async {
        let worlds = worlds.filter { isWanted($0.name) }
        guard !worlds.isEmpty else { return }
        Swift.print(
            "\n\(title): median days from the change to an alarm that counts, and the share found"
        )
        let hasScores = worlds.allSatisfy { $0.kind == .binary }
        printHead(
            ["world", "days", "found", "too early"]
                + (hasScores ? ["recalibrating pays: days", "rules of before: days"] : [])
                + ["best fixed bet: days"]
        )
        for world in worlds {
            let found = await outcomes(runs(rows)) { WatchRun(world, seed: $0) }
            let change = world.change ?? 0
            func days(_ day: (WatchRun) -> Int?) -> String {
                let delays = found.map { run in day(run).map { Double($0 - change + 1) } }
                let median = Detection.median(delays) ?? .infinity
                return median.isFinite ? "\(median)" : "–"
            }
            printRow(
                [
                    world.name, days(\.confirmed),
                    "\(Share(found.count { $0.confirmed.map { $0 >= change } ?? false }, of: found.count))",
                    "\(Share(found.count { $0.confirmed.map { $0 < change } ?? false }, of: found.count))",
                ] + (hasScores ? [days(\.pays), days(\.fixedBaseline)] : []) + [days(\.bestBet)]
            )
        }
    }
}
