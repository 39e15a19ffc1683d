import DecisionScenarios
import Evaluation

/// Two equally good models and a champion that stays as it is, for a year.
struct QuietTable {
    let scenarios: [Scenario]
    let runs: Int
    let buckets: TimeBuckets

    func print() async {
        Swift.print("\nEqual models, a year of daily looks: who ever decides")
        printHead([
            "stream", "compare: Brier score", "accuracy", "ROC AUC", "recommend: alarm",
            "naive: paired t", "McNemar", "t, 7 days of labels, against the mean", "and 10 %",
            "t, 7 days of requests, against the mean", "and 10 %",
        ])
        for scenario in scenarios {
            let buckets = buckets
            let years = await outcomes(runs) { QuietYear(scenario, seed: $0, buckets) }
            func share(_ holds: (QuietYear) -> Bool) -> String {
                "\(Share(years.count(where: holds), of: years.count))"
            }
            printRow([
                scenario.name,
                share { $0.decided[.loss(.brier)] ?? false },
                share { $0.decided[.loss(.decision)] ?? false },
                share { $0.decided[.ranking] ?? false },
                share { $0.alarm != nil },
                share { $0.naive.pairedT },
                share { $0.naive.mcNemar },
                share { $0.naive.arrivals },
                share { $0.naive.arrivalsTolerant },
                share { $0.naive.events },
                share { $0.naive.eventsTolerant },
            ])
        }
    }
}
