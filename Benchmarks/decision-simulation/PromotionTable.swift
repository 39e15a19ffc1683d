import DecisionScenarios
import Evaluation

/// How long "promote" survives a shadow that is not better any more, and how often it is taken back where it still is; beside
/// the sequence alone, which is the rule of before.
struct PromotionTable {
    let runs: Int
    private static let horizons = [0, 7, 60]

    func print() async {
        for rows in [30, 200] {
            await survived(rows)
            await vetoed(rows)
        }
    }

    private func stories(_ world: PromotionWorld) async -> [[PromotionRun.Story]] {
        await outcomes(runs) { seed in
            let run = PromotionRun(world, seed: seed)
            return Self.horizons.compactMap { try? run.story(horizonDays: $0) }
        }
    }

    /// `nil` where it comes in fewer than half of the runs.
    private func median(_ days: [Double?]) -> String? {
        Detection.median(days).flatMap { $0.isFinite ? "\(Int($0))" : nil }
    }

    private func survived(_ rows: Int) async {
        Swift.print(
            "\n\(rows) rows a day, a change on day 150: median days until promote is first taken back and, in brackets, days "
                + "of promote in all since, in runs in which it stood (the sequence alone → with vetoes), by the delay of labels"
        )
        printHead(["world", "stood"] + Self.horizons.map { "\($0) days" } + ["vetoes"])
        for world in PromotionWorld.breaking(rowsPerDay: rows) where isWanted(world.name) {
            guard let change = world.change else { continue }
            let stories = await stories(world)
            var cells = [world.name, ""]
            var kinds: [PromotionVeto.Kind: Int] = [:]
            for (place, _) in Self.horizons.enumerated() {
                let stood = stories.map { $0[place] }.filter { $0.promoted.contains(change - 1) }
                func days(_ said: (PromotionRun.Story) -> Set<Int>) -> String {
                    let lengths = stood.map { story in
                        (change..<world.days).first { !said(story).contains($0) }.map {
                            Double($0 - change)
                        }
                    }
                    return median(lengths) ?? ">\(world.days - change)"
                }
                cells[1] += (place > 0 ? " / " : "") + "\(stood.count)"
                func all(_ said: (PromotionRun.Story) -> Set<Int>) -> String {
                    median(stood.map { story in Double(said(story).count { $0 >= change }) }) ?? "–"
                }
                cells.append(
                    "\(days { $0.sequence }) → \(days { $0.promoted }) "
                        + "(\(all { $0.sequence }) → \(all { $0.promoted }))"
                )
                for story in stood { kinds.merge(story.vetoes, uniquingKeysWith: +) }
            }
            let named = PromotionVeto.Kind.allCases.filter { kinds[$0] != nil }.map(\.rawValue)
            printRow(cells + [named.joined(separator: " ")])
        }
    }

    private func vetoed(_ rows: Int) async {
        Swift.print(
            "\n\(rows) rows a day, the gain lasts: share of years with a veto / of promote days that are vetoed, and the median "
                + "first day of promote (the sequence alone → with vetoes), by the delay of labels"
        )
        printHead(["world"] + Self.horizons.map { "\($0) days" } + ["vetoes"])
        for world in PromotionWorld.lasting(rowsPerDay: rows) where isWanted(world.name) {
            let stories = await stories(world)
            var cells = [world.name]
            var kinds: [PromotionVeto.Kind: Int] = [:]
            for (place, _) in Self.horizons.enumerated() {
                let stories = stories.map { $0[place] }.filter { !$0.sequence.isEmpty }
                let years = stories.count { $0.promoted != $0.sequence }
                let days = stories.reduce(0) { $0 + $1.sequence.count }
                let lost = days - stories.reduce(0) { $0 + $1.promoted.count }
                func first(_ said: (PromotionRun.Story) -> Set<Int>) -> String {
                    median(stories.map { said($0).min().map { Double($0) } }) ?? "–"
                }
                let share = days == 0 ? 0 : Double(lost) / Double(days)
                cells.append(
                    "\(Share(years, of: stories.count)) / \((1e4 * share).rounded() / 100) %, "
                        + "\(first { $0.sequence }) → \(first { $0.promoted })"
                )
                for story in stories { kinds.merge(story.vetoes, uniquingKeysWith: +) }
            }
            let named = PromotionVeto.Kind.allCases.filter { kinds[$0] != nil }.map {
                "\($0.rawValue) \(kinds[$0] ?? 0)"
            }
            printRow(cells + [named.joined(separator: ", ")])
        }
    }
}
