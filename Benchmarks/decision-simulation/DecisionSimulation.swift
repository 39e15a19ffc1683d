import DecisionScenarios
import Evaluation
import Foundation

/// Runs seeded streams through cohorts, comparison and retraining watch, and prints how often they decide.
///
/// usage: decision-simulation [runs] [quiet|clustered|change|dependence|watch|life|numbers|promotion|retraining|entities ...]
@main
struct DecisionSimulation {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let runs = arguments.compactMap { Int($0) }.first ?? 200
        let wanted = Set(arguments.filter { Int($0) == nil })
        func wants(_ part: String) -> Bool { wanted.isEmpty || wanted.contains(part) }
        let buckets = TimeBuckets(.utc, size: .day)
        print("\(runs) runs each, seeds from 1; shares with their 95 % interval")
        if wants("quiet") {
            await QuietTable(scenarios: Scenario.quiet, runs: runs, buckets: buckets).print()
        }
        // The slowest to estimate: few entities a day.
        if wanted.contains("clustered") {
            await QuietTable(
                scenarios: [.clustered, .everything],
                runs: runs,
                buckets: buckets
            ).print()
        }
        if wants("change") { await ChangeTable(runs: runs, buckets: buckets).print() }
        if wants("watch") { await WatchTable(runs: runs).print() }
        if wants("life") { await WatchTable(runs: runs).printLife() }
        if wants("numbers") { await WatchTable(runs: runs).printNumbers() }
        if wants("promotion") { await PromotionTable(runs: runs).print() }
        if wants("entities") { await EntityTable(runs: runs).print() }
        if wants("retraining") { await RetrainingTable(runs: runs).print() }
        if wants("dependence") { await DependenceTable(runs: runs).print() }
    }
}

/// Whether a world is played: those with a text in their names alone, where the environment has one.
func isWanted(_ world: String) -> Bool {
    ProcessInfo.processInfo.environment["GNOMON_WORLDS"].map { world.contains($0) } ?? true
}

/// Runs seeds on all processors.
func outcomes<Outcome: Sendable>(
    _ runs: Int,
    _ run: @escaping @Sendable (_ seed: UInt64) -> Outcome
) async -> [Outcome] {
    let workers = ProcessInfo.processInfo.activeProcessorCount
    return await withTaskGroup(of: [Outcome].self) { group in
        for worker in 0..<workers {
            group.addTask {
                stride(from: worker + 1, through: runs, by: workers).map { run(UInt64($0)) }
            }
        }
        return await group.reduce(into: []) { $0 += $1 }
    }
}

/// A row of a Markdown table.
func printRow(_ cells: [String]) {
    print("| " + cells.joined(separator: " | ") + " |")
}

func printHead(_ cells: [String]) {
    printRow(cells)
    printRow(cells.map { _ in "---" })
}
