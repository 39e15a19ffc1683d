package import Evaluation

/// One run of a world, the way of the product: histories that name their entities, frozen cohorts, and what is said each week.
package struct EntityRun: Sendable {
    private static let buckets = TimeBuckets(.utc, size: .day)
    private static let names: TaskDictionary = {
        var names = TaskDictionary()
        names.versions[1] = .init(model: 1, modelName: "champion", version: "1")
        names.versions[2] = .init(model: 2, modelName: "shadow", version: "1")
        return names
    }()

    private let world: EntityWorld
    private let days: [GainDay]

    package init(_ world: EntityWorld, seed: UInt64) {
        self.world = world
        let task = Self.task(.auto)
        var builder = CohortBuilder(
            task: task,
            dictionary: Self.names,
            buckets: Self.buckets,
            wanted: Set(
                (0..<world.days).map { CohortKey(bucket: Int32($0), age: task.horizonSeconds) }
            ),
            pairKeepers: [1]
        )
        for (day, rows) in world.rows(seed: seed).enumerated() {
            for (number, row) in rows.enumerated() {
                builder.add(Self.history(row, at: Int64(day) * 86_400 + Int64(number)))
            }
        }
        days = GainDay.days(builder.built, task: task, buckets: Self.buckets) { $0.first == 1 }
    }

    private static func task(_ unit: EvidenceUnitRule) -> PredictionTask {
        PredictionTask(
            id: 1,
            name: "entities",
            kind: .binary,
            horizonSeconds: 1,
            evidenceUnit: unit
        )
    }

    private static func history(_ row: EntityWorld.Row, at second: Int64) -> PredictionHistory {
        var history = PredictionHistory(scoresPerPrediction: 1)
        history.requestNumber = UInt64(second)
        let instant = Instant(seconds: second)
        let details = "{\"entity\":\"\(row.entity)\"}"
        history.restore(version: 1, score: row.champion, at: instant, details: details)
        history.restore(version: 2, score: row.shadow, at: instant, details: details)
        history.restore(label: row.isPositive ? 1 : 0, at: instant)
        return history
    }

    /// Whether a shadow that is as good as the champion is ever said to be better or worse, by somebody who asks each week.
    package func errs(_ unit: EvidenceUnitRule) -> Bool {
        var builder = ComparisonBuilder(
            task: Self.task(unit),
            metric: .loss(.brier),
            options: ComparisonOptions(),
            shadow: "shadow"
        )
        builder.gainDays = days
        let standings = ShadowStandings([builder])
        return stride(from: 20, through: world.days, by: 7).contains { day in
            let instant = Instant(seconds: Int64(day + 1) * 86_400)
            let verdict = standings.standings(asOf: instant, traffic: [:])[0].sequenceVerdict
            return [.promote, .keepChampion].contains(verdict)
        }
    }
}
