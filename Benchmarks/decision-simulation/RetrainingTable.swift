import DecisionScenarios
import Evaluation

/// What training a champion anew every week would have won, and whether it is said only where that is true.
struct RetrainingTable {
    let runs: Int

    func print() async {
        for rows in [20, 200] {
            await print("nothing to win, or little", RetrainingWorld.quiet(rowsPerDay: rows), rows)
            await print("something to win", RetrainingWorld.winning(rowsPerDay: rows), rows)
        }
    }

    private func print(_ title: String, _ worlds: [RetrainingWorld], _ rows: Int) async {
        Swift.print(
            "\n\(rows) rows a day, a year and a half, \(title): gain of the last 365 blocks as a share of the champion's loss; "
                + "runs in which it was ever sure that training anew pays more than 10 %, and the median day since the change; "
                + "under an alarm at the end what it would have won back"
        )
        printHead([
            "world", "recalibrated", "trained anew", "ever pays", "after days", "alarm at the end",
            "won back", "low to high", "recalibrating",
        ])
        for world in worlds where isWanted(world.name) {
            let runs = await outcomes(runs) { RetrainingRun(world, seed: $0) }
            let alarmed = runs.filter { $0.retrained?.wonBack != nil }
            let first = runs.compactMap(\.firstDay).map { Double($0 - (world.change ?? 0)) }
            func won(_ value: (RetrainingRun) -> Double?) -> String {
                percent(Detection.median(alarmed.map(value)))
            }
            printRow([
                world.name, percent(gain(runs.map(\.recalibrated))),
                percent(gain(runs.map(\.retrained))),
                "\(Share(runs.count { $0.firstDay != nil }, of: runs.count))",
                Detection.median(first).map { "\(Int($0))" } ?? "–",
                "\(alarmed.count) of \(runs.count)", won(\.retrained?.wonBack),
                "\(won(\.retrained?.wonBackLow)) to \(won(\.retrained?.wonBackHigh))",
                won(\.recalibrated?.wonBack),
            ])
        }
    }

    private func gain(_ runs: [RetrainingValue.Virtual?]) -> Double? {
        let shares = runs.compactMap { run in
            run?.gain.flatMap { gain in run?.loss.map { gain / $0 } }
        }
        return shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count)
    }

    private func percent(_ share: Double?) -> String {
        share.map { "\((1e3 * $0).rounded() / 10) %" } ?? "–"
    }
}
