package import Evaluation

/// One run of a world, the way of the product: histories, frozen cohorts, cells, and how the shadow stands on each day.
package struct PromotionRun: Sendable {
    /// What was said on the days of a run; days are counted from the start of the stream.
    package struct Story: Sendable {
        /// Days on which the sequence asks for the shadow: the rules of before.
        package var sequence: Set<Int> = []
        /// Of these the days on which nothing speaks against it.
        package var promoted: Set<Int> = []
        package var vetoes: [PromotionVeto.Kind: Int] = [:]
    }

    private static let champion: Int32 = 1
    private static let shadow: Int32 = 2
    private static let newChampion: Int32 = 3
    private static let newShadow: Int32 = 4
    private static let buckets = TimeBuckets(.utc, size: .day)
    private static let names: TaskDictionary = {
        var names = TaskDictionary()
        names.versions[champion] = .init(model: 1, modelName: "champion", version: "1")
        names.versions[newChampion] = .init(model: 1, modelName: "champion", version: "2")
        names.versions[shadow] = .init(model: 2, modelName: "shadow", version: "1")
        names.versions[newShadow] = .init(model: 2, modelName: "shadow", version: "2")
        return names
    }()

    private let world: PromotionWorld
    private let days: [GainDay]
    private let cells: CellAccumulator

    package init(_ world: PromotionWorld, seed: UInt64) {
        self.world = world
        let task = Self.task(horizonDays: 0)
        var builder = CohortBuilder(
            task: task,
            dictionary: Self.names,
            buckets: Self.buckets,
            wanted: Set(
                (0..<world.days).map { CohortKey(bucket: Int32($0), age: task.horizonSeconds) }
            ),
            pairKeepers: [1]
        )
        var cells = CellAccumulator(
            task: task,
            dictionary: Self.names,
            buckets: Self.buckets,
            pairKeepers: [1]
        )
        for (day, rows) in world.rows(seed: seed).enumerated() {
            let isChanged = world.change.map { day >= $0 } ?? false
            for (number, row) in rows.enumerated() {
                let history = Self.history(
                    row,
                    at: Int64(day) * 86_400 + Int64(number),
                    champion: isChanged && world.hasNewVersions.champion
                        ? Self.newChampion : Self.champion,
                    shadow: isChanged && world.hasNewVersions.shadow
                        ? Self.newShadow : Self.shadow
                )
                builder.add(history)
                cells.add(history, sign: 1)
            }
        }
        let (names, built) = (Self.names, builder.built)
        days = GainDay.days(built, task: task, buckets: Self.buckets) { pair in
            names.versions[pair.first]?.model == 1
        }
        self.cells = cells
    }

    private static func task(horizonDays: Int) -> PredictionTask {
        PredictionTask(
            id: 1,
            name: "promotion",
            kind: .binary,
            horizonSeconds: max(1, Int64(horizonDays) * 86_400)
        )
    }

    private static func history(
        _ row: PromotionWorld.Row,
        at second: Int64,
        champion: Int32,
        shadow: Int32
    ) -> PredictionHistory {
        var history = PredictionHistory(scoresPerPrediction: 1)
        let instant = Instant(seconds: second)
        history.restore(version: champion, score: row.champion, at: instant)
        if let score = row.shadow { history.restore(version: shadow, score: score, at: instant) }
        history.restore(label: row.isPositive ? 1 : 0, at: instant)
        return history
    }

    /// What somebody hears who asks every day, with labels that come so many days late.
    package func story(horizonDays: Int) throws -> Story {
        let task = Self.task(horizonDays: horizonDays)
        var builder = ComparisonBuilder(
            task: task,
            metric: .loss(.brier),
            options: ComparisonOptions(),
            shadow: "shadow"
        )
        builder.gainDays = days.map { day in
            var day = day
            day.knownAt = day.end.advanced(bySeconds: task.horizonSeconds)
            return day
        }
        let standings = ShadowStandings([builder])
        let view = try Self.view(task, until: world.days)
        let pairs = ChampionPairs(
            view,
            champion: "champion",
            keepers: PairKeepers([1: .distantPast])
        )
        let traffic = pairs.traffic(cells: cells.cells, pairs: cells.pairs)
        var story = Story()
        for day in 0..<world.days {
            let instant = Instant(seconds: Int64(day + 1) * 86_400)
            let standing = standings.standings(asOf: instant, traffic: traffic)[0]
            guard standing.sequenceVerdict == .promote else { continue }
            story.sequence.insert(day)
            if standing.isBetter { story.promoted.insert(day) }
            for veto in standing.vetoes { story.vetoes[veto.kind, default: 0] += 1 }
        }
        return story
    }

    private static func view(_ task: PredictionTask, until day: Int) throws -> TaskView {
        let start = Instant(seconds: 0)
        return try TaskView(
            task: task,
            settings: SettingsOrigin(version: 1, recordedAt: start),
            createdAt: start,
            dictionary: names,
            models: ["champion", "shadow"].map { KnownModel(name: $0, since: start) },
            slices: [],
            roleHistory: [RoleChange(model: "champion", role: .champion, validFrom: start)],
            present: Instant(seconds: Int64(day) * 86_400)
        )
    }
}
