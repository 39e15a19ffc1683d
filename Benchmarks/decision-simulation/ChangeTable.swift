import DecisionScenarios
import Evaluation

/// A champion that becomes worse on a day: how soon that is found.
struct ChangeTable {
    let runs: Int
    let buckets: TimeBuckets

    func print() async {
        Swift.print("\nA change 120 days after the baseline: median days to the alarm")
        printHead([
            "rise of the Brier score", "rows a day", "full age alone: days", "found", "too early",
            "ages 3, 7 and 21: days", "found", "too early", "full age, not tempered: days",
        ])
        for (_, change) in Scenario.rises {
            for rowsPerDay in [100, 200] {
                let scenario = Scenario.rising(change, rowsPerDay: rowsPerDay)
                let buckets = buckets
                let found = await outcomes(runs) { Detection(scenario, seed: $0, buckets) }
                let rise = found.reduce(0) { $0 + $1.rise } / Double(found.count)
                printRow(
                    ["\((rise * 1e3).rounded() / 1e3)", "\(rowsPerDay)"]
                        + cells(found.map(\.mature)) + cells(found.map(\.young))
                        + [days(found.map(\.untempered))]
                )
            }
        }
    }

    private func days(_ delays: [Double?]) -> String {
        Detection.median(delays).map { "\($0)" } ?? "–"
    }

    private func cells(_ delays: [Double?]) -> [String] {
        let early = delays.count { ($0 ?? 0) < 0 }
        let found = delays.count { ($0 ?? -1) >= 0 }
        return [
            days(delays), "\(Share(found, of: delays.count))", "\(Share(early, of: delays.count))",
        ]
    }
}
