import DecisionScenarios
import Evaluation

/// How often one of two equal models is said to be better where entities come back: with days as units, and as it is found out.
struct EntityTable {
    let runs: Int

    func print() async {
        Swift.print(
            "\n180 days of 200 requests, two models that are equally good over all entities: runs in which one was ever surely "
                + "better, asked each week"
        )
        printHead(["world", "days as units", "as it is found out"])
        for world in EntityWorld.all where isWanted(world.name) {
            let outcomes = await outcomes(runs) { seed in
                let run = EntityRun(world, seed: seed)
                return (byDay: run.errs(.day), found: run.errs(.auto))
            }
            printRow([
                world.name, "\(Share(outcomes.count { $0.byDay }, of: runs))",
                "\(Share(outcomes.count { $0.found }, of: runs))",
            ])
        }
    }
}
