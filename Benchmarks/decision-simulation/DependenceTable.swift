import DecisionScenarios

/// Day shocks that last: how often the watch alarms by the size of its blocks.
struct DependenceTable {
    let runs: Int

    func print() async {
        Swift.print("\nShocks that last for days: a false alarm within 365 blocks")
        printHead([
            "rows a day", "shocks", "correlation", "days a block", "tolerance 10 %", "tolerance 0",
            "at the boundary", "tempering, median", "variance of block means / independent rows",
        ])
        let shocks: [Scenario.DayShock?] = [
            nil, .init(correlation: 0, deviation: 0.3), .init(correlation: 0.5, deviation: 0.3),
            .init(correlation: 0.8, deviation: 0.3),
        ]
        let strong = Scenario.DayShock(correlation: 0.8, deviation: 1)
        for (rowsPerDay, sizes, shocks) in [
            (1, [1, 7, 14, 20], shocks + [strong]), (100, [1, 7], shocks),
        ] {
            for shock in shocks {
                for daysPerBlock in sizes {
                    await row(
                        DependenceStudy(
                            rowsPerDay: rowsPerDay,
                            shock: shock,
                            daysPerBlock: daysPerBlock
                        )
                    )
                }
            }
        }
    }

    private func row(_ study: DependenceStudy) async {
        let found = await outcomes(runs) { study.run(seed: $0) }
        func share(_ holds: (DependenceStudy.Outcome) -> Bool) -> String {
            "\(Share(found.count(where: holds), of: found.count))"
        }
        let tempering = found.map(\.tempering).sorted()[found.count / 2]
        let factor = found.reduce(0) { $0 + $1.varianceRatio } / Double(found.count)
        printRow([
            "\(study.rowsPerDay)",
            study.shock.map { "\($0.deviation)" } ?? "none",
            study.shock.map { "\($0.correlation)" } ?? "–",
            "\(study.daysPerBlock)",
            share(\.tolerant), share(\.strict), share(\.boundary),
            "\((100 * tempering).rounded() / 100)", "\((100 * factor).rounded() / 100)",
        ])
    }
}
